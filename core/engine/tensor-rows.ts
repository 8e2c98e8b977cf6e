// Tensors whose first dimension counts rows, cut and put together. What the rows mean is not known here.
import type { TensorData } from './tensor-data.ts';

/** Number of rows. */
export const rowsOf = ({ shape }: TensorData): number => shape[0];

/** Rows `start` to `end`, of the same memory. */
export function sliceRows({ dtype, shape, data }: TensorData, start: number, end: number): TensorData {
  const width = data.length / Math.max(1, shape[0]);
  return { dtype, shape: [end - start, ...shape.slice(1)], data: data.subarray(start * width, end * width) };
}

/** Rows of several tensors of one type and width, one after another; the tensor itself where there is one. */
export function stackRows(tensors: readonly TensorData[]): TensorData {
  const [first] = tensors;
  if (tensors.length === 1) return first;
  const length = tensors.reduce((sum, { data }) => sum + data.length, 0);
  const data = new (first.data.constructor as { new (n: number): TensorData['data'] })(length);
  let start = 0;
  for (const tensor of tensors) {
    data.set(tensor.data, start);
    start += tensor.data.length;
  }
  const rows = tensors.reduce((sum, tensor) => sum + rowsOf(tensor), 0);
  return { dtype: first.dtype, shape: [rows, ...first.shape.slice(1)], data };
}
