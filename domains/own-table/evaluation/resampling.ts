// Intervals of figures by drawing test rows with replacement, or whole groups of rows where rows belong together.
import { bootstrapInterval } from '../../../core/metrics/bootstrap.ts';
import type { Interval } from '../../../core/metrics/interval.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { TestScores } from './scores.ts';

/** Cells drawn in all: large test sets need fewer resamplings, their intervals being short. */
const mostDrawn = 20_000_000;

/** Statistic of rows, some of them more than once. */
export type RowStatistic = (rows: Uint32Array) => number;

export type Resampler = (name: string, statistic: RowStatistic) => Interval;

/** @param name of the figure: figures of one name see the same resamplings */
export function resampler(
  { units, test, grouped }: TestScores,
  random: RandomStream,
  replicates: number,
): Resampler {
  const count = Math.max(50, Math.min(replicates, Math.floor(mostDrawn / test.rows)));
  const own = grouped ? units : Array.from({ length: test.rows }, (_, row) => [row]);
  return (name, statistic) =>
    bootstrapInterval(
      own.length,
      (drawn) =>
        statistic(grouped ? Uint32Array.from(Array.from(drawn).flatMap((unit) => own[unit])) : drawn),
      { random: random.split(name), replicates: count },
    );
}

/** Rows of row-major numbers, copied together. */
export function takeRows(values: ArrayLike<number>, width: number, rows: ArrayLike<number>): Float32Array {
  const taken = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++)
    for (let k = 0; k < width; k++) taken[i * width + k] = values[rows[i] * width + k];
  return taken;
}
