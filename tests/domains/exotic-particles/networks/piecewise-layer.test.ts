import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  piecewiseLayer,
  quantileKnots,
} from '../../../../domains/exotic-particles/networks/piecewise-layer.ts';

describe('piecewise-linear encoding', () => {
  it('tells how far each number has come through each bin', () => {
    const layer = piecewiseLayer({ knots: [[0, 1, 3], [5]] });
    const x = tensor2d([
      [-1, 2],
      [0.25, 2],
      [2.5, 7],
      [9, 7],
    ]);
    // By hand; the second number has one end and so no bin, and zeros in the places of two.
    expect((layer.apply(x) as typeof x).arraySync()).toEqual([
      [-1, 2, 0, 0, 0, 0],
      [0.25, 2, 0.25, 0, 0, 0],
      [2.5, 7, 1, 0, 0.75, 0],
      [9, 7, 1, 0, 1, 0],
    ]);
  });

  it('has its knots at quantiles, equal ones once', () => {
    // Column 0 is 0 ... 4, column 1 is 0 in three rows of five, column 2 never changes.
    const rows = [4, 0, 7, 1, 0, 7, 2, 0, 7, 3, 1, 7, 0, 2, 7];
    expect(quantileKnots(rows, 3, 4)).toEqual([[0, 1, 2, 3, 4], [0, 1, 2], [7]]);
  });
});
