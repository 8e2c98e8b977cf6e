// Steps of records as vectors, against the formulas by hand.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { codeVectors } from '../../../core/models/code-vectors.ts';
import { elapsedTimes } from '../../../core/models/elapsed-times.ts';

// Three codes in two dimensions; row 0 is no code and must not count, whatever it holds.
const vectors = Float32Array.of(9, 9, 1, 10, 2, 20, 4, 40);
const codes = [
  [
    [1, 3],
    [2, 0],
    [0, 0],
  ],
];

describe('codeVectors', () => {
  const layer = () => codeVectors({ name: 'codes', codes: 3, width: 2, vectors });

  it('sums the vectors of the codes of a step', () => {
    const steps = layer().apply(tf.tensor3d(codes, [1, 3, 2], 'int32')) as tf.Tensor;
    expect(Array.from(steps.dataSync())).toEqual([5, 50, 2, 20, 0, 0]);
  });

  it('masks a step without codes', () => {
    const mask = layer().computeMask(tf.tensor3d(codes, [1, 3, 2], 'int32')) as tf.Tensor;
    expect(Array.from(mask.dataSync())).toEqual([1, 1, 0]);
  });

  it('gives its gradient to the rows that were looked up, as often as they were', () => {
    const own = layer();
    const input = tf.tensor3d([[[1], [3], [1]]], [1, 3, 1], 'int32');
    own.apply(input);
    const { grads } = tf.variableGrads(() => tf.sum(own.apply(input) as tf.Tensor));
    const [gradient] = Object.values(grads);
    expect(Array.from(gradient.dataSync())).toEqual([0, 0, 2, 2, 0, 0, 1, 1]);
  });

  it('refuses sizes that are none', () => {
    expect(() => codeVectors({ codes: 0, width: 2 })).toThrow(/whole numbers of codes and width >= 1, got 0/);
  });
});

describe('elapsedTimes', () => {
  it('adds the logarithms of the days since the step before and until the end', () => {
    const layer = elapsedTimes({ name: 'times' });
    const steps = tf.zeros([1, 3, 2]);
    const days = tf.tensor2d([[100, 30, 0]]);
    layer.apply([steps, days]);
    layer.setWeights([
      tf.tensor2d([
        [1, 0],
        [0, 1],
      ]),
    ]);
    const out = Array.from((layer.apply([steps, days]) as tf.Tensor).dataSync());
    const expected = [0, Math.log(101), Math.log(71), Math.log(31), Math.log(31), 0];
    // float32.
    expected.forEach((value, i) => {
      expect(out[i]).toBeCloseTo(value, 5);
    });
  });
});
