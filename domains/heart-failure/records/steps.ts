// A record as the steps of a sequence: a visit at each step, or a single code as in the paper.
import type { CohortMember } from '../../../data-adapters/heart-failure/cohort.ts';

export interface StepOptions {
  /** Codes in one step: 1 reads code by code; with more, the codes of one day are a step, and go on in the next if too many. */
  readonly codesPerStep: number;
  /** Steps at most; the oldest are left out. */
  readonly longest: number;
  /** Days before the index date at which the window ends, which times are counted to. */
  readonly gap: number;
}

/** T steps of a record. */
export interface Steps {
  readonly length: number;
  /** Numbers of codes, T x codes in a step; 0 where there is none. */
  readonly codes: Int32Array;
  /** Days from each step to the end of the window. */
  readonly days: Float32Array;
}

/**
 * @param member with the events of the window alone, see `observe`
 * @param numbers of the vocabulary, by concept; events without one are left out, and a code counts once a day
 */
export function stepsOf(
  { daysBefore, concepts }: Pick<CohortMember, 'daysBefore' | 'concepts'>,
  numbers: ArrayLike<number>,
  { codesPerStep, longest, gap }: StepOptions,
): Steps {
  const steps: { day: number; codes: number[] }[] = [];
  let seen = new Set<number>();
  let day = Number.NaN;
  for (let i = 0; i < concepts.length; i++) {
    const number = numbers[concepts[i]];
    if (!(number > 0)) continue;
    const own = Math.ceil(daysBefore[i]);
    if (own !== day) seen = new Set();
    if (seen.has(number)) continue;
    seen.add(number);
    const last = steps[steps.length - 1];
    if (own === day && last.codes.length < codesPerStep) last.codes.push(number);
    else steps.push({ day: own, codes: [number] });
    day = own;
  }
  const kept = steps.slice(-longest);
  const codes = new Int32Array(kept.length * codesPerStep);
  kept.forEach((step, t) => {
    codes.set(step.codes, t * codesPerStep);
  });
  return { length: kept.length, codes, days: Float32Array.from(kept, (step) => step.day - gap) };
}

/** Steps of several records on one length, zeros behind each. */
export function padSteps(
  records: readonly Steps[],
  length: number,
  codesPerStep: number,
): { codes: Int32Array; days: Float32Array } {
  const codes = new Int32Array(records.length * length * codesPerStep);
  const days = new Float32Array(records.length * length);
  records.forEach((record, row) => {
    codes.set(record.codes, row * length * codesPerStep);
    days.set(record.days, row * length);
  });
  return { codes, days };
}
