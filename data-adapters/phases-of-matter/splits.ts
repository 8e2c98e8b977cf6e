// Splits configurations into train, validation and test, temperature by temperature, so that each split sees every
// temperature in the same proportion.
import type { RandomStream } from '../../core/random.ts';
import { type SplitName, splitNames } from '../dataset.ts';

/** Shares of the splits, each in [0, 1], together at most 1; what they leave over stands in no split. */
export type Shares = Readonly<Record<SplitName, number>>;

/**
 * Rows of each split, ascending. The rows of one temperature are shuffled; then, from the lowest temperature to the
 * highest, each row goes to the split that lacks most of its share so far. So every run of rows has the shares to
 * within one row a split, also where each temperature has a single configuration.
 */
export function stratifiedSplits(
  temperatures: ArrayLike<number>,
  shares: Shares,
  random: RandomStream,
): Record<SplitName, Uint32Array> {
  const order = random.permutation(temperatures.length).sort((a, b) => temperatures[a] - temperatures[b]);
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
