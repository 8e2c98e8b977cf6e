// Square ice by loop moves against the number of its states and their exact correlations. Seeds are fixed; what is said
// about chance is how often a correct sampler would fail with another seed.
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import {
  cornerCorrelation,
  finiteIce,
  iceRowCorrelation,
} from '../../../../domains/phases-of-matter/exact/square-ice.ts';
import { type ChainTask, sampleChain } from '../../../../domains/phases-of-matter/sampler/chain.ts';
import { LoopChain } from '../../../../domains/phases-of-matter/sampler/ice/loop-chain.ts';
import { squareIce } from '../../../../domains/phases-of-matter/sampler/models/square-ice.ts';
import { estimate, excessOfChiSquare, mean } from '../statistics.ts';

const kinds = ['long-loop', 'short-loop'] as const;

const draw = (
  algorithm: (typeof kinds)[number],
  size: number,
  samples: number,
  more: Partial<ChainTask> = {},
): Int8Array =>
  sampleChain({
    model: 'square-ice',
    algorithm,
    size,
    temperature: 0,
    samples,
    ...squareIce.algorithms[algorithm].schedule(size, 0),
    seed: 'ice',
    ...more,
  });

/** Sum of the four spins at every vertex of one configuration. */
function charges(spins: Int8Array, size: number, start = 0): number[] {
  const horizontal = (row: number, column: number) =>
    spins[start + 2 * (row * size + ((column + size) % size))];
  const vertical = (row: number, column: number) =>
    spins[start + 2 * (((row + size) % size) * size + column) + 1];
  return Array.from({ length: size * size }, (_, vertex) => {
    const [row, column] = [Math.floor(vertex / size), vertex % size];
    const sides = horizontal(row, column) + horizontal(row, column - 1);
    return sides + vertical(row, column) + vertical(row - 1, column);
  });
}

/** Averages over one configuration: <h(x) h(x + 1)> and <h v> at a vertex. */
function correlations(spins: Int8Array, size: number, start = 0): { row: number; corner: number } {
  let [row, corner] = [0, 0];
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      const right = spins[start + 2 * (r * size + c)];
      row += right * spins[start + 2 * (r * size + ((c + 1) % size))];
      corner += right * spins[start + 2 * (r * size + c) + 1];
    }
  }
  return { row: row / size ** 2, corner: corner / size ** 2 };
}

