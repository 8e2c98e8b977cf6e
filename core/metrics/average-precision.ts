// Average precision: the area below precision over recall as a step function, the summary of a ranking when positives are
// few.
import { RankedScores } from './ranked-scores.ts';

/** Average precision of scores sorted before; see {@link averagePrecision}. */
export function rankedAveragePrecision(ranked: RankedScores, weights?: ArrayLike<number>): number {
  const total = ranked.totals(weights).positive;
  const { positive, negative } = ranked.sweep(weights);
  let [sum, before] = [0, 0];
  for (let i = 0; i < positive.length; i++) {
    const gain = positive[i] - before;
    if (gain !== 0) sum += (gain * positive[i]) / (positive[i] + negative[i]);
    before = positive[i];
  }
  return sum / total;
}

/**
 * AP = sum_k (R_k - R_k-1) P_k over the different scores from the highest down, R recall and P precision; rows of equal
 * score are taken together.
 *
 * @param scores higher for class 1
 * @param labels 0 or 1
 * @param weights of the rows; 1 when left out
 * @throws RangeError for scores that are NaN, other labels, or a class whose weights do not sum to more than 0
 */
export const averagePrecision = (
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number => rankedAveragePrecision(new RankedScores(scores, labels), weights);
