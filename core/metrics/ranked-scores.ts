// Scores of a two-class problem sorted once, from which every figure of a threshold follows in one pass: ROC curve, area,
// average precision, significance. Sorted once because a bootstrap asks again and again with other weights.
//
// Weights may be negative, as those of events from a generator at next-to-leading order: they are summed with their sign,
// so that efficiencies may leave [0, 1] and need not be monotone. Only each class's total has to be above zero.

/** For each different score, from the highest down: what lies at or above it. */
export interface ThresholdSweep {
  /** The score itself: a row is taken when its score >= threshold. */
  readonly thresholds: Float64Array;
  /** Sums of weights taken, of rows labelled 1 and 0. */
  readonly positive: Float64Array;
  readonly negative: Float64Array;
  /** Numbers of rows taken. */
  readonly positiveRows: Uint32Array;
  readonly negativeRows: Uint32Array;
}

/** Sums of weights of a class, and their check. */
export interface ClassTotals {
  readonly positive: number;
  readonly negative: number;
}

export class RankedScores {
  /** Row numbers by falling score. */
  readonly order: Uint32Array;
  /** Positions in `order` behind the last row of each group of equal scores. */
  readonly groupEnds: Uint32Array;

  /**
   * @param scores any numbers, higher for class 1
   * @param labels 0 or 1, one for each score
   * @throws RangeError for a score that is NaN, a label that is neither 0 nor 1, or lengths that differ
   */
  constructor(
    readonly scores: ArrayLike<number>,
    readonly labels: ArrayLike<number>,
  ) {
    const n = scores.length;
    if (labels.length !== n)
      throw new RangeError(`RankedScores: expected a label for each score, got ${labels.length} for ${n}`);
    for (let i = 0; i < n; i++) {
      if (Number.isNaN(scores[i])) throw new RangeError(`RankedScores: score ${i} is not a number`);
      if (labels[i] !== 0 && labels[i] !== 1)
        throw new RangeError(`RankedScores: expected labels 0 and 1, got ${labels[i]} in row ${i}`);
    }
    this.order = Uint32Array.from({ length: n }, (_, i) => i).sort(
      (a, b) => Number(scores[b] > scores[a]) - Number(scores[b] < scores[a]),
    );
    const ends: number[] = [];
    for (let k = 1; k <= n; k++)
      if (k === n || scores[this.order[k]] !== scores[this.order[k - 1]]) ends.push(k);
    this.groupEnds = Uint32Array.from(ends);
  }

  /** @param weights one for each row; all 1 when left out. @throws RangeError when a class's weights do not sum to more than 0 */
  totals(weights?: ArrayLike<number>): ClassTotals {
    const { labels, scores } = this;
    if (weights !== undefined && weights.length !== scores.length)
      throw new RangeError(
        `RankedScores: expected a weight for each score, got ${weights.length} for ${scores.length}`,
      );
    let [positive, negative] = [0, 0];
    for (let i = 0; i < scores.length; i++) {
      const w = weights === undefined ? 1 : weights[i];
      if (labels[i] === 1) positive += w;
      else negative += w;
    }
    if (!(positive > 0 && negative > 0))
      throw new RangeError(
        `RankedScores: expected weights of both classes that sum to more than 0, got ${positive} (label 1) and ${negative} (label 0)`,
      );
    return { positive, negative };
  }

  /** Everything at or above each different score. Weights as in {@link totals}, not checked. */
  sweep(weights?: ArrayLike<number>): ThresholdSweep {
    const { order, groupEnds, labels, scores } = this;
    const groups = groupEnds.length;
    const result = {
      thresholds: new Float64Array(groups),
      positive: new Float64Array(groups),
      negative: new Float64Array(groups),
      positiveRows: new Uint32Array(groups),
      negativeRows: new Uint32Array(groups),
    };
    let [positive, negative, positiveRows, k] = [0, 0, 0, 0];
    for (let g = 0; g < groups; g++) {
      for (; k < groupEnds[g]; k++) {
        const row = order[k];
        const w = weights === undefined ? 1 : weights[row];
        if (labels[row] === 1) {
          positive += w;
          positiveRows++;
        } else negative += w;
      }
      result.thresholds[g] = scores[order[k - 1]];
      result.positive[g] = positive;
      result.negative[g] = negative;
      result.positiveRows[g] = positiveRows;
      result.negativeRows[g] = k - positiveRows;
    }
    return result;
  }
}
