// RETAIN's attention, against the formulas by hand.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { reverseTime, stepAttention, weightedSum } from '../../../core/models/reverse-time-attention.ts';

describe('reverseTime', () => {
  it('turns a sequence and its mask around', () => {
    const layer = reverseTime({ name: 'back' });
    const x = tf.tensor3d([[[1], [2], [3]]]);
    expect(Array.from((layer.apply(x) as tf.Tensor).dataSync())).toEqual([3, 2, 1]);
    const mask = layer.computeMask(x, tf.tensor2d([[1, 1, 0]], [1, 3], 'bool')) as tf.Tensor;
    expect(Array.from(mask.dataSync())).toEqual([0, 1, 1]);
  });
});

describe('stepAttention', () => {
  // One unit each: alpha from g, beta from h; both given backwards.
  const [g, h] = [
    [0.2, -0.4, 0.9],
    [0.5, 0.1, -0.7],
  ];
  const steps = tf.tensor3d([[[1], [2], [3]]]);
  const backwards = (values: number[]) => tf.tensor3d([[...values].reverse().map((v) => [v])]);
  const layer = stepAttention({ name: 'attention' });
  const inputs = [steps, backwards(g), backwards(h)];
  layer.apply(inputs);
  layer.setWeights([tf.tensor2d([[2]]), tf.tensor1d([0.1]), tf.tensor2d([[3]]), tf.tensor1d([-0.2])]);

  const expected = (seen: readonly boolean[]): number[] => {
    const scores = g.map((v, t) => (seen[t] ? Math.exp(2 * v + 0.1) : 0));
    const total = scores.reduce((a, b) => a + b);
    return scores.map((score, t) => (score / total) * Math.tanh(3 * h[t] - 0.2));
  };

  it('is the softmax over the steps times the tanh of each', () => {
    const out = Array.from((layer.apply(inputs) as tf.Tensor).dataSync());
    expected([true, true, true]).forEach((value, t) => {
      expect(out[t]).toBeCloseTo(value, 6);
    });
  });

  it('gives nothing to masked steps', () => {
    const mask = tf.tensor2d([[1, 1, 0]], [1, 3], 'bool');
    const out = Array.from((layer.call(inputs, { mask: [mask] }) as tf.Tensor).dataSync());
    expected([true, true, false]).forEach((value, t) => {
      expect(out[t]).toBeCloseTo(value, 6);
    });
  });
});

describe('weightedSum', () => {
  it('adds steps up, number by number', () => {
    const sum = weightedSum({ name: 'sum' }).apply([
      tf.tensor3d([
        [
          [1, 2],
          [3, 4],
        ],
      ]),
      tf.tensor3d([
        [
          [2, 0.5],
          [1, 10],
        ],
      ]),
    ]) as tf.Tensor;
    expect(Array.from(sum.dataSync())).toEqual([5, 41]);
  });
});
