// Autoencoders: the numbers of parameters of the course, the forward pass by hand, tied weights.
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autoencoder } from '../../../core/models/autoencoder.ts';
import { convolutionalAutoencoder } from '../../../core/models/convolutional-autoencoder.ts';
import { namedWeights } from '../../../core/models/named-weights.ts';
import { tiedDense } from '../../../core/models/tied-dense.ts';
import { RandomStream } from '../../../core/random.ts';

const random = new RandomStream(5);

const answers = (model: LayersModel, x: number[][]): number[][][] =>
  (model.apply(tf.tensor2d(x)) as tf.Tensor2D[]).map((tensor) => tensor.arraySync());

describe('autoencoder', () => {
  it.each([
    ['784-32-784', { code: 32 }, 50_992],
    ['784-128-64-32-64-128-784', { code: 32, hidden: [128, 64] }, 222_384],
    // 784 x 32 + 32 + 784: weights once.
    ['784-32-784, tied', { code: 32, tied: true }, 25_904],
  ] as const)('%s has as many parameters as its formula says', (_, settings, expected) => {
    expect(autoencoder({ inputs: 784, random, ...settings }).countParams()).toBe(expected);
  });

  it('has the parameters of its formula whatever its widths', () => {
    const widths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 0, maxLength: 3 });
    fc.assert(
      fc.property(widths, fc.integer({ min: 1, max: 9 }), (hidden, code) => {
        const all = [11, ...hidden, code];
        const expected = all.slice(1).reduce((sum, to, i) => sum + (all[i] + 1) * to + (to + 1) * all[i], 0);
        const model = autoencoder({ inputs: 11, hidden, code, random });
        expect(model.countParams()).toBe(expected);
        model.dispose();
      }),
      { numRuns: 20 },
    );
  });

  it.each([false, true])('computes sigmoid(W2 relu(W1 x + b1) + b2), tied: %s', (tied) => {
    const model = autoencoder({ inputs: 3, code: 2, tied, random });
    const weights = namedWeights(model);
    const at = (name: string): number[] => Array.from(weights[name].dataSync());
    const up = at('code/kernel');
    const [forward, backward] = [
      (i: number, j: number) => up[2 * i + j],
      tied
        ? (j: number, i: number) => up[2 * i + j]
        : (j: number, i: number) => at('logit/kernel')[3 * j + i],
    ];
    const x = [0.2, 0.9, 0.4];
    const [[reconstruction], [code], [logit]] = answers(model, [x]);
    [0, 1].forEach((j) => {
      const sum = x.reduce((total, xi, i) => total + xi * forward(i, j), 0);
      expect(code[j]).toBeCloseTo(Math.max(0, sum), 6);
    });
    [0, 1, 2].forEach((i) => {
      const sum = code.reduce((total, c, j) => total + c * backward(j, i), 0);
      expect(logit[i]).toBeCloseTo(sum, 6);
      expect(reconstruction[i]).toBeCloseTo(1 / (1 + Math.exp(-sum)), 6);
    });
  });

  it('has the 4,385 parameters of the convolutional one of the Keras blog, and its code of 128', () => {
    const model = convolutionalAutoencoder({ random });
    expect(model.countParams()).toBe(4385);
    const [reconstruction, code] = model.apply(tf.zeros([2, 784])) as tf.Tensor[];
    expect([reconstruction.shape, code.shape]).toEqual([
      [2, 784],
      [2, 128],
    ]);
  });

  it('refuses a tied layer whose direction nobody could tell', () => {
    expect(() => tiedDense({ inputs: 4, units: 4 })).toThrow('got 4 of both');
    expect(() => tiedDense({ inputs: 4, units: 2 }).apply(tf.zeros([1, 3]))).toThrow('expected 4 or 2');
  });
});
