import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { padSteps, stepsOf } from '../../../../domains/heart-failure/records/steps.ts';
import { member } from '../members.ts';

const numbers = [1, 2, 3, 0];
const options = { codesPerStep: 2, longest: 10, gap: 0 };

describe('stepsOf', () => {
  it('makes a step of a day, and goes on in the next where it has too many codes', () => {
    const { length, codes, days } = stepsOf(
      member([
        [40, 0],
        [10, 0],
        [10, 1],
        [10, 2],
      ]),
      numbers,
      options,
    );
    expect(length).toBe(3);
    expect([...codes]).toEqual([1, 0, 1, 2, 3, 0]);
    expect([...days]).toEqual([40, 10, 10]);
  });

  it('counts a code once a day, and takes hours of one day for one visit', () => {
    // 9.2 and 9.8 days before are both within the tenth day.
    const { codes, days } = stepsOf(
      member([
        [9.8, 1],
        [9.2, 1],
        [8, 1],
      ]),
      numbers,
      options,
    );
    expect([...codes]).toEqual([2, 0, 2, 0]);
    expect([...days]).toEqual([10, 8]);
  });

  it('leaves codes out that are not known', () => {
    expect(stepsOf(member([[5, 3]]), numbers, options).length).toBe(0);
  });

  it('reads code by code with one code in a step', () => {
    const { codes, days } = stepsOf(
      member([
        [7, 2],
        [7, 0],
      ]),
      numbers,
      { ...options, codesPerStep: 1 },
    );
    expect([...codes]).toEqual([3, 1]);
    expect([...days]).toEqual([7, 7]);
  });

  it('keeps the last steps, and counts days to the end of the window', () => {
    const { codes, days } = stepsOf(
      member([
        [300, 0],
        [250, 1],
        [200, 2],
      ]),
      numbers,
      { codesPerStep: 1, longest: 2, gap: 180 },
    );
    expect([...codes]).toEqual([2, 3]);
    expect([...days]).toEqual([70, 20]);
  });

  it('never loses a code that is known, nor adds one', () => {
    const events = fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 2 })));
    fc.assert(
      fc.property(events, fc.integer({ min: 1, max: 4 }), (given, codesPerStep) => {
        const sorted = [...given].sort((a, b) => b[0] - a[0]);
        const { length, codes, days } = stepsOf(member(sorted), numbers, {
          codesPerStep,
          longest: 10_000,
          gap: 0,
        });
        const seen = new Set<string>();
        for (let t = 0; t < length; t++)
          for (const code of codes.subarray(t * codesPerStep, (t + 1) * codesPerStep))
            if (code > 0) seen.add(`${days[t]} ${code}`);
        expect(seen).toEqual(new Set(given.map(([day, c]) => `${day} ${numbers[c]}`)));
      }),
    );
  });
});

describe('padSteps', () => {
  it('puts zeros behind each record', () => {
    const record = stepsOf(member([[3, 1]]), numbers, options);
    const { codes, days } = padSteps([record, record], 2, 2);
    expect([...codes]).toEqual([2, 0, 0, 0, 2, 0, 0, 0]);
    expect([...days]).toEqual([3, 0, 3, 0]);
  });
});
