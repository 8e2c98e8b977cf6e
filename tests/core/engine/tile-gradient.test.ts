import { grad, mul, sum, type Tensor, tensor, tile } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../../core/engine/tfjs.ts';

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

describe('the gradient of tile', () => {
  it('adds up what every copy of a number is worth, at any rank', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })), {
          minLength: 1,
          maxLength: 5,
        }),
        (axes) => {
          const shape = axes.map(([size]) => size);
          const reps = axes.map(([, count]) => count);
          const tiled = shape.map((size, i) => size * reps[i]);
          // Worth i of the i-th number of the tiled tensor: whole numbers, so that sums are exact.
          const worth = Float32Array.from({ length: product(tiled) }, (_, i) => i);
          const expected = new Float32Array(product(shape));
          worth.forEach((value, at) => {
            let [rest, place, stride] = [at, 0, 1];
            for (let axis = shape.length - 1; axis >= 0; axis--) {
              place += ((rest % tiled[axis]) % shape[axis]) * stride;
              rest = Math.floor(rest / tiled[axis]);
              stride *= shape[axis];
            }
            expected[place] += value;
          });
          const x = tensor(new Float32Array(product(shape)), shape);
          const gradient = grad((input: Tensor) => sum(mul(tile(input, reps), tensor(worth, tiled))))(x);
          expect(gradient.shape).toEqual(shape);
          expect(Array.from(gradient.dataSync())).toEqual(Array.from(expected));
        },
      ),
      { numRuns: 60 },
    );
  });
});
