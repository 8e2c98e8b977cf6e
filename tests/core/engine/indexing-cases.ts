// Cases of kernels that read, write and count at positions, and of those whose numbers are known beforehand.
import * as tf from '@tensorflow/tfjs-core';
import { bit, type Draw, dims, draw, type KernelCase } from './kernel-cases.ts';

const positions = tf.tensor2d(
  [
    [0, 2],
    [3, 1],
    [2, 0],
  ],
  [3, 2],
  'int32',
);
const small: Draw = (random) => random.integer(6);

export const indexingCases: KernelCase[] = [
  {
    name: 'GatherNd',
    inputs: (r) => [draw(r, [4, 3, 2])],
    run: (x) => tf.gatherND(x, positions),
    // tfjs has no gradient for it, nor for the scatters.
    gradient: false,
  },
  {
    name: 'ScatterNd, one position twice',
    inputs: (r) => [draw(r, [4, 2])],
    run: (x) => tf.scatterND(tf.tensor2d([[0], [3], [0], [1]], [4, 1], 'int32'), x, [5, 2]),
    gradient: false,
  },
  {
    name: 'ScatterNd int32',
    inputs: (r) => [draw(r, [3], small, 'int32')],
    run: (x) => tf.scatterND(positions, x, [4, 3]),
    gradient: false,
  },
  {
    name: 'TensorScatterUpdate',
    inputs: (r) => [draw(r, [4, 3, 2]), draw(r, [3, 2])],
    run: (x, updates) => tf.tensorScatterUpdate(x, positions, updates),
    gradient: false,
  },
  {
    name: 'SparseToDense',
    inputs: (r) => [draw(r, [3])],
    run: (x) => tf.sparseToDense(positions, x, [4, 3], tf.scalar(-1)),
    gradient: false,
  },
  {
    name: 'Bincount',
    inputs: (r) => [draw(r, [9], small, 'int32'), draw(r, [9])],
    run: (x, weights) => tf.bincount(x as tf.Tensor1D, weights as tf.Tensor1D, 5),
    gradient: false,
  },
  {
    name: 'DenseBincount',
    inputs: (r) => [draw(r, [3, 9], small, 'int32'), draw(r, [3, 9])],
    run: (x, weights) => tf.denseBincount(x as tf.Tensor2D, weights as tf.Tensor2D, 5),
    gradient: false,
  },
  {
    name: 'DenseBincount, whether any',
    inputs: (r) => [draw(r, [3, 4], small, 'int32')],
    run: (x) => tf.denseBincount(x as tf.Tensor2D, tf.tensor2d([], [0, 0]), 5, true),
    gradient: false,
  },
  ...(['left', 'right'] as const).map((side) => ({
    name: `SearchSorted ${side}`,
    inputs: (r: Parameters<Draw>[0]) => [draw(r, [2, 7], small, 'int32')],
    run: (values: tf.Tensor) =>
      tf.searchSorted(
        tf.tensor2d(
          [
            [0, 2, 2, 4],
            [1, 3, 5, 5],
          ],
          [2, 4],
          'int32',
        ),
        values,
        side,
      ),
    gradient: false,
  })),
  {
    name: 'TopK values',
    inputs: (r) => [draw(r, [2, 3, 8])],
    run: (x) => tf.topk(x, 3).values,
    gradient: false,
  },
  {
    name: 'TopK positions, with ties',
    inputs: (r) => [draw(r, [5, 8], small)],
    run: (x) => tf.topk(x, 4).indices,
    gradient: false,
  },
  {
    name: 'Diag',
    inputs: (r) => [draw(r, dims(r, 2, 3))],
    run: (x) => tf.diag(x),
    gradient: false,
  },
  {
    name: 'Diag bool',
    inputs: (r) => [draw(r, [4], bit, 'bool')],
    run: (x) => tf.diag(x),
    gradient: false,
  },
  { name: 'Range', inputs: (r) => [draw(r, [4])], run: (x) => tf.add(x, tf.range(1, 2, 0.25)) },
  { name: 'Range downwards', inputs: (r) => [draw(r, [4])], run: (x) => tf.add(x, tf.range(4, 0)) },
  {
    name: 'Range int32',
    inputs: (r) => [draw(r, [4], small, 'int32')],
    run: (x) => tf.add(x, tf.range(3, 11, 2, 'int32')),
    gradient: false,
  },
  { name: 'LinSpace', inputs: (r) => [draw(r, [5])], run: (x) => tf.mul(x, tf.linspace(-1, 1, 5)) },
];
