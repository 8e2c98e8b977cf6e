import { describe, expect, it } from 'vitest';
import { mlp } from '../../../core/models/mlp.ts';
import { namedWeights } from '../../../core/models/named-weights.ts';
import { RandomStream } from '../../../core/random.ts';

const options = {
  inputs: 200,
  hidden: [300, 300],
  hiddenActivation: 'tanh',
  outputs: 1,
  outputActivation: 'linear',
} as const;

describe('multilayer perceptron', () => {
  it('starts each layer as it is told', () => {
    const random = new RandomStream('mlp');
    const normal = (standardDeviation: number) => ({ kind: 'normal', standardDeviation }) as const;
    const model = mlp({ ...options, initialisation: [normal(0.1), normal(1), normal(10)], random });
    const weights = namedWeights(model);
    ['hidden1', 'hidden2', 'output'].forEach((layer, i) => {
      const values = Array.from(weights[`${layer}/kernel`].dataSync());
      const deviation = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
      // The output's 300 weights have a sampling error of 4 %.
      expect(Math.abs(deviation / 10 ** (i - 1) - 1)).toBeLessThan(0.15);
    });
  });

  it('has dropout where a rate says so', () => {
    const names = mlp({ ...options, dropoutRate: [0, 0.5], random: new RandomStream(1) }).layers.map(
      ({ name }) => name,
    );
    expect(names).toEqual(['hidden1', 'hidden2', 'dropout2', 'output']);
  });

  it('refuses settings that are not one for each layer', () => {
    const random = new RandomStream(1);
    expect(() => mlp({ ...options, dropoutRate: [0.5], random })).toThrow(
      'expected 2 values of dropoutRate, got 1',
    );
    expect(() => mlp({ ...options, initialisation: [], random })).toThrow(
      'expected 3 values of initialisation',
    );
  });
});
