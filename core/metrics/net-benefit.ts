// Decision curves (Vickers and Elkin, Medical Decision Making 26, 565 (2006)): what acting on a risk is worth, in true
// positives, when the threshold at which one acts says how many false ones a true one is worth.

export interface NetBenefit {
  readonly threshold: number;
  /** Acting where the risk is at or above the threshold. */
  readonly model: number;
  /** Acting on everybody. Acting on nobody is worth 0. */
  readonly everybody: number;
}

/**
 * TP / n - FP / n x t / (1 - t) at threshold t, rates within each class re-weighted to a prevalence: a case-control sample
 * has its own share of cases, a population another.
 *
 * @param risks in [0, 1], right for that prevalence
 * @param labels 0 or 1, both present
 * @param prevalence share of cases in the population; the sample's own when left out
 * @throws RangeError for a threshold outside (0, 1), or a class that is missing
 */
export function netBenefit(
  risks: ArrayLike<number>,
  labels: ArrayLike<number>,
  thresholds: readonly number[],
  prevalence?: number,
): NetBenefit[] {
  const n = [0, 0];
  for (let i = 0; i < labels.length; i++) n[labels[i]]++;
  if (n[0] === 0 || n[1] === 0) throw new RangeError('netBenefit: expected rows of both classes');
  const share = prevalence ?? n[1] / labels.length;
  return thresholds.map((threshold) => {
    if (!(threshold > 0 && threshold < 1))
      throw new RangeError(`netBenefit: expected a threshold in (0, 1), got ${threshold}`);
    const taken = [0, 0];
    for (let i = 0; i < labels.length; i++) if (risks[i] >= threshold) taken[labels[i]]++;
    const price = threshold / (1 - threshold);
    const benefit = (sensitivity: number, falsePositives: number): number =>
      share * sensitivity - (1 - share) * falsePositives * price;
    return {
      threshold,
      model: benefit(taken[1] / n[1], taken[0] / n[0]),
      everybody: benefit(1, 1),
    };
  });
}
