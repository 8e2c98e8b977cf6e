// Kernels that have no place in a graph of static shapes, because the shape of their result depends on numbers, and a few
// that nothing trained needs. In eager code their operands are computed at once and tfjs's CPU backend answers; a compiled
// step may use them on constants only.
import { findBackend, getKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
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
  'RaggedRange',
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

const onHost =
  (kernelName: string): Lowering<Parameters<KernelConfig['kernelFunc']>[0]['attrs']> =>
  (inputs, attrs) => {
    computeOperands(kernelName, Object.values(inputs));
    const backend = findBackend('cpu') as unknown as HostBackend;
    const operands: Record<string, TensorInfo> = {};
    for (const [name, { shape, dtype, constant: numbers }] of Object.entries(inputs)) {
      const dataId = backend.write(numbers!, shape, dtype);
      // The gradients of Dilation2D ask for the rank, which only whole tensors have.
      const info = { dataId, shape: [...shape], dtype: dtype as TensorInfo['dtype'], rank: shape.length };
      operands[name] = info;
    }
    const answer = getKernel(kernelName, 'cpu').kernelFunc({ inputs: operands, attrs, backend });
    const results = [answer].flat().map(({ dataId, shape, dtype }) => {
      const numbers = constant(backend.readSync(dataId).slice(), shape, elementType(dtype));
      backend.disposeData(dataId, true);
      return numbers;
    });
    for (const { dataId } of Object.values(operands)) backend.disposeData(dataId, true);
    return Array.isArray(answer) ? results : results[0];
  };

export const host: Family = Object.fromEntries(kernels.map((name) => [name, onHost(name)]));
