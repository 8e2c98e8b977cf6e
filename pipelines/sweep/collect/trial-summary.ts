// The trials of a sweep in the order of their objective: the mean over seeds with Student's interval. The best is chosen among
// those whose every seed is finished, by validation alone.
import { studentQuantile } from '../../../core/metrics/student-quantile.ts';
import type { Estimate } from '../../../domains/domain.ts';
import { estimateText, metricText } from '../../format/number-text.ts';
import type { TrialValues } from '../draw-trials.ts';
import type { CollectedElement } from './collect-elements.ts';
import { isBetter, type Objective } from './objective.ts';

export const level = 0.95;

export interface TrialSummary {
  readonly trial: number;
  readonly values: TrialValues;
  /** Mean over the seeds; without an interval (low = high) for one seed. */
  readonly estimate: Estimate;
  readonly seeds: number;
  /** Its run with the best objective. */
  readonly best: CollectedElement;
}

export interface SweepSummary {
  /** Trials whose every seed has the objective, best first. */
  readonly ranked: readonly TrialSummary[];
  readonly chosen?: TrialSummary;
}

/** The mean of values with its interval at {@link level}. */
export function meanEstimate(values: readonly number[]): Estimate {
  const n = values.length;
  const value = values.reduce((a, b) => a + b, 0) / n;
  if (n < 2) return { value, low: value, high: value };
  const variance = values.reduce((sum, v) => sum + (v - value) ** 2, 0) / (n - 1);
  const half = studentQuantile(level, n - 1) * Math.sqrt(variance / n);
  return { value, low: value - half, high: value + half };
}

/** `0.0312` or `0.0312 [0.0291, 0.0333]`. */
export function valueText(estimate: Estimate): string {
  if (estimate.low === estimate.high) return metricText(estimate.value);
  const { value, interval } = estimateText(estimate);
  return `${value} ${interval}`;
}

export function summarise(elements: readonly CollectedElement[], objective: Objective): SweepSummary {
  const byTrial = new Map<number, CollectedElement[]>();
  for (const element of elements) {
    const { trial } = element.state.element;
    byTrial.set(trial, [...(byTrial.get(trial) ?? []), element]);
  }
  const trials = [...byTrial].flatMap(([trial, all]): TrialSummary[] => {
    const values = all.flatMap(({ objective: value }) => (value === undefined ? [] : [value]));
    if (values.length < all.length) return [];
    const best = all.reduce((a, b) =>
      isBetter(objective, Number(b.objective), Number(a.objective)) ? b : a,
    );
    const { values: settings } = all[0].state.element;
    return [{ trial, values: settings, estimate: meanEstimate(values), seeds: all.length, best }];
  });
  const sign = objective.goal === 'min' ? 1 : -1;
  const ranked = trials.sort((a, b) => sign * (a.estimate.value - b.estimate.value) || a.trial - b.trial);
  return { ranked, chosen: ranked.at(0) };
}
