// Bootstrap intervals of figures of scored rows (weighted AUC, efficiency at a working point, best significance), where
// DeLong's variance does not apply. Rows are drawn with their weights; scores are sorted once, and a resampling is the
// weights times how often each row was drawn.
import { type BootstrapOptions, percentileInterval } from './bootstrap.ts';
import type { Interval } from './interval.ts';
import type { RankedScores } from './ranked-scores.ts';

/** A figure of scored rows: {@link rankedRocArea}, for one. It may throw a RangeError where a class is missing. */
export type RankedFigure = (ranked: RankedScores, weights: ArrayLike<number>) => number;

export interface ScoreBootstrapOptions extends BootstrapOptions {
  /** Weights of the rows; 1 when left out. */
  readonly weights?: ArrayLike<number>;
}

/** NaN where the rows drawn do not allow the figure: percentileInterval leaves those out. */
function orNaN(work: () => readonly number[], count: number): readonly number[] {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return new Array<number>(count).fill(Number.NaN);
    throw error;
  }
}

/** The values with all rows as they are, and over resamplings of them. */
function overResamplings(
  rows: number,
  figures: (weights: Float64Array) => readonly number[],
  { weights, random, replicates = 1000, level = 0.95 }: ScoreBootstrapOptions,
): Interval[] {
  const own = weights === undefined ? new Float64Array(rows).fill(1) : Float64Array.from(weights);
  const drawn = new Float64Array(rows);
  const values = figures(own);
  const resampled = Array.from({ length: replicates }, () => {
    drawn.fill(0);
    for (let i = 0; i < rows; i++) {
      const row = random.integer(rows);
      drawn[row] += own[row];
    }
    return orNaN(() => figures(drawn), values.length);
  });
  return values.map((value, k) =>
    percentileInterval(
      value,
      resampled.map((all) => all[k]),
      level,
    ),
  );
}

/** Percentile interval of a figure of one classifier. Resamplings without one of the classes are left out. */
export const scoreBootstrap = (
  ranked: RankedScores,
  figure: RankedFigure,
  options: ScoreBootstrapOptions,
): Interval => overResamplings(ranked.scores.length, (weights) => [figure(ranked, weights)], options)[0];

/** Percentile intervals of several figures of one classifier, from the same resamplings. */
export const scoreBootstraps = (
  ranked: RankedScores,
  figures: (ranked: RankedScores, weights: ArrayLike<number>) => readonly number[],
  options: ScoreBootstrapOptions,
): Interval[] => overResamplings(ranked.scores.length, (weights) => figures(ranked, weights), options);

/**
 * The figure of `first` less that of `second`, both on the same rows drawn together.
 *
 * @throws RangeError when the two do not have the same number of rows
 */
export function pairedScoreBootstrap(
  first: RankedScores,
  second: RankedScores,
  figure: RankedFigure,
  options: ScoreBootstrapOptions,
): Interval {
  const rows = first.scores.length;
  if (second.scores.length !== rows)
    throw new RangeError(
      `pairedScoreBootstrap: expected the same rows, got ${rows} and ${second.scores.length}`,
    );
  return overResamplings(rows, (weights) => [figure(first, weights) - figure(second, weights)], options)[0];
}
