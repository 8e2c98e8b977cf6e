// The receiver operating characteristic of a score, weighted, and the area below it: the probability that a row of class 1
// scores above one of class 0, ties counting one half (Hanley and McNeil 1982).
import { RankedScores } from './ranked-scores.ts';

export interface RocCurve {
  /** From +Infinity (nothing is taken) down to the lowest score (everything is). */
  readonly thresholds: Float64Array;
  /** Share of the weight of label 0 with score >= threshold: the background efficiency. */
  readonly falsePositiveRate: Float64Array;
  /** Share of the weight of label 1 with score >= threshold: the signal efficiency. */
  readonly truePositiveRate: Float64Array;
}

/** The curve of scores sorted before; see {@link rocCurve}. */
export function rankedRocCurve(ranked: RankedScores, weights?: ArrayLike<number>): RocCurve {
  const totals = ranked.totals(weights);
  const { thresholds, positive, negative } = ranked.sweep(weights);
  const withStart = (start: number, values: Float64Array, total: number): Float64Array => {
    const result = new Float64Array(values.length + 1);
    result[0] = start;
    for (let i = 0; i < values.length; i++) result[i + 1] = values[i] / total;
    return result;
  };
  return {
    thresholds: withStart(Number.POSITIVE_INFINITY, thresholds, 1),
    falsePositiveRate: withStart(0, negative, totals.negative),
    truePositiveRate: withStart(0, positive, totals.positive),
  };
}

/**
 * One point for each different score: rows of equal score are taken together.
 *
 * @param scores higher for class 1
 * @param labels 0 or 1
 * @param weights of the rows, negative ones summed with their sign; 1 when left out
 * @throws RangeError for scores that are NaN, other labels, or a class whose weights do not sum to more than 0
 */
export const rocCurve = (
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
): RocCurve => rankedRocCurve(new RankedScores(scores, labels), weights);

/** The area for scores sorted before; see {@link rocArea}. */
export function rankedRocArea(ranked: RankedScores, weights?: ArrayLike<number>): number {
  const totals = ranked.totals(weights);
  const { order, groupEnds, labels } = ranked;
  let [area, above, k] = [0, 0, 0];
  for (const end of groupEnds) {
    let [positive, negative] = [0, 0];
    for (; k < end; k++) {
      const row = order[k];
      const w = weights === undefined ? 1 : weights[row];
      if (labels[row] === 1) positive += w;
      else negative += w;
    }
    area += negative * (above + positive / 2);
    above += positive;
  }
  return area / (totals.positive * totals.negative);
}

/**
 * AUC = sum_ij w_i w_j ([s_i > s_j] + [s_i = s_j] / 2) / (sum_i w_i sum_j w_j), i over label 1 and j over label 0. With
 * negative weights it may leave [0, 1].
 *
 * @throws RangeError as {@link rocCurve}
 */
export const rocArea = (
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number => rankedRocArea(new RankedScores(scores, labels), weights);

function requireRate(who: string, rate: number): void {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`${who}: expected a rate in [0, 1], got ${rate}`);
}

/**
 * The share of label 0 taken where the share `rate` of label 1 is: on the curve's straight pieces, the least there is where
 * the curve goes along.
 *
 * @param rate in [0, 1]
 */
export function falsePositiveRateAt(
  { truePositiveRate: t, falsePositiveRate: f }: RocCurve,
  rate: number,
): number {
  requireRate('falsePositiveRateAt', rate);
  for (let i = 1; i < t.length; i++) {
    if (t[i] < rate) continue;
    return t[i] === t[i - 1]
      ? f[i - 1]
      : f[i - 1] + ((rate - t[i - 1]) / (t[i] - t[i - 1])) * (f[i] - f[i - 1]);
  }
  return f[f.length - 1];
}

/**
 * The share of label 1 taken where the share `rate` of label 0 is: on the curve's straight pieces, the most there is where
 * the curve goes up.
 *
 * @param rate in [0, 1]
 */
export function truePositiveRateAt(
  { truePositiveRate: t, falsePositiveRate: f }: RocCurve,
  rate: number,
): number {
  requireRate('truePositiveRateAt', rate);
  for (let i = 1; i < f.length; i++) {
    if (f[i] <= rate) continue;
    return t[i - 1] + ((rate - f[i - 1]) / (f[i] - f[i - 1])) * (t[i] - t[i - 1]);
  }
  return t[t.length - 1];
}
