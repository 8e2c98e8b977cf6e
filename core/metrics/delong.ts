// Variances and covariances of areas under ROC curves of several scores on the same rows, without weights: DeLong, DeLong
// and Clarke-Pearson, Biometrics 44, 837 (1988), computed from midranks in n log n (Sun and Xu, IEEE Signal Processing
// Letters 21, 1389 (2014)). For weighted rows see score-bootstrap.ts.
import type { Interval } from './interval.ts';
import { normalProbability, normalQuantile } from './normal.ts';

export interface DeLong {
  /** AUC of each classifier. */
  readonly areas: readonly number[];
  /** Estimated covariance of the areas, classifiers x classifiers. */
  readonly covariance: readonly (readonly number[])[];
}

/** Ranks 1 ... n, equal values sharing their mean rank. */
export function midranks(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => Number(values[a] > values[b]) - Number(values[a] < values[b]),
  );
  const ranks = new Float64Array(n);
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && values[order[end]] === values[order[start]]) end++;
    for (let k = start; k < end; k++) ranks[order[k]] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

/** Structural components: for each row the share of the other class that it is on the right side of. */
interface Components {
  readonly positive: Float64Array;
  readonly negative: Float64Array;
  readonly area: number;
}

function components(scores: ArrayLike<number>, positives: Uint32Array, negatives: Uint32Array): Components {
  const [m, n] = [positives.length, negatives.length];
  const both = new Float64Array(m + n);
  positives.forEach((row, i) => {
    both[i] = scores[row];
  });
  negatives.forEach((row, j) => {
    both[m + j] = scores[row];
  });
  const among = midranks(both);
  const own = [midranks(both.subarray(0, m)), midranks(both.subarray(m))];
  const positive = Float64Array.from({ length: m }, (_, i) => (among[i] - own[0][i]) / n);
  const negative = Float64Array.from({ length: n }, (_, j) => 1 - (among[m + j] - own[1][j]) / m);
  return { positive, negative, area: positive.reduce((sum, v) => sum + v, 0) / m };
}

function sampleCovariance(a: Float64Array, b: Float64Array, meanA: number, meanB: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
  return sum / (a.length - 1);
}

/**
 * @param scores of each classifier, all on the same rows
 * @param labels 0 or 1
 * @throws RangeError for fewer than two rows of a class, NaN among the scores, or lengths that differ
 */
export function deLong(scores: readonly ArrayLike<number>[], labels: ArrayLike<number>): DeLong {
  const rows = Uint32Array.from({ length: labels.length }, (_, i) => i);
  const positives = rows.filter((i) => labels[i] === 1);
  const negatives = rows.filter((i) => labels[i] === 0);
  if (positives.length + negatives.length !== labels.length)
    throw new RangeError('deLong: expected labels 0 and 1');
  if (positives.length < 2 || negatives.length < 2)
    throw new RangeError(
      `deLong: expected two rows of each class at least, got ${positives.length} of label 1 and ${negatives.length} of label 0`,
    );
  scores.forEach((s, k) => {
    if (s.length !== labels.length)
      throw new RangeError(`deLong: expected ${labels.length} scores of classifier ${k}, got ${s.length}`);
    if (Array.prototype.some.call(s, Number.isNaN))
      throw new RangeError(`deLong: a score of classifier ${k} is not a number`);
  });
  const parts = scores.map((s) => components(s, positives, negatives));
  const covariance = parts.map((a) =>
    parts.map(
      (b) =>
        sampleCovariance(a.positive, b.positive, a.area, b.area) / positives.length +
        sampleCovariance(a.negative, b.negative, a.area, b.area) / negatives.length,
    ),
  );
  return { areas: parts.map(({ area }) => area), covariance };
}

/** AUC of classifier `k` with its normal interval, cut to [0, 1]. @param level two-sided, 0.95 by default */
export function areaInterval({ areas, covariance }: DeLong, k = 0, level = 0.95): Interval {
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(Math.max(0, covariance[k][k]));
  return { value: areas[k], low: Math.max(0, areas[k] - half), high: Math.min(1, areas[k] + half) };
}

export interface AreaDifference extends Interval {
  /** Standard error of the difference; 0 for scores that order the rows alike. */
  readonly error: number;
  /** Two-sided p-value of no difference; 1 where both error and difference are 0. */
  readonly pValue: number;
}

/** AUC of classifier `first` less that of `second` on the same rows, their correlation taken into account. */
export function areaDifference(
  { areas, covariance }: DeLong,
  first: number,
  second: number,
  level = 0.95,
): AreaDifference {
  const value = areas[first] - areas[second];
  const variance = covariance[first][first] + covariance[second][second] - 2 * covariance[first][second];
  const error = Math.sqrt(Math.max(0, variance));
  const half = normalQuantile((1 + level) / 2) * error;
  const pValue = value === 0 ? 1 : 2 * normalProbability(-Math.abs(value) / error);
  return { value, low: value - half, high: value + half, error, pValue };
}
