import { sigmoid, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { binaryCrossEntropy, logitCrossEntropy } from '../../../core/training/losses.ts';
import '../../../core/engine/tfjs.ts';

describe('cross-entropy of logits', () => {
  it('is that of the probabilities, averaged by weight', () => {
    const target = tensor2d([1, 0, 1, 0], [4, 1]);
    const logit = tensor2d([0.3, -1.2, 2, 0.7], [4, 1]);
    const weight = tensor1d([1, 2, 0.5, 0]);
    const expected = binaryCrossEntropy(target, sigmoid(logit), weight).dataSync()[0];
    // float32.
    expect(logitCrossEntropy(target, logit, weight).dataSync()[0]).toBeCloseTo(expected, 6);
  });

  it('is the logit itself where a probability is 0 to float32', () => {
    const loss = logitCrossEntropy(tensor2d([1, 0], [2, 1]), tensor2d([-200, 60], [2, 1]), tensor1d([1, 1]));
    expect(loss.dataSync()[0]).toBeCloseTo(130, 4);
  });

  it('takes one target for several outputs', () => {
    const both = logitCrossEntropy(
      tensor2d([1, 0], [2, 1]),
      tensor2d([1, 2, -1, 0], [2, 2]),
      tensor1d([1, 1]),
    );
    const softplus = (x: number): number => Math.log1p(Math.exp(x));
    const expected = (softplus(-1) + softplus(-2) + softplus(-1) + softplus(0)) / 4;
    expect(both.dataSync()[0]).toBeCloseTo(expected, 6);
  });
});
