// The tfjs backend that records: its kernels do not compute, each appends ONNX operators to a graph and answers with
// the known static shape. What a tensor is, is a Value: numbers that were written, a fed input, or the output of a
// node. A step that runs on this backend, with tfjs's own tape and optimisers, leaves its whole graph behind.

import * as tf from '@tensorflow/tfjs-core';
import {
  type BackendValues,
  type DataId,
  DataStorage,
  type DataType,
  engine,
  KernelBackend,
  type KernelConfig,
  registerBackend,
  registerKernel,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { evaluate } from './graph/evaluate.ts';
import { reshape } from './graph/operators.ts';
import { type Constant, currentOrigin, elementType, type Value, withOrigin } from './graph/value.ts';
import { lowerings } from './kernels/index.ts';
import type { Lowering } from './kernels/lowering.ts';
import { sizeOf } from './tensor-data.ts';

/** Name under which the backend is registered with tfjs. */
export const backendName = 'onnx';

interface Entry {
  value: Value;
  references: number;
}

function toConstant(values: ArrayLike<number>, dtype: string): Constant {
  const type = dtype === 'float32' ? Float32Array : dtype === 'int32' ? Int32Array : Uint8Array;
  return values instanceof type ? values : type.from(values);
}

/** Records kernels as a graph; see the head of this file. */
export class RecordingBackend extends KernelBackend {
  // tfjs brings tensors over from another backend when this store is asked for one it does not hold.
  private readonly entries = new DataStorage<Entry>(this, engine());

  /** The value behind a tensor. */
  lookup({ dataId, shape }: { dataId: DataId; shape: readonly number[] }): Value {
    // Tensors of other backends share numbers under several shapes; the tensor's own is the one that counts.
    return reshape(this.entries.get(dataId).value, shape);
  }

  /** A tensor for a value. */
  wrap(value: Value): TensorInfo {
    const dataId = {};
    this.entries.set(dataId, { value, references: 1 });
    return { dataId, shape: [...value.shape], dtype: value.dtype as DataType };
  }

  /** Another tensor of the same numbers. */
  share({ dataId, shape, dtype }: TensorInfo): TensorInfo {
    this.incRef(dataId);
    return { dataId, shape: [...shape], dtype };
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(
    dataId: DataId,
    values: BackendValues,
    shape: number[],
    dtype: DataType,
    references: number,
  ): void {
    const type = elementType(dtype);
    const constant = toConstant((values as Float32Array | null) ?? new Float32Array(sizeOf(shape)), dtype);
    this.entries.set(dataId, { value: { constant, shape, dtype: type }, references });
  }

  /** Runs what the tensor needs, once: afterwards the value holds its numbers. */
  override readSync(dataId: DataId): Float32Array | Int32Array | Uint8Array {
    const { value } = this.entries.get(dataId);
    evaluate([value]);
    return value.constant as Float32Array;
  }

  override async read(dataId: DataId): Promise<Float32Array | Int32Array | Uint8Array> {
    return this.readSync(dataId);
  }

  override refCount(dataId: DataId): number {
    return this.entries.has(dataId) ? this.entries.get(dataId).references : 0;
  }

  override incRef(dataId: DataId): void {
    if (this.entries.has(dataId)) this.entries.get(dataId).references++;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    if (!this.entries.has(dataId)) return true;
    const entry = this.entries.get(dataId);
    entry.references--;
    if (!force && entry.references > 0) return false;
    this.entries.delete(dataId);
    return true;
  }

  override numDataIds(): number {
    return this.entries.numDataIds();
  }

  /** tfjs counts its tensors itself; what the recorded values hold is the garbage collector's. */
  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: true, reasons: ['numbers are held until garbage collection'] };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override dispose(): void {}
}

/** The one backend of the process. */
export const recorder = new RecordingBackend();

registerBackend(backendName, () => recorder, 0);

/** The inputs of a kernel one by one; those of a list (ragged tensors have them) as `name.0`, `name.1`, ... */
const namedInputs = (
  name: string,
  info: TensorInfo | TensorInfo[] | null | undefined,
): [string, TensorInfo][] => {
  if (info == null) return [];
  return Array.isArray(info) ? info.map((each, i) => [`${name}.${i}`, each]) : [[name, info]];
};

const kernelFunctionOf =
  (kernelName: string, lower: Lowering<unknown>): KernelConfig['kernelFunc'] =>
  ({ inputs, attrs }) => {
    const entries = Object.entries(inputs).flatMap(([name, info]) => namedInputs(name, info));
    const values = entries.map(([, info]) => recorder.lookup(info));
    const byName = Object.fromEntries(entries.map(([name], i) => [name, values[i]]));
    const result = withOrigin(kernelName, () => lower(byName, attrs ?? {}, values));
    // A kernel that answers with its input shares it, as tfjs's own backends do.
    const toTensor = (value: Value): TensorInfo => {
      const shared = entries[values.indexOf(value)]?.[1];
      return shared ? recorder.share(shared) : recorder.wrap(value);
    };
    return Array.isArray(result) ? result.map(toTensor) : toTensor(result);
  };

const refuse =
  (kernelName: string): KernelConfig['kernelFunc'] =>
  () => {
    throw new UnmappedKernelError(kernelName, currentOrigin());
  };

/** A step asked for a tfjs kernel that the engine has no ONNX operators for. */
export class UnmappedKernelError extends Error {
  override readonly name = 'UnmappedKernelError';

  constructor(
    readonly kernel: string,
    readonly asker: string,
  ) {
    const where = asker === '' ? '' : ` (asked for by ${asker})`;
    super(
      `the engine has no ONNX operators for tfjs's kernel ${kernel}${where}; write it with other tf operations, add a lowering to core/engine/kernels, or use --device reference`,
    );
  }
}

// tfjs-core exports the name of each of its kernels as a constant of that very name.
const kernelNames = Object.entries(tf).filter(([name, value]) => value === name || value === `_${name}`);

for (const kernelName of new Set([...kernelNames.map(([, value]) => value as string), ...lowerings.keys()])) {
  const lower = lowerings.get(kernelName);
  const kernelFunc = lower ? kernelFunctionOf(kernelName, lower) : refuse(kernelName);
  registerKernel({ kernelName, backendName, kernelFunc });
}
