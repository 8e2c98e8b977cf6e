// Who is learnt from and who is measured on: whole match sets, so that a case and its controls stay together.
import { UserError } from '../../../core/errors.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { SplitName } from '../../../data-adapters/dataset.ts';
import type { CohortMember } from '../../../data-adapters/heart-failure/cohort.ts';

export type MemberSplits = Readonly<Record<SplitName, Uint32Array>>;

export interface SplitOptions {
  /** Chunks of equal size that the match sets are dealt into. The paper's: 7, five of them for training. */
  readonly chunks: number;
  /** Which chunk is the test set; the next one is for validation, the others for training. */
  readonly fold: number;
  readonly random: RandomStream;
}

/**
 * Rows of each split, ascending.
 *
 * @throws UserError when there are fewer match sets than chunks
 * @throws RangeError unless there are 3 chunks at least and the fold is one of them
 */
export function splitMembers(
  members: readonly CohortMember[],
  { chunks, fold, random }: SplitOptions,
): MemberSplits {
  if (!(chunks >= 3 && fold >= 0 && fold < chunks))
    throw new RangeError(`splitMembers: expected a fold below ${chunks} chunks (3 at least), got ${fold}`);
  const sets = random.shuffle([...new Set(members.map(({ matchSet }) => matchSet))].sort((a, b) => a - b));
  if (sets.length < chunks)
    throw new UserError({
      what: `the cohort has ${sets.length} cases with controls, too few for ${chunks} parts`,
      where: 'split.chunks',
      how: 'lower it (3 at least), or loosen the rules of the section cohort',
    });
  const chunkOf = new Map(sets.map((set, i) => [set, i % chunks]));
  const rows: Record<SplitName, number[]> = { train: [], validation: [], test: [] };
  members.forEach(({ matchSet }, row) => {
    const chunk = chunkOf.get(matchSet);
    const split = chunk === fold ? 'test' : chunk === (fold + 1) % chunks ? 'validation' : 'train';
    rows[split].push(row);
  });
  return {
    train: Uint32Array.from(rows.train),
    validation: Uint32Array.from(rows.validation),
    test: Uint32Array.from(rows.test),
  };
}
