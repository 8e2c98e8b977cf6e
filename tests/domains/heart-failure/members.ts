// Members of cohorts for tests, written by hand.
import type { Cohort, CohortMember, Concept } from '../../../data-adapters/heart-failure/cohort.ts';

export const concept = (code: string, more: Partial<Concept> = {}): Concept => ({
  code,
  system: 'ICD9CM',
  kind: 'diagnosis',
  ...more,
});

/** @param events pairs of days before the index date and number of a concept, the oldest first */
export const member = (
  events: readonly (readonly [number, number])[],
  more: Partial<CohortMember> = {},
): CohortMember => ({
  subject: 'somebody',
  matchSet: 0,
  isCase: false,
  sex: 'female',
  age: 60,
  daysBefore: Float32Array.from(events, ([days]) => days),
  concepts: Uint32Array.from(events, ([, number]) => number),
  ...more,
});

export const cohortWith = (concepts: readonly Concept[], members: readonly CohortMember[]): Cohort => ({
  source: 'a test',
  concepts,
  members,
  funnel: [],
  notes: [],
});
