// Kernels that have no place in a graph of static shapes, because the shape of their result depends on numbers, and a few
// that nothing trained needs. In eager code their operands are computed at once and tfjs's CPU backend answers; a compiled
// step may use them on constants only.
import {
  findBackend,
  getKernel,
  type KernelConfig,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { evaluate } from '../graph/evaluate.ts';
import { type Constant, constant, currentOrigin, elementType, type Value } from '../graph/value.ts';
import type { Family, Lowering } from './lowering.ts';

const kernels = [
  'BroadcastArgs',
  'CropAndResize',
  'Dilation2D',
  'Dilation2DBackpropFilter',
  'Dilation2DBackpropInput',
  'MaxPoolWithArgmax',
  'NonMaxSuppressionV3',
  'NonMaxSuppressionV4',
  'NonMaxSuppressionV5',
  'RaggedGather',
  'RaggedRange',
  'RaggedTensorToTensor',
  'RotateWithOffset',
  'SparseFillEmptyRows',
  'SparseReshape',
  'SparseSegmentMean',
  'SparseSegmentSum',
  'Transform',
  'Unique',
] as const;

/** What is used of tfjs's CPU backend. */
interface HostBackend {
  write(values: Constant, shape: readonly number[], dtype: string): object;
  readSync(dataId: object): Constant;
  disposeData(dataId: object, force: boolean): boolean;
}

function computeOperands(kernelName: string, operands: readonly Value[]): void {
  try {
    evaluate(operands);
  } catch (error) {
    throw new RangeError(
      `tfjs's kernel ${kernelName} (asked for by ${currentOrigin()}) cannot be compiled, only run on numbers: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** Inputs by name; those named `name.0`, `name.1`, ... as the list that they were. */
function withLists(operands: readonly (readonly [string, TensorInfo])[]): object {
  const named: Record<string, TensorInfo | TensorInfo[]> = {};
  for (const [name, info] of operands) {
    const [list, index] = name.split('.');
    if (index === undefined) named[name] = info;
    else named[list] = [...((named[list] as TensorInfo[] | undefined) ?? []), info];
  }
  return named;
}

const onHost =
  (kernelName: string): Lowering<Parameters<KernelConfig['kernelFunc']>[0]['attrs']> =>
  (inputs, attrs) => {
    computeOperands(kernelName, Object.values(inputs));
    const backend = findBackend('cpu') as unknown as HostBackend;
    const operands = Object.entries(inputs).map(([name, { shape, dtype, constant: numbers }]) => {
      const dataId = backend.write(numbers!, shape, dtype);
      // The gradients of Dilation2D ask for the rank, which only whole tensors have.
      const info = { dataId, shape: [...shape], dtype: dtype as TensorInfo['dtype'], rank: shape.length };
      return [name, info] as const;
    });
    const kernel = getKernel(kernelName, 'cpu').kernelFunc;
    const answer = kernel({ inputs: withLists(operands) as NamedTensorInfoMap, attrs, backend });
    const results = [answer].flat().map(({ dataId, shape, dtype }) => {
      const numbers = constant(backend.readSync(dataId).slice(), shape, elementType(dtype));
      backend.disposeData(dataId, true);
      return numbers;
    });
    for (const [, { dataId }] of operands) backend.disposeData(dataId, true);
    return Array.isArray(answer) ? results : results[0];
  };

export const host: Family = Object.fromEntries(kernels.map((name) => [name, onHost(name)]));
