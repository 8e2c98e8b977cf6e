// When to stop: after a number of evaluations without a better value of one metric.

export interface EarlyStoppingOptions {
  /** Key of the validation metric that decides: `loss`, `auc`, ... */
  readonly metric: string;
  /** Whether less or more is better. */
  readonly mode: 'min' | 'max';
  /** Evaluations without an improvement before training stops. */
  readonly patience: number;
  /** An improvement is better by more than this. Default 0. */
  readonly minDelta?: number;
  /** An improvement is better by more than this share of the best value, too. Default 0. */
  readonly minRelativeDelta?: number;
}

/** What has been seen so far; part of the checkpoint. */
export interface BestSoFar {
  readonly value: number;
  readonly step: number;
  /** Evaluations since. */
  readonly waited: number;
}

/**
 * The state after one more evaluation.
 * @throws RangeError when the metric is not among those evaluated
 */
export function judge(
  { metric, mode, minDelta = 0, minRelativeDelta = 0 }: EarlyStoppingOptions,
  metrics: Readonly<Record<string, number>>,
  step: number,
  best: BestSoFar | undefined,
): BestSoFar {
  const value = metrics[metric];
  if (value === undefined) {
    throw new RangeError(`early stopping: no metric ${metric}; there are ${Object.keys(metrics).join(', ')}`);
  }
  if (best === undefined) return { value, step, waited: 0 };
  const margin = Math.max(minDelta, minRelativeDelta * Math.abs(best.value));
  const better = mode === 'min' ? value < best.value - margin : value > best.value + margin;
  return better ? { value, step, waited: 0 } : { ...best, waited: best.waited + 1 };
}
