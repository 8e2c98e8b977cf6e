// The Ising gauge theory against the number of its ground states. Seeds are fixed; what is said about chance is how often
// a correct sampler would fail with another seed.
import { describe, expect, it } from 'vitest';
import {
  gaugeGroundStateBits,
  gaugeGroundStateProbability,
} from '../../../../domains/phases-of-matter/exact/gauge-theory.ts';
import { sampleChain } from '../../../../domains/phases-of-matter/sampler/chain.ts';
import { estimate, excessOfChiSquare, mean } from '../statistics.ts';

const draw = (size: number, temperature: number, samples: number, seed = 'gauge'): Int8Array =>
  sampleChain({ model: 'gauge', size, temperature, samples, sweeps: 0, equilibration: 0, seed });

/** Product of the four spins of every plaquette; plaquette (row, column) is below and right of the vertex. */
function plaquettes(spins: Int8Array, size: number, start = 0): number[] {
  const bond = (row: number, column: number, direction: 0 | 1) =>
    spins[start + 2 * ((row % size) * size + (column % size)) + direction];
  return Array.from({ length: size * size }, (_, i) => {
    const [row, column] = [Math.floor(i / size), i % size];
    return bond(row, column, 0) * bond(row + 1, column, 0) * bond(row, column, 1) * bond(row, column + 1, 1);
  });
}

const states = (spins: Int8Array, size: number): Map<string, number> => {
  const length = 2 * size * size;
  const counts = new Map<string, number>();
  for (let start = 0; start < spins.length; start += length) {
    const key = spins.subarray(start, start + length).join('');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
};

describe('at T = 0', () => {
  it.each([2, 5, 16])('every plaquette of L = %i is satisfied', (size) => {
    const spins = draw(size, 0, 50);
    for (let i = 0; i < 50; i++) {
      expect(plaquettes(spins, size, i * 2 * size * size).every((product) => product === 1)).toBe(true);
    }
  });

  // All 2^(L^2 + 1) states, 32 and 1,024, with 100 samples expected of each. 4 standard deviations of chi-square: 0.05 %.
  it.each([2, 3])('all ground states of L = %i are drawn alike', (size) => {
    const number = 2 ** gaugeGroundStateBits(size);
    const counts = states(draw(size, 0, 100 * number), size);
    expect(counts.size).toBe(number);
    const observed = [...counts.values()];
    expect(
      Math.abs(
        excessOfChiSquare(
          observed,
          observed.map(() => 1 / number),
        ),
      ),
    ).toBeLessThan(4);
  });

  // The four loops around the torus are the four topological sectors: 1/4 each; the error is that of a binomial, 4 of them.
  it('all four topological sectors of L = 16 are drawn alike', () => {
    const samples = 4000;
    const spins = draw(16, 0, samples);
    const sectors = [0, 0, 0, 0];
    for (let i = 0; i < samples; i++) {
      let [along, down] = [1, 1];
      for (let k = 0; k < 16; k++) {
        along *= spins[512 * i + 2 * k];
        down *= spins[512 * i + 32 * k + 1];
      }
      sectors[(along === 1 ? 0 : 2) + (down === 1 ? 0 : 1)]++;
    }
    for (const count of sectors) {
      expect(Math.abs(count / samples - 0.25)).toBeLessThan(4 * Math.sqrt(3 / 16 / samples));
    }
  });

  // Elitzur's theorem: nothing that a gauge transform changes has a mean, neither spins nor pairs of them.
  it('spins have no mean and no correlation', () => {
    const samples = 4000;
    const spins = draw(16, 0, samples);
    const error = 1 / Math.sqrt(samples * 256);
    for (const [first, second] of [
      [0, -1],
      [1, -1],
      [0, 1],
      [0, 2],
      [1, 33],
    ]) {
      let sum = 0;
      for (let i = 0; i < samples; i++) {
        for (let vertex = 0; vertex < 256; vertex++) {
          const at = (bond: number) => spins[512 * i + ((2 * vertex + bond) % 512)];
          sum += at(first) * (second < 0 ? 1 : at(second));
        }
      }
      // Products of gauge-variant pairs at different vertices are uncorrelated or nearly so; 5 standard errors.
      expect(Math.abs(sum / samples / 256)).toBeLessThan(5 * error);
    }
  });
});

describe('at infinite temperature', () => {
  it('spins are independent: plaquettes have no mean, and ground states their exact share', () => {
    const samples = 20_000;
    const spins = draw(2, Number.POSITIVE_INFINITY, samples);
    const products = Array.from({ length: samples }, (_, i) => plaquettes(spins, 2, 8 * i));
    const { value, error } = estimate(products.map(mean));
    expect(Math.abs(value)).toBeLessThan(4 * error);
    const share = mean(products.map((all) => (all.every((product) => product === 1) ? 1 : 0)));
    const exact = gaugeGroundStateProbability(2, Number.POSITIVE_INFINITY);
    expect(Math.abs(share - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / samples));
    // All 256 states alike.
    const observed = [...states(spins, 2).values()];
    expect(observed).toHaveLength(256);
    expect(
      Math.abs(
        excessOfChiSquare(
          observed,
          observed.map(() => 1 / 256),
        ),
      ),
    ).toBeLessThan(4);
  });
});

describe('a task', () => {
  it('depends on its seed alone', () => {
    for (const temperature of [0, Number.POSITIVE_INFINITY]) {
      expect(draw(6, temperature, 4)).toEqual(draw(6, temperature, 4));
      expect(draw(6, temperature, 4, 'another')).not.toEqual(draw(6, temperature, 4));
    }
  });

  it('refuses other temperatures in one line', () => {
    expect(() => draw(4, 2.5, 1)).toThrow(
      'temperature 2.5 is neither 0 nor Infinity, where the gauge theory is sampled; give 0 for ground states, Infinity for independent spins',
    );
    expect(() => draw(1, 0, 1)).toThrow(/lattice size 1/);
  });
});
