// The two settings by which a domain leaves out one part of its data in K, as `deepfield sweep --folds` sets them.
import { z } from 'zod';
import type { Folds } from '../data-adapters/folds.ts';

/** Where a domain has them. */
export interface FoldSettings {
  /** Path of the number of parts: `split.folds`. */
  readonly folds: string;
  /** Path of the part that is the test set, from 0: `split.fold`. */
  readonly fold: string;
  /** True where only somebody's files are divided so, since simulated data are drawn for each split by itself. */
  readonly ofSource?: true;
}

/** Keys for a section of a domain's settings. */
export const foldKeys = {
  folds: z
    .int()
    .min(0)
    .default(0)
    .describe('of a cross-validation: parts of equal size, one of which is the test set; 0 for shares alone'),
  fold: z.int().min(0).default(0).describe('which part is the test set, from 0'),
};

/** For a section's `refine`: two parts at least, and one of them. */
export const areFolds = ({ folds, fold }: Folds): boolean => folds !== 1 && fold < Math.max(1, folds);

export const foldsMistake = 'folds must be 2 or more, or 0 for none, and fold one of them, counted from 0';
