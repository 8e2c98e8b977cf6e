// The datatypes of the Open Inference Protocol that our networks use, and how their numbers travel.
import type { DType, TensorData } from '../../core/engine/tensor-data.ts';

interface Datatype {
  readonly name: string;
  readonly dtype: DType;
  readonly bytes: number;
  allocate(length: number): TensorData['data'];
  /** What JSON may hold for one number. */
  readonly accepts: (value: unknown) => boolean;
  readonly expected: string;
}

const datatypes: readonly Datatype[] = [
  {
    name: 'FP32',
    dtype: 'float32',
    bytes: 4,
    allocate: (length) => new Float32Array(length),
    accepts: (value) => typeof value === 'number',
    expected: 'a number',
  },
  {
    name: 'INT32',
    dtype: 'int32',
    bytes: 4,
    allocate: (length) => new Int32Array(length),
    accepts: (value) => typeof value === 'number' && (value | 0) === value,
    expected: 'a whole number of 32 bits',
  },
  {
    name: 'BOOL',
    dtype: 'bool',
    bytes: 1,
    allocate: (length) => new Uint8Array(length),
    accepts: (value) => typeof value === 'boolean' || value === 0 || value === 1,
    expected: 'true or false',
  },
];

/** Name of a type of ours: FP32. */
export const datatypeOf = (dtype: DType): string => datatypes.find((each) => each.dtype === dtype)!.name;

/** A datatype by its name; undefined for one that no network of ours has. */
export const datatypeNamed = (name: string): Datatype | undefined =>
  datatypes.find((each) => each.name === name);

export type { Datatype };
