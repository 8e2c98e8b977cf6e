// The trials of a sweep in the order of their objective: the mean over seeds and folds with its interval. The best is chosen among
// those whose every seed is finished, by validation alone.
import { isDeepStrictEqual } from 'node:util';
import type { Estimate, Figure } from '../../../domains/domain.ts';
import { estimateText, metricText } from '../../format/number-text.ts';
import type { TrialValues } from '../draw-trials.ts';
import type { CollectedElement } from './collect-elements.ts';
import { foldEstimate, foldFigures } from './fold-estimate.ts';
import { meanEstimate } from './mean-estimate.ts';
import { isBetter, type Objective } from './objective.ts';

export const level = 0.95;

export interface TrialSummary {
  readonly trial: number;
  /** Of successive halving the last that it reached with all its seeds; else 1. */
  readonly rung: number;
  readonly values: TrialValues;
  /** Mean over the runs; without an interval (low = high) for one. */
  readonly estimate: Estimate;
  /** One for each seed and fold. */
  readonly runs: readonly CollectedElement[];
  /** Its run with the best objective. */
  readonly best: CollectedElement;
}

export interface SweepSummary {
  /** Trials whose every seed has the objective, best first; those of a higher rung before those of a lower. */
  readonly ranked: readonly TrialSummary[];
  readonly chosen?: TrialSummary;
}

/** The mean over a trial's runs with its interval at {@link level}, which knows of folds. */
function estimateOf(runs: readonly CollectedElement[], values: readonly number[]): Estimate {
  const rows = runs.flatMap((run) => (run.rows === undefined ? [] : [run.rows]));
  return rows.length === 0 ? meanEstimate(values, level) : foldEstimate(values, rows, level);
}

/** The test figures of a trial: of its best run, or over all of its folds. */
export function trialFigures({ runs, best }: TrialSummary): readonly Figure[] {
  const rows = runs.flatMap((run) => (run.rows === undefined ? [] : [run.rows]));
  if (rows.length === 0) return best.figures;
  return foldFigures(
    runs.map(({ figures }) => figures),
    rows,
    level,
  );
}

/** `0.0312` or `0.0312 [0.0291, 0.0333]`. */
export function valueText(estimate: Estimate): string {
  if (estimate.low === estimate.high) return metricText(estimate.value);
  const { value, interval } = estimateText(estimate);
  return `${value} ${interval}`;
}

/** What all runs of a trial set alike: all but the fold. */
function sharedValues(runs: readonly CollectedElement[]): TrialValues {
  const [first, ...others] = runs.map(({ state }) => state.element.values);
  return Object.fromEntries(
    Object.entries(first).filter(([path, value]) =>
      others.every((values) => isDeepStrictEqual(values[path], value)),
    ),
  );
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
    const { trial } = own[0].state.element;
    const settings = sharedValues(own);
    const estimate = estimateOf(own, values);
    return [{ trial, rung: rungOf(own[0]), values: settings, estimate, runs: own, best }];
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
