// A cohort as the networks of one window and representation see it.
import {
  type Cohort,
  type CohortMember,
  observe,
  type Window,
} from '../../../data-adapters/heart-failure/cohort.ts';
import { type GroupConcepts, ungrouped } from './groups.ts';
import { type StepOptions, type Steps, stepsOf } from './steps.ts';
import { type Vocabulary, vocabularyFromText, vocabularyOf } from './vocabulary.ts';

export interface ObservedCohort {
  readonly window: Window;
  /** Members with the events of the window, and with groups for codes where codes are grouped. */
  readonly cohort: Cohort;
  readonly vocabulary: Vocabulary;
  /** The record of a member as steps. */
  steps(row: number, options: Omit<StepOptions, 'gap'>): Steps;
  /** How often members have each code of the vocabulary, [rows, codes], a code at the place of its number less one. */
  counts(rows: ArrayLike<number>): Float32Array;
}

/** Where the codes that are known come from: patients to be learnt from, or the text of networks that have learnt. */
export type KnownCodes = string | { readonly training: Uint32Array; readonly leastPatients: number };

/** @param group how codes are grouped; see groups.ts */
export function observedCohort(
  whole: Cohort,
  window: Window,
  group: GroupConcepts,
  known: KnownCodes,
): ObservedCohort {
  const { concepts, numbers: groupOf } = group(whole.concepts);
  const see = (member: CohortMember): CohortMember => {
    const seen = observe(member, window);
    return group === ungrouped
      ? seen
      : { ...seen, concepts: seen.concepts.map((concept) => groupOf[concept]) };
  };
  const cohort: Cohort = {
    ...whole,
    concepts,
    members: whole.members.map(see),
  };
  const vocabulary =
    typeof known === 'string'
      ? vocabularyFromText(known, cohort.concepts)
      : vocabularyOf(cohort, known.training, known.leastPatients);
  return {
    window,
    cohort,
    vocabulary,
    steps: (row, options) =>
      stepsOf(cohort.members[row], vocabulary.numbers, { ...options, gap: window.gap }),
    counts(rows) {
      const width = vocabulary.concepts.length;
      const counts = new Float32Array(rows.length * width);
      for (let i = 0; i < rows.length; i++) {
        for (const concept of cohort.members[rows[i]].concepts) {
          const number = vocabulary.numbers[concept];
          if (number > 0) counts[i * width + number - 1]++;
        }
      }
      return counts;
    },
  };
}
