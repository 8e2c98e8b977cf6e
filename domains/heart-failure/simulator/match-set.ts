// One case and its controls, from a stream of their own.
import type { RandomStream } from '../../../core/random.ts';
import type { CohortMember } from '../../../data-adapters/heart-failure/cohort.ts';
import { type Course, daysPerYear, drawCourse, type Stages } from './course.ts';
import type { Effects } from './effects.ts';
import { drawRecord } from './record.ts';
import { drawRiskSet, drawSetTraits, ownUtilisation, type SetTraits } from './risk-set.ts';
import { drawVisits, visitRate } from './visits.ts';

/** What is known of a simulated member and of nobody real. */
export interface MemberTruth {
  /** Days from each risk factor's onset to the index date, in the order of `riskFactors`; NaN where it was not there. */
  readonly onsets: Float64Array;
  readonly stages: Stages;
  /** How strongly signs show, mean 1 over cases, 0 in controls. */
  readonly amplitude: number;
  /** Year of the index date. */
  readonly year: number;
}

export interface MatchSet {
  readonly members: CohortMember[];
  readonly truth: MemberTruth[];
}

/** The case comes first. */
export function simulateMatchSet(
  random: RandomStream,
  matchSet: number,
  controls: number,
  history: number,
  effects: Effects,
): MatchSet {
  const traits = drawSetTraits(random);
  const riskSet = drawRiskSet(random, traits, controls, effects.counts);
  const set: MatchSet = { members: [], truth: [] };
  riskSet.forEach((onsets, m) => {
    const isCase = m === 0;
    const course = drawCourse(random, onsets, traits.age, isCase);
    set.members.push(member(random, traits, matchSet, m, isCase, onsets, course, history, effects));
    set.truth.push({
      onsets: onsets.map((age) => (age < traits.age ? (traits.age - age) * daysPerYear : Number.NaN)),
      stages: course.stages,
      amplitude: course.amplitude,
      year: traits.year,
    });
  });
  return set;
}

function member(
  random: RandomStream,
  { male, age, site, utilisation }: SetTraits,
  matchSet: number,
  m: number,
  isCase: boolean,
  onsets: Float64Array,
  course: Course,
  history: number,
  effects: Effects,
): CohortMember {
  const rate = visitRate * utilisation * ownUtilisation(random);
  const days = drawVisits(random, course, isCase, rate, history, effects);
  return {
    subject: `${matchSet}-${m}`,
    matchSet,
    isCase,
    sex: male ? 'male' : 'female',
    age,
    site,
    ...drawRecord(random, { age, onsets, course, isCase }, days, effects),
  };
}
