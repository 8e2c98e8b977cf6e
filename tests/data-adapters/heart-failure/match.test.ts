// Matching by itself, on made-up persons: what must hold of any of them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { completedYears } from '../../../data-adapters/heart-failure/cohort/age.ts';
import {
  type CohortDefinitionInput,
  cohortDefinition,
} from '../../../data-adapters/heart-failure/cohort/definition.ts';
import { matchControls } from '../../../data-adapters/heart-failure/cohort/match.ts';
import { eventsBetween, never, type People } from '../../../data-adapters/heart-failure/cohort/people.ts';

/** Births from 1925 to 1975, records that begin about 2010-01-01 (day 14610), onsets of a few. */
const person = fc.record({
  group: fc.integer({ min: 0, max: 2 }),
  birth: fc.integer({ min: -16_000, max: 2000 }),
  start: fc.integer({ min: 14_000, max: 15_000 }),
  length: fc.integer({ min: 0, max: 2000 }),
  ill: fc.boolean(),
  after: fc.integer({ min: 0, max: 1500 }),
});

function peopleOf(drawn: readonly (typeof person extends fc.Arbitrary<infer T> ? T : never)[]): People {
  const from = (value: (each: (typeof drawn)[number], i: number) => number): Int32Array =>
    Int32Array.from(drawn, value);
  return {
    sid: from((_, i) => i),
    group: from(({ group }) => group),
    birth: from(({ birth }) => birth),
    death: from(() => never),
    start: from(({ start }) => start),
    finish: from(() => never),
    first: from(({ start }) => start),
    last: from(({ start, length }) => start + length),
    onset: from(({ ill, start, after }) => (ill ? start + after : never)),
  };
}

const rulesOf = (definition: CohortDefinitionInput) => ({
  definition: cohortDefinition.parse({ minimumEvents: 0, ...definition }),
  window: { observation: 365, gap: 100 },
  byRecord: false,
});
const casesOf = ({ onset, birth }: People): number[] =>
  [...onset.keys()].filter((i) => {
    const years = completedYears(birth[i], onset[i]);
    return onset[i] !== never && years >= 40 && years <= 85;
  });

describe('matchControls', () => {
  it('takes only whom the rules allow, nobody twice, and no case', () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 60 }), fc.integer(), (drawn, seed) => {
        const people = peopleOf(drawn);
        const cases = casesOf(people);
        const { controls, eligible } = matchControls(
          people,
          cases,
          rulesOf({}),
          undefined,
          new RandomStream(seed),
        );
        const all = controls.flat();
        expect(new Set([...all, ...cases]).size).toBe(all.length + cases.length);
        controls.forEach((own, i) => {
          const index = people.onset[cases[i]];
          expect(own.length).toBeLessThanOrEqual(10);
          for (const control of own) {
            expect(people.group[control]).toBe(people.group[cases[i]]);
            expect(Math.abs(people.birth[control] - people.birth[cases[i]])).toBeLessThanOrEqual(365.25);
            expect(people.onset[control]).toBeGreaterThan(index + 182);
            expect(people.last[control]).toBeGreaterThanOrEqual(index - 30);
            expect(people.start[control]).toBeLessThanOrEqual(index - 465);
            expect(Math.abs(people.first[control] - people.first[cases[i]])).toBeLessThanOrEqual(365);
            const years = completedYears(people.birth[control], index);
            expect(years >= 40 && years <= 85).toBe(true);
          }
        });
        expect([...eligible]).toEqual([...eligible].sort((a, b) => b - a));
        expect(all.length).toBeLessThanOrEqual(eligible[6]);
      }),
    );
  });

  it('gives every case one control before any has two', () => {
    // Three cases and four others, all alike: 2, 1 and 1 controls in some order.
    const alike = { group: 0, birth: -7305, start: 14_000, length: 2000, after: 1000 };
    const people = peopleOf([
      ...Array.from({ length: 3 }, () => ({ ...alike, ill: true })),
      ...Array.from({ length: 4 }, () => ({ ...alike, ill: false })),
    ]);
    const { controls } = matchControls(people, [0, 1, 2], rulesOf({}), undefined, new RandomStream(3));
    expect(controls.map(({ length }) => length).sort()).toEqual([1, 1, 2]);
  });

  it('hangs on the seed, and draws everybody equally often', () => {
    const alike = { group: 0, birth: -7305, start: 14_000, length: 2000, after: 1000 };
    const people = peopleOf([
      { ...alike, ill: true },
      ...Array.from({ length: 10 }, () => ({ ...alike, ill: false })),
    ]);
    const one = rulesOf({ match: { controls: 1 } });
    const drawn = (seed: number): number =>
      matchControls(people, [0], one, undefined, new RandomStream(seed)).controls[0][0];
    expect(drawn(5)).toBe(drawn(5));
    const counts = new Array<number>(11).fill(0);
    for (let seed = 0; seed < 2000; seed++) counts[drawn(seed)]++;
    // 200 each, standard deviation 13.4: five of them.
    for (const count of counts.slice(1)) expect(Math.abs(count - 200)).toBeLessThan(67);
  });
});

describe('completedYears', () => {
  it('is what the calendar says', () => {
    const day = fc.integer({ min: -60_000, max: 80_000 });
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [birth, now] = [Math.min(a, b), Math.max(a, b)];
        const [from, to] = [new Date(birth * 86_400_000), new Date(now * 86_400_000)];
        const before = [to.getUTCMonth() - from.getUTCMonth(), to.getUTCDate() - from.getUTCDate()];
        const early = before[0] < 0 || (before[0] === 0 && before[1] < 0);
        expect(completedYears(birth, now)).toBe(to.getUTCFullYear() - from.getUTCFullYear() - Number(early));
      }),
    );
  });
});

describe('eventsBetween', () => {
  it('counts a person’s events on days after the first and up to the last', () => {
    const counts = fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 8 }), {
      minLength: 1,
      maxLength: 4,
    });
    const bound = fc.integer({ min: -3, max: 25 });
    fc.assert(
      fc.property(counts, bound, bound, (events, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const rows = events.map((days) => [...new Set(days)].sort((x, y) => x - y));
        let total = 0;
        const activity = {
          offsets: Int32Array.from([0, ...rows.map((_, i) => rows.slice(0, i + 1).flat().length)]),
          days: Int32Array.from(rows.flat()),
          upTo: Int32Array.from(
            rows.flatMap((days, i) =>
              days.map((day) => (total += events[i].filter((each) => each === day).length)),
            ),
          ),
        };
        events.forEach((days, i) => {
          expect(eventsBetween(activity, i, from, to)).toBe(
            days.filter((day) => day > from && day <= to).length,
          );
        });
      }),
    );
  });
});
