// Kernels that read, write or count at computed positions, and the largest elements.
import { backend_util, gather_util } from '@tensorflow/tfjs-core';
import { binary, cast, fill, flatten, multiply, reduce, reshape, where } from '../graph/operators.ts';
import { constant, int64, record, recordNode, scalar, type Value } from '../graph/value.ts';
import { sizeOf } from '../tensor-data.ts';
import type { Family } from './lowering.ts';

type Inputs = Readonly<Record<string, Value>>;

const counting = (n: number, shape: readonly number[]): Value =>
  constant(
    Int32Array.from({ length: n }, (_, i) => i),
    shape,
    'int32',
  );

/**
 * `updates` written into `into`, or added to it, at `indices` [..., depth]; tfjs also takes one index without its last
 * axis and one update for all.
 */
function scatter(into: Value, indices: Value, updates: Value, reduction: 'none' | 'add'): Value {
  const { sliceRank, numUpdates, sliceSize } = backend_util.calculateShapes(
    updates as never,
    indices as never,
    [...into.shape],
  );
  const positions = cast(reshape(indices, [numUpdates, sliceRank]), 'int64');
  const shape = [numUpdates, ...into.shape.slice(sliceRank)];
  const rows =
    sizeOf(updates.shape) === numUpdates * sliceSize ? reshape(updates, shape) : expandOne(updates, shape);
  return record('ScatterND', [into, positions, rows], { reduction });
}

const expandOne = (x: Value, shape: readonly number[]): Value =>
  record('Expand', [reshape(x, []), int64(shape)], {}, shape);

/** Counts of 0, 1, ..., size - 1 along the last axis of x, each weighted; or whether there is any. */
function bincount(x: Value, weights: Value, size: number, binaryOutput: boolean): Value {
  const hit = binary('Equal', reshape(x, [...x.shape, 1]), counting(size, [size]), 'bool');
  const hits = cast(hit, weights.dtype);
  const along = [x.shape.length - 1];
  if (binaryOutput) return reduce('ReduceMax', hits, along, false);
  const weighted =
    sizeOf(weights.shape) === 0 ? hits : multiply(hits, reshape(weights, [...weights.shape, 1]));
  return reduce('ReduceSum', weighted, along, false);
}

function gatherND({ params, indices }: Inputs): Value {
  gather_util.prepareAndValidate(params as never, indices as never);
  const depth = indices.shape[indices.shape.length - 1];
  const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(depth)];
  if (depth === 0) return record('Expand', [params, int64(shape)], {}, shape);
  return record('GatherND', [params, cast(indices, 'int64')], {}, shape);
}

export const indexing: Family = {
  GatherNd: gatherND,
  ScatterNd: ({ indices, updates }: Inputs, { shape }: { shape: number[] }) =>
    scatter(fill(shape, 0, updates.dtype), indices, updates, 'add'),
  TensorScatterUpdate: ({ tensor, indices, updates }: Inputs) => scatter(tensor, indices, updates, 'none'),
  SparseToDense: (
    { sparseIndices, sparseValues, defaultValue }: Inputs,
    { outputShape }: { outputShape: number[] },
  ) =>
    scatter(
      expandOne(cast(defaultValue, sparseValues.dtype), outputShape),
      sparseIndices,
      sparseValues,
      'none',
    ),
  Bincount: ({ x, weights }: Inputs, { size }: { size: number }) =>
    bincount(flatten(x), flatten(weights), size, false),
  DenseBincount: (
    { x, weights }: Inputs,
    { size, binaryOutput = false }: { size: number; binaryOutput?: boolean },
  ) => bincount(x, weights, size, binaryOutput),
  /** How many elements of each sorted row come before each value. */
  SearchSorted: ({ sortedSequence, values }: Inputs, { side }: { side: 'left' | 'right' }) => {
    const rows = sortedSequence.shape.slice(0, -1);
    const sequence = reshape(sortedSequence, [...rows, 1, sortedSequence.shape[rows.length]]);
    const wanted = reshape(values, [...values.shape, 1]);
    const before = binary(side === 'left' ? 'Less' : 'LessOrEqual', sequence, wanted, 'bool');
    return reduce('ReduceSum', cast(before, 'int32'), [values.shape.length], false);
  },
  TopK: ({ x }: Inputs, { k, sorted }: { k: number; sorted: boolean }) => {
    const shape = [...x.shape.slice(0, -1), k];
    const attributes = { axis: -1, largest: 1, sorted: sorted ? 1 : 0 };
    const [values, positions] = recordNode('TopK', [x, int64([k])], attributes, [
      { shape, dtype: x.dtype },
      { shape, dtype: 'int64' },
    ]);
    return [values, cast(positions, 'int32')];
  },
  /** The elements of x on the diagonal of a tensor of twice the rank. */
  Diag: ({ x }: Inputs) => {
    const n = sizeOf(x.shape);
    const diagonal = binary('Equal', counting(n, [n, 1]), counting(n, [n]), 'bool');
    return reshape(where(diagonal, reshape(x, [n]), scalar(0, x.dtype)), [...x.shape, ...x.shape]);
  },
};
