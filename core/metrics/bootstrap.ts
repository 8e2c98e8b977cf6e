// The bootstrap of Efron, Ann. Stat. 7, 1 (1979): how much a statistic would change with another sample, seen by drawing
// units from the sample with replacement. Percentile intervals; units must be independent of each other, so resample
// what is independent (patients, chains, networks), not what is many.
import type { RandomStream } from '../random.ts';
import type { Interval } from './interval.ts';

export interface BootstrapOptions {
  readonly random: RandomStream;
  /** Resamplings; 1000 by default, enough for a 95 % interval (its ends then err by some 5 % of its width). */
  readonly replicates?: number;
  /** Two-sided level; 0.95 by default. */
  readonly level?: number;
}

/** Fills `out` with unit numbers drawn from 0 ... n-1 with replacement and returns it. */
export function resample(n: number, random: RandomStream, out = new Uint32Array(n)): Uint32Array {
  for (let i = 0; i < out.length; i++) out[i] = random.integer(n);
  return out;
}

/** Quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996). @param sorted ascending, not empty */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  // Not 0 times infinity, which is no number.
  if (position === below) return sorted[below];
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/** The central `level` of replicates, beside the value on the whole sample. Replicates that are no number are left out. */
export function percentileInterval(value: number, replicates: ArrayLike<number>, level = 0.95): Interval {
  const sorted = Float64Array.from(replicates).filter(Number.isFinite).sort();
  if (sorted.length === 0) return { value, low: Number.NaN, high: Number.NaN };
  return { value, low: quantile(sorted, (1 - level) / 2), high: quantile(sorted, (1 + level) / 2) };
}

/**
 * Percentile interval of a statistic of `n` independent units. To compare two classifiers on the same cases let the
 * statistic be their difference on the units it is given: that is the paired bootstrap.
 *
 * @param n number of units
 * @param statistic of the units named, of which there are n, some more than once
 */
export function bootstrapInterval(
  n: number,
  statistic: (units: Uint32Array) => number,
  { random, replicates = 1000, level = 0.95 }: BootstrapOptions,
): Interval {
  if (n < 1) throw new RangeError(`bootstrapInterval: expected at least one unit, got ${n}`);
  const units = new Uint32Array(n);
  const value = statistic(units.map((_, i) => i));
  const values = Array.from({ length: replicates }, () => statistic(resample(n, random, units)));
  return percentileInterval(value, values, level);
}
