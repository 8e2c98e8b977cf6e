// Penalties on codes against their formulas, rows of weight 0 left out.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { activityPenalty, meanActivityDivergence } from '../../../core/training/sparsity.ts';
import '../../../core/engine/tfjs.ts';

const weight = tf.tensor1d([1, 1, 0]);

describe('sparsity', () => {
  it('adds up absolute activities and divides by the rows that count, as Keras does', () => {
    const code = tf.tensor2d([
      [1, -2],
      [3, 0],
      [100, 100],
    ]);
    expect(activityPenalty(code, weight).dataSync()[0]).toBeCloseTo((3 + 3) / 2, 6);
  });

  it('is the divergence of the mean activity from the one that is wanted, 0 where they agree', () => {
    const code = tf.tensor2d([
      [0.1, 0.4],
      [0.1, 0.2],
      [0.9, 0.9],
    ]);
    const kl = 0.1 * Math.log(0.1 / 0.3) + 0.9 * Math.log(0.9 / 0.7);
    expect(meanActivityDivergence(code, weight, 0.1).dataSync()[0]).toBeCloseTo(kl, 5);
  });
});
