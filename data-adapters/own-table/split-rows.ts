// Which rows train, validate and test. Rows of a group stay together, and so do rows that are copies of each other; classes
// are divided evenly, each in itself.

import { UserError } from '../../core/errors.ts';
import type { RandomStream } from '../../core/random.ts';
import type { SplitName } from '../dataset.ts';
import { type Folds, splitAt } from '../folds.ts';

export interface SplitShares {
  readonly training: number;
  readonly validation: number;
}

export interface SplitRowsOptions extends SplitShares, Partial<Folds> {
  /** Number of the group of each row: rows of one stay on one side. */
  readonly groups: ArrayLike<number>;
  /** Class of each row, for an even division; one class when left out. */
  readonly classes?: ArrayLike<number>;
  /** `order` divides the rows as they stand, group by group in the order of their first rows; `random` deals them. */
  readonly by: 'random' | 'order';
  readonly random: RandomStream;
}

/** Rows of each group, in the order of their first rows. */
function membersOf(groups: ArrayLike<number>): number[][] {
  const members = new Map<number, number[]>();
  for (let row = 0; row < groups.length; row++) {
    const known = members.get(groups[row]);
    if (known) known.push(row);
    else members.set(groups[row], [row]);
  }
  return [...members.values()];
}

/** @throws UserError when there are fewer groups than folds */
export function splitRows({
  groups,
  classes,
  by,
  random,
  training,
  validation,
  folds = 0,
  fold = 0,
}: SplitRowsOptions): Record<SplitName, Uint32Array> {
  const strata = new Map<number, number[][]>();
  const members = membersOf(groups);
  if (members.length < folds) {
    throw new UserError({
      what: `${members.length} rows or groups of rows are too few for ${folds} folds`,
      where: 'split.folds',
      how: 'lower it',
    });
  }
  for (const rows of members) {
    // A group counts as its first row's class.
    const stratum = by === 'order' ? 0 : (classes?.[rows[0]] ?? 0);
    const known = strata.get(stratum);
    if (known) known.push(rows);
    else strata.set(stratum, [rows]);
  }
  const taken: Record<SplitName, number[]> = { train: [], validation: [], test: [] };
  for (const stratum of [...strata.keys()].sort((a, b) => a - b)) {
    const units = strata.get(stratum)!;
    if (by === 'random') random.split('stratum', stratum).shuffle(units);
    const all = units.reduce((sum, rows) => sum + rows.length, 0);
    let before = 0;
    for (const rows of units) {
      const place = (before + rows.length / 2) / all;
      taken[splitAt(place, { training, validation }, { folds, fold })].push(...rows);
      before += rows.length;
    }
  }
  const sorted = (rows: number[]): Uint32Array => Uint32Array.from(rows).sort();
  return { train: sorted(taken.train), validation: sorted(taken.validation), test: sorted(taken.test) };
}
