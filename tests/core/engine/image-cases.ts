// Cases of kernels on images: resizing, blocks, response normalisation.
import * as tf from '@tensorflow/tfjs-core';
import { dims, draw, image, type KernelCase } from './kernel-cases.ts';

type Method = 'ResizeBilinear' | 'ResizeNearestNeighbor';

/** Square, and one at a time: see resize.test.ts for what tfjs's CPU gradients do with others. */
const resize = (method: Method, from: number, to: number, alignCorners = false): KernelCase => ({
  name: `${method} ${from} to ${to}${alignCorners ? ', corners aligned' : ''}`,
  inputs: (r) => [draw(r, [1, from, from, 1 + r.integer(3)])],
  run: (x) =>
    (method === 'ResizeBilinear' ? tf.image.resizeBilinear : tf.image.resizeNearestNeighbor)(
      x as tf.Tensor4D,
      [to, to],
      alignCorners,
    ),
});

const both = (from: number, to: number, alignCorners = false): KernelCase[] =>
  (['ResizeBilinear', 'ResizeNearestNeighbor'] as const).map((method) =>
    resize(method, from, to, alignCorners),
  );

export const imageCases: KernelCase[] = [
  ...both(4, 8),
  ...both(3, 9),
  ...both(5, 7),
  ...both(7, 3),
  ...both(4, 7, true),
  ...both(4, 1, true),
  {
    name: 'ResizeBilinear of an oblong, pixel centres',
    inputs: (r) => [draw(r, [2, 4, 6, 3])],
    run: (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [7, 5], false, true),
    gradient: false,
  },
  {
    name: 'ResizeNearestNeighbor of an oblong, pixel centres',
    inputs: (r) => [draw(r, [2, 4, 6, 3])],
    run: (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [7, 5], false, true),
    gradient: false,
  },
  {
    name: 'ResizeNearestNeighbor of an oblong, twice and three times',
    inputs: (r) => [draw(r, [2, 4, 6, 3])],
    run: (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [8, 18]),
    gradient: false,
  },
  {
    name: 'SpaceToBatchND',
    inputs: (r) => [draw(r, [2, 5, 6, 3])],
    run: (x) =>
      tf.spaceToBatchND(
        x,
        [2, 3],
        [
          [1, 0],
          [2, 1],
        ],
      ),
  },
  {
    name: 'BatchToSpaceND',
    inputs: (r) => [draw(r, [12, 3, 2, 2])],
    run: (x) =>
      tf.batchToSpaceND(
        x,
        [2, 3],
        [
          [1, 0],
          [2, 1],
        ],
      ),
  },
  {
    name: 'DepthToSpace',
    inputs: (r) => [draw(r, [2, 3, 2, 12])],
    run: (x) => tf.depthToSpace(x as tf.Tensor4D, 2),
    // tfjs has no gradient for it.
    gradient: false,
  },
  {
    name: 'LRN',
    inputs: (r) => [draw(r, dims(r, 4, 7))],
    run: (x) => tf.localResponseNormalization(x as tf.Tensor4D, 2, 1.5, 0.7, 0.6),
  },
  {
    name: 'FlipLeftRight',
    inputs: (r) => [image(r, 2)],
    run: (x) => tf.image.flipLeftRight(x as tf.Tensor4D),
    gradient: false,
  },
];
