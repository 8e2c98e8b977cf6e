// What the tests of simulated patients count.
import { silent } from '../../../../core/progress.ts';
import { RandomStream } from '../../../../core/random.ts';
import { type CohortMember, observe, type Window } from '../../../../data-adapters/heart-failure/cohort.ts';
import {
  type SimulateCohortOptions,
  type SimulatedCohort,
  simulateCohort,
} from '../../../../domains/heart-failure/simulator/simulate-cohort.ts';

/** A cohort with a seed. */
export const simulated = (
  seed: string,
  options: Partial<SimulateCohortOptions> & { cases: number },
): Promise<SimulatedCohort> =>
  simulateCohort({
    random: new RandomStream(seed),
    progress: silent,
    signal: new AbortController().signal,
    ...options,
  });

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const variance = (values: readonly number[]): number => {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
};

/** Visits in a window. */
export const visitsIn = (member: CohortMember, window: Window): number =>
  new Set(observe(member, window).daysBefore).size;

/** Events in a window of those concepts that count. */
export const eventsIn = (
  member: CohortMember,
  window: Window,
  counts: (concept: number) => boolean,
): number => observe(member, window).concepts.reduce((sum, concept) => sum + (counts(concept) ? 1 : 0), 0);

/** Difference of means of cases and controls over its standard error: standard normal where they are alike. */
export function contrast(members: readonly CohortMember[], value: (member: CohortMember) => number): number {
  const [cases, controls] = [true, false].map((isCase) =>
    members.filter((member) => member.isCase === isCase).map(value),
  );
  const spread = variance(cases) / cases.length + variance(controls) / controls.length;
  return (mean(cases) - mean(controls)) / Math.sqrt(spread);
}

/** Area under the ROC curve of a score: the share of pairs in which the case's is higher, ties being half. */
export function auc(members: readonly CohortMember[], score: (member: CohortMember) => number): number {
  const sorted = members
    .map((member) => ({ isCase: member.isCase, score: score(member) }))
    .sort((a, b) => a.score - b.score);
  let [below, wins, cases] = [0, 0, 0];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to].score === sorted[from].score) to++;
    const tied = sorted.slice(from, to);
    const tiedCases = tied.filter(({ isCase }) => isCase).length;
    wins += tiedCases * (below + (tied.length - tiedCases) / 2);
    below += tied.length - tiedCases;
    cases += tiedCases;
  }
  return wins / (cases * below);
}
