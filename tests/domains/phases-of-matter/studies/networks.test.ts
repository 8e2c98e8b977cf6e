// Shapes, sizes and starts of the networks for lattices of bonds.
import { ones, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { phaseAccuracy } from '../../../../domains/phases-of-matter/studies/bonds/bond-network.ts';
import { fullyConnected } from '../../../../domains/phases-of-matter/studies/bonds/fully-connected.ts';
import { convolutional } from '../../../../domains/phases-of-matter/studies/gauge/convolutional.ts';

const start = { initialDeviation: 0.1, initialBias: 0.1 };
const recipe = { filters: 64, hiddenUnits: 64, dropout: 0.5, ...start };

describe('convolutional', () => {
  it('has the 1,049,346 parameters of the paper for L = 16, from the first values of the recipe', () => {
    const { model } = convolutional({ ...recipe, size: 16, random: new RandomStream(1) });
    expect(model.countParams()).toBe(1_049_346);
    const weights = model.getWeights();
    expect(weights.map(({ shape }) => shape)).toEqual([
      [2, 2, 2, 64],
      [64],
      [16_384, 64],
      [64],
      [64, 2],
      [2],
    ]);
    const dense = Float32Array.from(weights[2].dataSync());
    const deviation = Math.sqrt(dense.reduce((sum, w) => sum + w * w, 0) / dense.length);
    // A normal cut at two standard deviations keeps .8796 of its own; the error of 1e6 draws is 7e-5.
    expect(deviation).toBeCloseTo(0.08796, 3);
    expect(dense.reduce((most, w) => Math.max(most, Math.abs(w)), 0)).toBeLessThanOrEqual(0.2);
    expect(weights[1].dataSync()[0]).toBeCloseTo(0.1, 7);
    model.dispose();
  });

  it('answers the same for a lattice shifted around the torus, before the dense layer knows places', () => {
    const network = convolutional({ ...recipe, size: 4, random: new RandomStream(2) });
    const random = new RandomStream(3);
    const spins = Array.from({ length: 32 }, () => 2 * random.integer(2) - 1);
    const shifted = spins.map((_, i) => spins[(i + 8) % 32]);
    const filters = network.model.getLayer('filters');
    const torus = network.model.getLayer('torus');
    const summed = (data: number[]): number[] => {
      const out = filters.apply(torus.apply(tensor(data, [1, 4, 4, 2]))) as Tensor;
      return Array.from(out.sum([0, 1, 2]).dataSync());
    };
    const [a, b] = [summed(spins), summed(shifted)];
    // The same 16 numbers in another order, in single precision.
    a.forEach((value, k) => {
      expect(value).toBeCloseTo(b[k], 4);
    });
    network.model.dispose();
  });

  it('drops out while training only', () => {
    const network = convolutional({ ...recipe, size: 4, random: new RandomStream(2) });
    const spins = ones([2, 4, 4, 2]);
    const [first, second] = [network.forward(spins, false), network.forward(spins, false)];
    expect(first.shape).toEqual([2, 2]);
    expect(first.dataSync()).toEqual(second.dataSync());
    network.model.dispose();
  });
});

describe('fullyConnected', () => {
  it('has (2 L^2 + 1) h + 2 (h + 1) parameters and takes -1 as 0', () => {
    const network = fullyConnected({
      size: 16,
      hiddenUnits: 100,
      l2: 0,
      ...start,
      random: new RandomStream(1),
    });
    expect(network.model.countParams()).toBe(513 * 100 + 202);
    const down = network.forward(ones([1, 16, 16, 2]).mul(-1), false);
    const zero = network.model.apply(ones([1, 512]).mul(0)) as Tensor;
    expect(down.dataSync()).toEqual(zero.dataSync());
    network.model.dispose();
  });
});

describe('phaseAccuracy', () => {
  it('is the weighted share of rows whose larger output is right', () => {
    const target = tensor([1, 0, 0, 1, 1, 0, 1, 0], [4, 2]);
    const output = tensor([0.9, 0.8, 0.3, 0.2, 0.1, 0.2, 0.6, 0.4], [4, 2]);
    // Right: rows 1 and 4; row 4 counts for nothing.
    expect(phaseAccuracy(target, output, tensor([1, 1, 1, 0])).dataSync()[0]).toBeCloseTo(1 / 3, 6);
  });
});
