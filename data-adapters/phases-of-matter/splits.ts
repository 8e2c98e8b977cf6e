// Splits configurations into train, validation and test, temperature by temperature, so that each split sees every
// temperature in the same proportion.
import { UserError } from '../../core/errors.ts';
import type { RandomStream } from '../../core/random.ts';
import { type SplitName, splitNames } from '../dataset.ts';
import { type Folds, noFolds } from '../folds.ts';

/** Shares of the splits, each in [0, 1], together at most 1; what they leave over stands in no split. */
export type Shares = Readonly<Record<SplitName, number>>;

/** Every so many rows of the order test, so that a fold has its part of each temperature; the others train and validate. */
function withoutFold(
  order: Uint32Array,
  { train, validation }: Shares,
  { folds, fold }: Folds,
): Record<SplitName, Uint32Array> {
  const others = order.filter((_, i) => i % folds !== fold);
  const share = validation / (train + validation);
  const validates = (i: number): boolean => Math.floor((i + 1) * share) > Math.floor(i * share);
  return {
    train: others.filter((_, i) => !validates(i)).sort(),
    validation: others.filter((_, i) => validates(i)).sort(),
    test: order.filter((_, i) => i % folds === fold).sort(),
  };
}

/**
 * Rows of each split, ascending. The rows of one temperature are shuffled; then, from the lowest temperature to the
 * highest, each row goes to the split that lacks most of its share so far. So every run of rows has the shares to
 * within one row a split, also where each temperature has a single configuration.
 */
export function stratifiedSplits(
  temperatures: ArrayLike<number>,
  shares: Shares,
  random: RandomStream,
  { folds, fold }: Folds = noFolds,
): Record<SplitName, Uint32Array> {
  const order = random.permutation(temperatures.length).sort((a, b) => temperatures[a] - temperatures[b]);
  if (temperatures.length < folds) {
    throw new UserError({
      what: `${temperatures.length} lattices are too few for ${folds} folds`,
      where: 'source.folds',
      how: 'lower it',
    });
  }
  if (folds > 0) return withoutFold(order, shares, { folds, fold });
  const rest = Math.max(0, 1 - splitNames.reduce((sum, name) => sum + shares[name], 0));
  const bins = [...splitNames.map((name) => shares[name]), rest < 1e-9 ? 0 : rest].map((share) => ({
    share,
    rows: [] as number[],
  }));
  order.forEach((row, done) => {
    const lacking = bins.map(({ share, rows }) => (share > 0 ? share * (done + 1) - rows.length : -1));
    bins[lacking.indexOf(Math.max(...lacking))].rows.push(row);
  });
  const [train, validation, test] = bins.map(({ rows }) => Uint32Array.from(rows).sort());
  return { train, validation, test };
}
