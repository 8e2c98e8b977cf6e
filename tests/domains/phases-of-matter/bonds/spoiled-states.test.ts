import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import {
  plaquetteProducts,
  violatedPlaquettes,
} from '../../../../domains/phases-of-matter/bonds/plaquettes.ts';
import {
  cutAndStitch,
  flipAtRandom,
  flipEvery,
} from '../../../../domains/phases-of-matter/bonds/spoiled-states.ts';
import { gaugeGroundStates } from '../../../../domains/phases-of-matter/sampler/gauge/ground-states.ts';

const width = 512;
const states = gaugeGroundStates(16, 200, new RandomStream(1));
const lattice = (spins: Int8Array, row: number): Int8Array => spins.subarray(row * width, (row + 1) * width);
const differences = (a: Int8Array, b: Int8Array): number =>
  a.reduce((n, s, i) => n + (s === b[i] ? 0 : 1), 0);

describe('flipEvery', () => {
  it.each([
    [2, 256],
    [4, 128],
    [8, 64],
    [16, 32],
  ])('m = %i flips 256 / m bonds and violates %i plaquettes, two for each', (m, violated) => {
    const spoiled = flipEvery(states, 16, m);
    for (const row of [0, 199]) {
      expect(differences(lattice(states, row), lattice(spoiled, row))).toBe(256 / m);
      expect(violatedPlaquettes(lattice(spoiled, row), 16)).toBe(violated);
    }
  });

  it('violates the first two plaquettes of every eight', () => {
    const products = plaquetteProducts(lattice(flipEvery(states, 16, 8), 5), 16);
    const period = [-1, -1, 1, 1, 1, 1, 1, 1];
    expect([...products]).toEqual(Array.from({ length: 32 }, () => period).flat());
  });

  it('refuses what does not fit', () => {
    expect(() => flipEvery(states, 16, 3)).toThrow('a divisor of L = 16, at least 2, got 3');
    expect(() => flipEvery(states, 16, 1)).toThrow(RangeError);
  });
});

describe('flipAtRandom', () => {
  it.each([0, 1, 20, 512])('flips %i different bonds of each state', (flips) => {
    const spoiled = flipAtRandom(states, 16, flips, new RandomStream(2));
    for (const row of [0, 100, 199]) {
      expect(differences(lattice(states, row), lattice(spoiled, row))).toBe(flips);
    }
  });

  it('draws every bond alike', () => {
    const ones = new Int8Array(8 * 20_000).fill(1);
    const spoiled = flipAtRandom(ones, 2, 3, new RandomStream(3));
    const counts = new Float64Array(8);
    spoiled.forEach((spin, i) => {
      if (spin < 0) counts[i % 8]++;
    });
    // Binomial, p = 3/8: standard deviation 68 about 7,500; 5 of them are exceeded once in 2e5 runs of eight counts.
    for (const count of counts) expect(Math.abs(count - 7500)).toBeLessThan(5 * 68.5);
  });

  it('refuses more flips than bonds', () => {
    expect(() => flipAtRandom(states, 16, 513, new RandomStream(2))).toThrow('0 to 512 flips, got 513');
  });
});

describe('cutAndStitch', () => {
  const stitched = cutAndStitch(states, 16, new RandomStream(4));

  it('keeps every quarter as it was, in another state', () => {
    const quarters = (spins: Int8Array, top: number, left: number): string[] =>
      Array.from({ length: 200 }, (_, row) => {
        let text = '';
        for (let y = top; y < top + 8; y++) {
          const start = row * width + 2 * (y * 16 + left);
          text += spins.subarray(start, start + 16).join();
        }
        return text;
      });
    for (const [top, left] of [
      [0, 0],
      [0, 8],
      [8, 0],
      [8, 8],
    ]) {
      const before = quarters(states, top, left);
      const after = quarters(stitched, top, left);
      expect([...after].sort()).toEqual([...before].sort());
      expect(after.filter((text, i) => text === before[i]).length).toBeLessThan(10);
    }
  });

  it('violates plaquettes along the cuts alone, half of those 60', () => {
    let violated = 0;
    for (let row = 0; row < 200; row++) {
      plaquetteProducts(lattice(stitched, row), 16).forEach((product, place) => {
        if (product > 0) return;
        violated++;
        const [y, x] = [Math.floor(place / 16), place % 16];
        expect([y, x].some((at) => at === 7 || at === 15)).toBe(true);
      });
    }
    // 12,000 plaquettes, each violated with probability 1/2: standard deviation 55 if independent, at most 4 times that
    // for those that share a cut. Page of facts: 11.8 % of 256.
    expect(Math.abs(violated - 6000)).toBeLessThan(4 * 55);
  });

  it('refuses an odd size', () => {
    expect(() => cutAndStitch(new Int8Array(18), 3, new RandomStream(1))).toThrow('an even L, got 3');
  });
});
