import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mix32, RandomStream } from '../../core/random.ts';

const draws = (stream: RandomStream, n: number): number[] => Array.from({ length: n }, () => stream.uint32());

/** The published C code of xoshiro128** 1.1 (prng.di.unimi.it) in integers of any size, from the state 1, 2, 3, 4. */
function xoshiro128(n: number): number[] {
  const s = [1n, 2n, 3n, 4n];
  const word = (x: bigint) => x & 0xffffffffn;
  const rotate = (x: bigint, k: bigint) => word(x << k) | (x >> (32n - k));
  return Array.from({ length: n }, () => {
    const result = word(rotate(word(s[1] * 5n), 7n) * 9n);
    const t = word(s[1] << 9n);
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11n);
    return Number(result);
  });
}

describe('RandomStream', () => {
  it('is xoshiro128**', () => {
    const stream = Object.assign(new RandomStream(0), { a: 1, b: 2, c: 3, d: 4 });
    expect(draws(stream, 200)).toEqual(xoshiro128(200));
    expect(xoshiro128(4)).toEqual([11520, 0, 5927040, 70819200]);
  });

  it('depends on seed and labels alone, not on what was drawn before', () => {
    const parent = new RandomStream(1);
    const before = draws(parent.split('a', 2), 5);
    draws(parent, 100);
    expect(draws(parent.split('a', 2), 5)).toEqual(before);
    expect(draws(new RandomStream(1, 'a', 2), 5)).toEqual(before);
  });

  it('is found again by its name, at its beginning, streams split from it too', () => {
    const stream = new RandomStream('a/b', 'c d', 3);
    const before = draws(stream, 5);
    expect(draws(RandomStream.named(stream.name), 5)).toEqual(before);
    expect(draws(RandomStream.named(stream.name).split('e'), 5)).toEqual(draws(stream.split('e'), 5));
  });

  it('tells labels apart, also where they would read alike when joined', () => {
    const first = ([seed, ...labels]: (string | number)[]) =>
      draws(new RandomStream(seed, ...labels), 2).join();
    const all = [[1], [2], [1, 'a'], [1, 'a', 'b'], [1, 'a/b'], [1, 'ab'], ['1', 'a', ''], [11], [1, 1]].map(
      first,
    );
    expect(new Set(all).size).toBe(all.length);
  });

  it('is uniform and uncorrelated', () => {
    const stream = new RandomStream(7, 'uniform');
    const n = 100_000;
    const u = Array.from({ length: n }, () => stream.uniform());
    const mean = u.reduce((a, b) => a + b) / n;
    const serial = u.slice(1).reduce((sum, x, i) => sum + (x - 0.5) * (u[i] - 0.5), 0) / n;
    // Five standard errors: sqrt(1/12 n) of the mean, 1 / (12 sqrt n) of the serial covariance.
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(serial)).toBeLessThan(5 / 12 / Math.sqrt(n));
    expect(u.every((x) => x >= 0 && x < 1)).toBe(true);
  });

  it('draws normal numbers', () => {
    const stream = new RandomStream(8, 'normal');
    const n = 100_000;
    const z = Array.from({ length: n }, () => stream.normal());
    const moment = (k: number) => z.reduce((sum, x) => sum + x ** k, 0) / n;
    // Moments 0, 1, 0, 3 with variances 1, 2, 15, 96 over n; five standard errors.
    [0, 1, 0, 3].forEach((expected, i) => {
      expect(Math.abs(moment(i + 1) - expected)).toBeLessThan(5 * Math.sqrt([1, 2, 15, 96][i] / n));
    });
  });

  it('draws every integer below n equally often', () => {
    const stream = new RandomStream(9, 'integer');
    const counts = new Float64Array(6);
    for (let i = 0; i < 60_000; i++) counts[stream.integer(6)]++;
    const chiSquare = counts.reduce((sum, c) => sum + (c - 10_000) ** 2 / 10_000, 0);
    // Five degrees of freedom: above 30 once in 70,000 seeds.
    expect(chiSquare).toBeLessThan(30);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 32 + 1])('refuses an integer below %d', (n) => {
    expect(() => new RandomStream(1).integer(n)).toThrow(/expected an integer n in \[1, 2\^32\]/);
  });

  it('permutes', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer(), (n, seed) => {
        const permutation = new RandomStream(seed).permutation(n);
        expect(Array.from(permutation).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });
});

it('mix32 is a bijection that moves half of the bits when one changes', () => {
  const stream = new RandomStream(3);
  let flipped = 0;
  const trials = 4000;
  for (let i = 0; i < trials; i++) {
    const x = stream.uint32();
    let difference = mix32(x) ^ mix32(x ^ (1 << (i & 31)));
    for (; difference !== 0; difference &= difference - 1) flipped++;
  }
  // 16 of 32 bits on average, deviation sqrt(8 / trials).
  expect(Math.abs(flipped / trials - 16)).toBeLessThan(5 * Math.sqrt(8 / trials) + 0.1);
});
