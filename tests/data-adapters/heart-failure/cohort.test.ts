import { describe, expect, it } from 'vitest';
import {
  type Cohort,
  type CohortMember,
  observe,
  withoutAnswers,
} from '../../../data-adapters/heart-failure/cohort.ts';

const member = (days: readonly number[], concepts: readonly number[]): CohortMember => ({
  subject: 'a',
  matchSet: 0,
  isCase: true,
  sex: 'female',
  age: 70,
  daysBefore: Float32Array.from(days),
  concepts: Uint32Array.from(concepts),
});

const cohort = (members: readonly CohortMember[]): Cohort => ({
  source: 'a test',
  concepts: [
    { code: '401.9', system: 'ICD9CM', kind: 'diagnosis' },
    { code: '428.0', system: 'ICD9CM', kind: 'diagnosis' },
  ],
  members,
  funnel: [],
  notes: [],
});

describe('withoutAnswers', () => {
  it('takes out qualifying codes, and events on or after the index date, and counts them', () => {
    const { members, notes } = withoutAnswers(
      cohort([member([30, 20, 0, -1], [0, 1, 0, 0])]),
      ({ code }) => code === '428.0',
    );
    expect([...members[0].daysBefore]).toEqual([30]);
    expect([...members[0].concepts]).toEqual([0]);
    expect(notes).toEqual([
      '1 events with a code that defines a case and 2 on or after the index date taken out',
    ]);
  });

  it('takes out an event whose date is not a number', () => {
    expect(withoutAnswers(cohort([member([Number.NaN], [0])]), () => false).members[0].concepts).toHaveLength(
      0,
    );
  });
});

describe('observe', () => {
  it('leaves what is further than the gap, up to the length of observation before it', () => {
    const seen = observe(member([541, 540, 181, 180, 1], [0, 0, 0, 0, 0]), { observation: 360, gap: 180 });
    expect([...seen.daysBefore]).toEqual([540, 181]);
  });

  it('answers no events where the window holds none', () => {
    expect(observe(member([10, 5], [0, 0]), { observation: 30, gap: 20 }).concepts).toHaveLength(0);
  });
});
