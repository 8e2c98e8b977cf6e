// The codes that networks know, by number from 1: those that enough patients of the training set have. 0 is no code.
import { UserError } from '../../../core/errors.ts';
import type { Cohort, Concept } from '../../../data-adapters/heart-failure/cohort.ts';

export interface Vocabulary {
  /** Concepts by number less one. */
  readonly concepts: readonly Concept[];
  /** Number of each of the cohort's concepts; 0 for one that is not known. */
  readonly numbers: Int32Array;
}

/** The same concept wherever it is met: `ICD9CM 428.0`. */
export const conceptKey = ({ system, code }: Pick<Concept, 'system' | 'code'>): string => `${system} ${code}`;

/**
 * @param rows members of the training set
 * @param leastPatients patients of the training set who must have a code for it to be known
 * @throws UserError when no code is left
 */
export function vocabularyOf(cohort: Cohort, rows: Uint32Array, leastPatients: number): Vocabulary {
  const patients = new Uint32Array(cohort.concepts.length);
  for (const row of rows) for (const concept of new Set(cohort.members[row].concepts)) patients[concept]++;
  const known = cohort.concepts.flatMap((_, i) => (patients[i] >= leastPatients ? i : []));
  if (known.length === 0)
    throw new UserError({
      what: `no code is in the records of ${leastPatients} patients of the training set`,
      where: 'representation.leastPatients',
      how: 'lower it, or bring more records',
    });
  const numbers = new Int32Array(cohort.concepts.length);
  known.forEach((concept, i) => {
    numbers[concept] = i + 1;
  });
  return { concepts: known.map((i) => cohort.concepts[i]), numbers };
}

/** The vocabulary as text, for the model file that is served. */
export const vocabularyText = ({ concepts }: Vocabulary): string => JSON.stringify(concepts);

/** The vocabulary in a model file, for a cohort with concepts of its own. */
export function vocabularyFromText(text: string, concepts: readonly Concept[]): Vocabulary {
  const known = JSON.parse(text) as readonly Concept[];
  const numbers = numbersByKey(known);
  return {
    concepts: known,
    numbers: Int32Array.from(concepts, (concept) => numbers.get(conceptKey(concept)) ?? 0),
  };
}

/** Numbers of concepts by {@link conceptKey}. */
export const numbersByKey = (concepts: readonly Concept[]): Map<string, number> =>
  new Map(concepts.map((concept, i) => [conceptKey(concept), i + 1]));
