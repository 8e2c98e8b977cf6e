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
  /** Of successive halving the last that it reached with all its seeds; else 1. */
  readonly rung: number;
  readonly values: TrialValues;
  /** Mean over the seeds; without an interval (low = high) for one seed. */
  readonly estimate: Estimate;
  readonly seeds: number;
  /** Its run with the best objective. */
  readonly best: CollectedElement;
}

export interface SweepSummary {
  /** Trials whose every seed has the objective, best first; those of a higher rung before those of a lower. */
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

const rungOf = ({ state }: CollectedElement): number => state.element.rung ?? 1;

export function summarise(elements: readonly CollectedElement[], objective: Objective): SweepSummary {
  const groups = new Map<string, CollectedElement[]>();
  for (const element of elements) {
    const key = `${element.state.element.trial} ${rungOf(element)}`;
    groups.set(key, [...(groups.get(key) ?? []), element]);
  }
  const all = [...groups.values()].flatMap((own): TrialSummary[] => {
    const values = own.flatMap(({ objective: value }) => (value === undefined ? [] : [value]));
    if (values.length < own.length) return [];
    const best = own.reduce((a, b) =>
      isBetter(objective, Number(b.objective), Number(a.objective)) ? b : a,
    );
    const { trial, values: settings } = own[0].state.element;
    const estimate = meanEstimate(values);
    return [{ trial, rung: rungOf(own[0]), values: settings, estimate, seeds: own.length, best }];
  });
  const highest = new Map<number, number>();
  for (const { trial, rung } of all) highest.set(trial, Math.max(rung, highest.get(trial) ?? 1));
  const sign = objective.goal === 'min' ? 1 : -1;
  const ranked = all
    .filter(({ trial, rung }) => rung === highest.get(trial))
    .sort((a, b) => b.rung - a.rung || sign * (a.estimate.value - b.estimate.value) || a.trial - b.trial);
  return { ranked, chosen: ranked.at(0) };
}

/** All trials at the budget that all had: of successive halving those of the first rung. */
export const firstRung = (elements: readonly CollectedElement[]): CollectedElement[] =>
  elements.filter((element) => rungOf(element) === 1);
