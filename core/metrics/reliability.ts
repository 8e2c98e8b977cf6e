// How far probabilities can be taken at their word: the reliability diagram, the expected calibration error (Naeini,
// Cooper and Hauskrecht 2015) and the score of Brier (1950).

export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  /** Sum of weights, and number of rows. */
  readonly weight: number;
  readonly rows: number;
  /** Weighted mean of the probabilities, and share of label 1. NaN in an empty bin. */
  readonly predicted: number;
  readonly observed: number;
}

function requireProbabilities(
  who: string,
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
): void {
  if (probabilities.length === 0 || probabilities.length !== labels.length)
    throw new RangeError(
      `${who}: expected a label for each probability, got ${labels.length} for ${probabilities.length}`,
    );
  for (let i = 0; i < probabilities.length; i++) {
    if (!(probabilities[i] >= 0 && probabilities[i] <= 1))
      throw new RangeError(`${who}: expected probabilities in [0, 1], got ${probabilities[i]} in row ${i}`);
  }
}

/**
 * Bins of equal width over [0, 1]; a probability on an edge belongs to the bin above, 1 to the last.
 *
 * @param labels 0 or 1
 * @param bins 15 by default
 */
export function reliability(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  { bins = 15, weights }: { readonly bins?: number; readonly weights?: ArrayLike<number> } = {},
): ReliabilityBin[] {
  requireProbabilities('reliability', probabilities, labels);
  const sums = Array.from({ length: bins }, () => ({ weight: 0, rows: 0, predicted: 0, observed: 0 }));
  for (let i = 0; i < probabilities.length; i++) {
    const w = weights === undefined ? 1 : weights[i];
    const bin = sums[Math.min(bins - 1, Math.floor(probabilities[i] * bins))];
    bin.weight += w;
    bin.rows++;
    bin.predicted += w * probabilities[i];
    bin.observed += w * labels[i];
  }
  return sums.map(({ weight, rows, predicted, observed }, k) => ({
    low: k / bins,
    high: (k + 1) / bins,
    weight,
    rows,
    predicted: predicted / weight,
    observed: observed / weight,
  }));
}

/** ECE = sum over bins of weight x |observed - predicted| / total weight; it falls with coarser bins. */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  let [sum, total] = [0, 0];
  for (const { weight, predicted, observed } of bins) {
    if (weight === 0) continue;
    sum += weight * Math.abs(observed - predicted);
    total += weight;
  }
  return sum / total;
}

/** sum_i w_i (p_i - y_i)^2 / sum_i w_i. @param labels 0 or 1 */
export function brierScore(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  requireProbabilities('brierScore', probabilities, labels);
  let [sum, total] = [0, 0];
  for (let i = 0; i < probabilities.length; i++) {
    const w = weights === undefined ? 1 : weights[i];
    sum += w * (probabilities[i] - labels[i]) ** 2;
    total += w;
  }
  return sum / total;
}