describe.each(kinds)('%s moves', (kind) => {
  it('keep two up and two down at every vertex, and no net spin', () => {
    const size = 16;
    const spins = draw(kind, size, 20);
    for (let i = 0; i < 20; i++) {
      expect(charges(spins, size, i * 512).every((charge) => charge === 0)).toBe(true);
      expect(mean(spins.subarray(i * 512, i * 512 + 512))).toBe(0);
    }
    expect(new Set(spins)).toEqual(new Set([-1, 1]));
  });

  // All states are alike: 18 with 1,000 samples expected of each, 2,970 with 20. Independent samples, since the schedule
  // leaves a correlation of exp(-4) of the slowest quantity and less of others. 4.5 standard deviations of chi-square: 0.01 %.
  it.each([
    [2, 18, 18_000],
    [4, 2970, 59_400],
  ])('hit each of the ground states of L = %i alike, all %i', (size, states, samples) => {
    const length = 2 * size * size;
    const spins = draw(kind, size, samples, { sweeps: 10 });
    const counts = new Map<string, number>();
    for (let i = 0; i < samples; i++) {
      const key = spins.subarray(i * length, (i + 1) * length).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(states);
    expect(finiteIce(size).states).toBe(states);
    const observed = [...counts.values()];
    expect(
      Math.abs(
        excessOfChiSquare(
          observed,
          observed.map(() => 1 / states),
        ),
      ),
    ).toBeLessThan(4.5);
  });

  // From 32 chains: 4 standard errors, 0.04 % by chance each.
  it.each([6, 8])('have the exact correlations of L = %i', (size) => {
    const samples = 100;
    const chains = Array.from({ length: 32 }, (_, chain) => {
      const spins = draw(kind, size, samples, { seed: `chain ${chain}` });
      return Array.from({ length: samples }, (_, i) => correlations(spins, size, i * 2 * size ** 2));
    });
    const exact = finiteIce(size).rowCorrelation;
    const row = estimate(chains.map((chain) => mean(chain.map((c) => c.row))));
    expect(row.error).toBeLessThan(0.006);
    expect(Math.abs(row.value - exact)).toBeLessThan(4 * row.error);
    const corner = estimate(chains.map((chain) => mean(chain.map((c) => c.corner))));
    expect(Math.abs(corner.value - cornerCorrelation(exact))).toBeLessThan(4 * corner.error);
  });

  // The ordered start has <h(x) h(x + 1)> = 1: what is left of it after equilibration would show.
  it('are in equilibrium from the first sample on', () => {
    const first = Array.from(
      { length: 400 },
      (_, chain) => correlations(draw(kind, 8, 1, { seed: `first ${chain}` }), 8).row,
    );
    const { value, error } = estimate(first);
    expect(Math.abs(value - finiteIce(8).rowCorrelation)).toBeLessThan(4 * error);
  });
});

describe('long loops', () => {
  // The finite lattice is off by (8/32)^2 of what it is at L = 8, 0.0182: 0.0011.
  it('have the correlation of the infinite lattice at L = 32', () => {
    const chains = Array.from({ length: 32 }, (_, chain) => {
      const spins = draw('long-loop', 32, 30, { seed: `chain ${chain}` });
      return mean(Array.from({ length: 30 }, (_, i) => correlations(spins, 32, 2048 * i).row));
    });
    const { value, error } = estimate(chains);
    expect(error).toBeLessThan(0.0015);
    expect(Math.abs(value + 0.0011 - iceRowCorrelation)).toBeLessThan(4 * error);
  });

  // Mean lengths of 132 and 5.7 bonds at L = 16 were measured independently (in C), to their last digit or so.
  it('are long, and short ones short', () => {
    const meanLength = (kind: 'long' | 'short', loops: number) => {
      const chain = new LoopChain(16, kind, new RandomStream(4));
      chain.advance(loops / 10);
      return chain.advance(loops).flips / loops;
    };
    expect(Math.abs(meanLength('long', 20_000) - 132)).toBeLessThan(8);
    expect(Math.abs(meanLength('short', 50_000) - 5.7)).toBeLessThan(0.2);
  });
});

describe('at infinite temperature', () => {
  it('spins are independent: <Q^2> = 4 and 6 of 16 vertices are satisfied', () => {
    const samples = 200;
    const spins = draw('long-loop', 16, samples, { temperature: Number.POSITIVE_INFINITY });
    const all = Array.from({ length: samples }, (_, i) => charges(spins, 16, i * 512)).flat();
    // Per lattice Q^2 of 256 vertices; neighbouring vertices share a spin, which the error over lattices knows.
    const perLattice = (of: (charge: number) => number) =>
      estimate(Array.from({ length: samples }, (_, i) => mean(all.slice(256 * i, 256 * i + 256).map(of))));
    const square = perLattice((charge) => charge ** 2);
    expect(Math.abs(square.value - 4)).toBeLessThan(4 * square.error);
    const satisfied = perLattice((charge) => (charge === 0 ? 1 : 0));
    expect(Math.abs(satisfied.value - 6 / 16)).toBeLessThan(4 * satisfied.error);
  });
});

describe('bad input', () => {
  it('is refused in one line', () => {
    expect(() => draw('long-loop', 5, 1)).toThrow(
      'lattice size 5 is odd; loops alternate between up and down on even lattices only; give an even L, such as 16',
    );
    expect(() => draw('long-loop', 4, 1, { temperature: 1 })).toThrow(
      'temperature 1 is neither 0 nor Infinity, where square ice is sampled; give 0 for ground states, Infinity for independent spins',
    );
    expect(() => draw('short-loop', 60, 1, { sweeps: 1, equilibration: 1 })).toThrow(
      /short loops hardly ever wind around a torus of size 60/,
    );
  });
});
