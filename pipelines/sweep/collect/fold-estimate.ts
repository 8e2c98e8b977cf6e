// What a cross-validation comes to: means over its runs. Their training sets overlap, so that they agree more than independent runs
// would, and Student's interval is too narrow; C. Nadeau and Y. Bengio, Machine Learning 52, 239 (2003), widen its variance from s^2 / n
// to (1/n + n_test / n_train) s^2, which R. Bouckaert and E. Frank (PAKDD 2004) carry over to cross-validations that are repeated.
// There is no unbiased estimate (Bengio and Grandvalet 2004): this one is a careful guess.
import { studentQuantile } from '../../../core/metrics/student-quantile.ts';
import type { Estimate, Figure } from '../../../domains/domain.ts';
import { meanEstimate } from './mean-estimate.ts';

/** Rows that a run was trained and tested on. */
export interface FoldRows {
  readonly train: number;
  readonly test: number;
}

/**
 * The mean over runs with Nadeau and Bengio's corrected interval at `level`.
 *
 * @param rows of each run
 */
export function foldEstimate(values: readonly number[], rows: readonly FoldRows[], level: number): Estimate {
  const n = values.length;
  const plain = meanEstimate(values, level);
  if (n < 2) return plain;
  const { value } = plain;
  const variance = values.reduce((sum, v) => sum + (v - value) ** 2, 0) / (n - 1);
  const ratio = rows.reduce((sum, { train, test }) => sum + test / train, 0) / rows.length;
  const half = studentQuantile(level, n - 1) * Math.sqrt((1 / n + ratio) * variance);
  return { value, low: value - half, high: value + half };
}

/** The figures that all runs have, each the mean over them; baselines likewise. */
export function foldFigures(
  runs: readonly (readonly Figure[])[],
  rows: readonly FoldRows[],
  level: number,
): Figure[] {
  const mean = (values: readonly number[]): Estimate => foldEstimate(values, rows, level);
  return runs[0].flatMap((first): Figure[] => {
    const own = runs.map((figures) => figures.find(({ id }) => id === first.id));
    if (!own.every((figure) => figure !== undefined)) return [];
    const baselines = first.baselines?.flatMap(({ id, label }) => {
      const values = own.map((figure) => figure.baselines?.find((each) => each.id === id)?.value);
      return values.every((value) => value !== undefined) ? [{ id, label, ...mean(values) }] : [];
    });
    const n = own.reduce((sum, figure) => sum + (figure.n ?? Number.NaN), 0);
    const { n: _, ...rest } = first;
    return [
      {
        ...rest,
        ...mean(own.map(({ value }) => value)),
        level,
        ...(Number.isFinite(n) && { n }),
        ...(baselines && { baselines }),
      },
    ];
  });
}
