import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { splitMembers } from '../../../../domains/heart-failure/records/split.ts';
import { member } from '../members.ts';

const members = Array.from({ length: 70 }, (_, i) =>
  member([], { matchSet: Math.floor(i / 5), isCase: i % 5 === 0 }),
);
const split = (fold: number, chunks = 7, seed = 1) =>
  splitMembers(members, { chunks, fold, random: new RandomStream(seed, 'split') });
const setsOf = (rows: Uint32Array) => new Set([...rows].map((row) => members[row].matchSet));

describe('splitMembers', () => {
  it('deals 5 : 1 : 1 in match sets', () => {
    const { train, validation, test } = split(0);
    expect([train.length, validation.length, test.length]).toEqual([50, 10, 10]);
  });

  it('never divides a match set, and leaves nobody out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), fc.integer(), (fold, seed) => {
        const { train, validation, test } = split(fold, 7, Math.abs(seed));
        expect(train.length + validation.length + test.length).toBe(members.length);
        expect(setsOf(train).size + setsOf(validation).size + setsOf(test).size).toBe(14);
      }),
    );
  });

  it('measures everybody once over the folds', () => {
    const tested = [0, 1, 2, 3, 4, 5, 6].flatMap((fold) => [...split(fold).test]);
    expect(tested.sort((a, b) => a - b)).toEqual(members.map((_, i) => i));
  });

  it('refuses a fold that is none', () => {
    expect(() => split(7)).toThrow('expected a fold below 7 chunks (3 at least), got 7');
    expect(() => split(0, 2)).toThrow('3 at least');
  });
});
