// Gradients of resizing. Resizing is linear, so its gradient is its adjoint: <resize(x), dy> = <x, gradient(dy)> for any x
// and dy. That needs no other implementation, and tfjs's own on the CPU is wrong for batches and oblong images.
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { backendName } from '../../../core/engine/backend.ts';
import '../../../core/engine/devices/reference-kernels.ts';
import '../../../core/engine/tfjs.ts';
import { RandomStream } from '../../../core/random.ts';
import { draw } from './kernel-cases.ts';

const methods = { bilinear: tf.image.resizeBilinear, nearest: tf.image.resizeNearestNeighbor };
const sizes = [
  [4, 6, 8, 12],
  [4, 6, 7, 5],
  [5, 3, 2, 9],
];
const inner = (a: tf.Tensor, b: tf.Tensor): number => tf.sum(tf.mul(a, b)).dataSync()[0];

describe('the gradient of resizing is its adjoint', () => {
  afterEach(async () => {
    await tf.setBackend('cpu');
  });

  const cases = Object.keys(methods).flatMap((method) =>
    [backendName, 'cpu'].flatMap((backend) =>
      ['plain', 'corners aligned', 'pixel centres'].map((kind) => [method, backend, kind] as const),
    ),
  );
  it.each(cases)('%s on %s, %s', async (method, backend, kind) => {
    const random = new RandomStream(3, method, kind);
    for (const [height, width, newHeight, newWidth] of sizes) {
      const x = draw(random, [2, height, width, 3]) as tf.Tensor4D;
      const dy = draw(random, [2, newHeight, newWidth, 3]);
      await tf.setBackend(backend);
      const resize = (image: tf.Tensor): tf.Tensor =>
        methods[method as 'bilinear'](
          image as tf.Tensor4D,
          [newHeight, newWidth],
          kind === 'corners aligned',
          kind === 'pixel centres',
        );
      const left = inner(resize(x), dy);
      const right = inner(x, tf.grad(resize)(x, dy));
      // Two float32 sums of some 400 terms of size 1.
      expect(Math.abs(left - right)).toBeLessThan(1e-4);
    }
  });
});
