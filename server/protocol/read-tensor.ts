// One input of an inference request as a tensor: from JSON, flat or nested, or from the little-endian bytes after it.

import type { ModelPort } from '../../core/engine/inference.ts';
import { sizeOf, type TensorData } from '../../core/engine/tensor-data.ts';
import { UserError } from '../../core/errors.ts';
import type { InferRequest } from '../schemas/inference.ts';
import { type Datatype, datatypeNamed, datatypeOf } from './datatypes.ts';

type GivenInput = InferRequest['inputs'][number];

const shown = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** @throws UserError when datatype or shape are not those of the network */
function checkPort({ name, datatype, shape }: GivenInput, port: ModelPort): void {
  const expected = datatypeOf(port.dtype);
  if (datatype !== expected)
    throw new UserError({ what: `expected datatype ${expected}, got ${datatype}`, where: `input ${name}` });
  const fits = shape.length === port.shape.length && port.shape.every((n, i) => n === -1 || n === shape[i]);
  if (!fits)
    throw new UserError({
      what: `expected shape ${shown(port.shape)}, got ${shown(shape)}`,
      where: `input ${name}`,
      ...(port.shape.includes(-1) ? { how: '-1 stands for any size' } : {}),
    });
  if (sizeOf(shape) === 0)
    throw new UserError({
      what: `shape ${shown(shape)} holds nothing`,
      where: `input ${name}`,
      how: 'give at least one row',
    });
}

const wrongCount = (where: string, expected: number, got: number, shape: readonly number[]): UserError =>
  new UserError({ what: `expected ${expected} numbers for shape ${shown(shape)}, got ${got}`, where });

/** Fills `target` from nested lists. @returns the place after the last number */
function fillNested(
  data: readonly unknown[],
  shape: readonly number[],
  { accepts, expected }: Datatype,
  target: TensorData['data'],
  where: string,
  at = 0,
): number {
  if (data.length !== shape[0])
    throw new UserError({ what: `expected a list of ${shape[0]}, got one of ${data.length}`, where });
  let next = at;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (shape.length > 1) {
      if (!Array.isArray(value)) throw new UserError({ what: 'expected a list', where: `${where}[${i}]` });
      next = fillNested(
        value,
        shape.slice(1),
        { accepts, expected } as Datatype,
        target,
        `${where}[${i}]`,
        next,
      );
    } else {
      if (!accepts(value))
        throw new UserError({
          what: `expected ${expected}, got ${JSON.stringify(value)}`,
          where: `${where}[${i}]`,
        });
      target[next++] = Number(value);
    }
  }
  return next;
}

function fromJson({ name, shape, datatype }: GivenInput, data: readonly unknown[]): TensorData['data'] {
  const type = datatypeNamed(datatype)!;
  const where = `input ${name}, data`;
  const length = sizeOf(shape);
  const nested = Array.isArray(data[0]);
  if (!nested && data.length !== length) throw wrongCount(where, length, data.length, shape);
  const target = type.allocate(length);
  fillNested(data, nested ? shape : [length], type, target, where);
  return target;
}

function fromBytes({ name, shape, datatype }: GivenInput, bytes: Uint8Array): TensorData['data'] {
  const type = datatypeNamed(datatype)!;
  const length = sizeOf(shape);
  if (bytes.length !== length * type.bytes)
    throw new UserError({
      what: `expected ${length * type.bytes} bytes for shape ${shown(shape)} of ${datatype}, got ${bytes.length}`,
      where: `input ${name}, binary_data_size`,
    });
  const target = type.allocate(length);
  new Uint8Array(target.buffer).set(bytes);
  return target;
}

/**
 * The tensor of one input.
 *
 * @param binary its bytes, where it has `binary_data_size`
 * @throws UserError naming the input, what was expected and what came
 */
export function readTensor(given: GivenInput, port: ModelPort, binary: Uint8Array | undefined): TensorData {
  checkPort(given, port);
  const { name, shape, data } = given;
  if (binary !== undefined && data !== undefined)
    throw new UserError({
      what: 'both data and binary_data_size',
      where: `input ${name}`,
      how: 'give one of them',
    });
  if (binary !== undefined) return { dtype: port.dtype, shape, data: fromBytes(given, binary) };
  if (data === undefined)
    throw new UserError({ what: 'no data', where: `input ${name}`, how: 'give data, or binary_data_size' });
  return { dtype: port.dtype, shape, data: fromJson(given, data) };
}
