import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { squareLattice } from '../../../../domains/phases-of-matter/sampler/lattices/square.ts';
import { triangularLattice } from '../../../../domains/phases-of-matter/sampler/lattices/triangular.ts';
import { makeKernel, precision } from '../../../../domains/phases-of-matter/sampler/multi-spin/kernel.ts';
import { binaryDigits } from '../../../../domains/phases-of-matter/sampler/multi-spin/metropolis.ts';
import { generatedFile, generatedText } from '../../../../scripts/wasm-module.ts';
import { generatorsOf, referenceSweep, Xoshiro256 } from './multi-spin-reference.ts';

describe('the multi-spin kernel', () => {
  // First outputs from the state 1, 2, 3, 4 of the authors' xoshiro256plusplus.c, as in rand_xoshiro's own test.
  it('is held against the published generator', () => {
    const generator = new Xoshiro256([1n, 2n, 3n, 4n]);
    expect(Array.from({ length: 6 }, () => generator.next())).toEqual([
      41943041n,
      58720359n,
      3588806011781223n,
      3591011842654386n,
      9228616714210784205n,
      9973669472204895162n,
    ]);
  });

  it.each([
    ['square, hot', squareLattice(6), [0.83, 0.91, 0]],
    ['square, cold', squareLattice(4), [2 ** -11, 2 ** -5, 0]],
    ['square at T_c', squareLattice(6), [0.0294, 0.1716, 0]],
    ['triangular at T_c', triangularLattice(6), [1 / 27, 1 / 9, 1 / 3]],
    ['triangular, hot', triangularLattice(3), [0.7, 0.8, 0.9]],
  ])('does bit for bit what its plain version does: %s', (_, lattice, probabilities) => {
    const random = new RandomStream(11);
    const kernel = makeKernel(lattice);
    const { spins, state, thresholds } = kernel;
    for (const words of [spins, state]) words.set(words.map(() => random.uint32()));
    const digits = probabilities.map((p) => binaryDigits(p, precision));
    digits.forEach((row, opposite) => {
      row.forEach((digit, bit) => {
        const start = 12 * bit + 4 * opposite;
        thresholds.fill(-digit, start, start + 4);
      });
    });
    const unpack = (): Int8Array[] =>
      Array.from({ length: 128 }, (_, replica) =>
        Int8Array.from(
          { length: lattice.sites },
          (_, site) => 1 - 2 * ((spins[4 * site + (replica >> 5)] >>> (replica & 31)) & 1),
        ),
      );
    const expected = unpack();
    const generators = generatorsOf(state);
    for (let i = 0; i < 4; i++) {
      const lazy = i % 2 === 1;
      kernel.sweep(lazy);
      referenceSweep(expected, lattice, digits, generators, lazy);
      expect(unpack()).toEqual(expected);
    }
  });

  it('writes probabilities in binary', () => {
    expect(binaryDigits(0.625, 4)).toEqual([1, 0, 1, 0]);
    expect(binaryDigits(1, 3)).toEqual([1, 1, 1]);
    expect(binaryDigits(0, 3)).toEqual([0, 0, 0]);
    const p = Math.exp(-1.7);
    const back = binaryDigits(p, precision).reduce((sum, digit, i) => sum + digit * 2 ** (-1 - i), 0);
    expect(back).toBe(p);
  });

  it('is the committed one when its source is compiled again', async () => {
    expect(readFileSync(generatedFile, 'utf8')).toBe(await generatedText());
  });
});
