// Cases of kernels that tfjs's CPU backend answers for us: what is tried is the way there and back.
import * as tf from '@tensorflow/tfjs-core';
import { draw, image, type KernelCase } from './kernel-cases.ts';

const boxes = tf.tensor2d([
  [0, 0, 1, 1],
  [0, 0.1, 1, 1.1],
  [0.5, 0.5, 2, 2],
]);
const scores = tf.tensor1d([0.9, 0.75, 0.6]);
const ints = (...values: number[]): tf.Tensor1D => tf.tensor1d(values, 'int32');
const pairs = (...values: number[]): tf.Tensor2D => tf.tensor2d(values, [values.length / 2, 2], 'int32');

const only = (name: string, run: () => tf.Tensor): KernelCase => ({
  name,
  inputs: () => [],
  run,
  gradient: false,
});

export const hostCases: KernelCase[] = [
  only('BroadcastArgs', () => tf.broadcastArgs(ints(4, 1, 3), ints(2, 1))),
  {
    name: 'CropAndResize',
    inputs: (r) => [draw(r, [1, 5, 5, 2])],
    run: (x) => tf.image.cropAndResize(x as tf.Tensor4D, boxes, ints(0, 0, 0), [3, 4]),
    gradient: false,
  },
  {
    name: 'Dilation2D',
    inputs: (r) => [image(r, 2), draw(r, [2, 3, 2])],
    run: (x, filter) => tf.dilation2d(x as tf.Tensor4D, filter as tf.Tensor3D, 1, 'same'),
  },
  {
    name: 'MaxPoolWithArgmax',
    inputs: (r) => [image(r, 2)],
    run: (x) => tf.maxPoolWithArgmax(x as tf.Tensor4D, 2, 2, 'valid').indexes,
    gradient: false,
  },
  only('NonMaxSuppressionV3', () => tf.image.nonMaxSuppression(boxes, scores, 3, 0.5)),
  only(
    'NonMaxSuppressionV4',
    () => tf.image.nonMaxSuppressionPadded(boxes, scores, 3, 0.5, 0, true).selectedIndices,
  ),
  only(
    'NonMaxSuppressionV5',
    () => tf.image.nonMaxSuppressionWithScore(boxes, scores, 3, 0.5, 0, 0.3).selectedScores,
  ),
  {
    name: 'RaggedGather',
    inputs: (r) => [draw(r, [5])],
    run: (x) => tf.raggedGather([ints(0, 2, 5)], x, ints(1, 0), 1).outputDenseValues,
    gradient: false,
  },
  {
    name: 'RaggedTensorToTensor',
    inputs: (r) => [draw(r, [5])],
    run: (x) => tf.raggedTensorToTensor(ints(3, 4), x, tf.scalar(-1), [ints(0, 2, 2, 5)], ['ROW_SPLITS']),
    gradient: false,
  },
  only('RaggedRange', () => tf.raggedRange(ints(0, 5), ints(3, 9), ints(1, 2)).rtDenseValues),
  {
    name: 'RotateWithOffset',
    inputs: (r) => [image(r, 2)],
    run: (x) => tf.image.rotateWithOffset(x as tf.Tensor4D, 0.3),
    gradient: false,
  },
  only(
    'SparseFillEmptyRows',
    () =>
      tf.sparse.sparseFillEmptyRows(pairs(0, 0, 2, 1), tf.tensor1d([1, 2]), ints(4, 2), tf.scalar(-1))
        .outputValues,
  ),
  only(
    'SparseReshape',
    () => tf.sparse.sparseReshape(pairs(0, 0, 2, 1), ints(4, 2), ints(2, -1)).outputIndices,
  ),
  {
    name: 'SparseSegmentMean',
    inputs: (r) => [draw(r, [3, 2])],
    run: (x) => tf.sparse.sparseSegmentMean(x, ints(0, 2, 1), ints(0, 0, 1)),
    gradient: false,
  },
  {
    name: 'SparseSegmentSum',
    inputs: (r) => [draw(r, [3, 2])],
    run: (x) => tf.sparse.sparseSegmentSum(x, ints(0, 2, 1), ints(0, 0, 1)),
    gradient: false,
  },
  {
    name: 'Transform',
    inputs: (r) => [draw(r, [1, 4, 5, 2])],
    run: (x) =>
      tf.image.transform(x as tf.Tensor4D, tf.tensor2d([[1, 0.1, 0.5, 0, 1, -0.5, 0, 0]]), 'bilinear'),
    gradient: false,
  },
  only('Unique', () => tf.unique(ints(3, 1, 3, 2)).values),
];
