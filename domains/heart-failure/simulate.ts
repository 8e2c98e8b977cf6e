// The patients that a run simulates for itself.
import type { Parts } from '../../data-adapters/dataset.ts';
import { heartFailureCodes } from '../../data-adapters/heart-failure/codes/heart-failure-codes.ts';
import { qualifying } from '../../data-adapters/heart-failure/codes/qualifying.ts';
import { type Cohort, withoutAnswers } from '../../data-adapters/heart-failure/cohort.ts';
import type { PrepareContext } from '../domain.ts';
import type { HeartFailureConfig } from './config.ts';
import { cohortParts } from './parts.ts';
import { splitMembers } from './records/split.ts';

import { simulateCohort } from './simulator/simulate-cohort.ts';

/** Days of a record that the windows and lead times of a run look at. */
export const historyOf = ({ windows, evaluation }: HeartFailureConfig): number =>
  Math.max(
    ...windows.map(({ observation, gap }) => observation + gap),
    ...windows.map(({ observation }) => observation + Math.max(0, ...evaluation.leadTimes)),
  );

export async function simulate(context: PrepareContext<HeartFailureConfig>): Promise<Parts> {
  const { config, random, seed, progress, signal } = context;
  const { cases, controlsPerCase, strength, orderShare } = config.simulation;
  const simulated = await simulateCohort({
    cases,
    controlsPerCase,
    strength,
    orderShare,
    history: historyOf(config),
    random: random.split('patients'),
    progress,
    signal,
  });
  const cohort: Cohort = withoutAnswers(simulated.cohort, qualifying(heartFailureCodes));
  const splits = splitMembers(cohort.members, { ...config.split, random: random.split('split') });
  return cohortParts(cohort, splits, {
    kind: 'simulated',
    source: 'simulated primary-care records of cases of heart failure and matched controls',
    seed,
    notes: cohort.notes,
  });
}
