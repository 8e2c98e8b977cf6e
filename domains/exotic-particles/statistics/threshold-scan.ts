// What an analysis gains from a score: for every cut on it the events that stay, and a figure of merit of them.
import type { RankedScores } from '../../../core/metrics/ranked-scores.ts';
import { asimovSignificance } from './significance.ts';

/** What is expected before any cut, in events. */
export interface Yields {
  readonly signal: number;
  readonly background: number;
}

/** The paper's table: 100 signal events over 1000 background events, these known to 5 %. */
export const paperYields: Yields = { signal: 100, background: 1000 };
export const paperUncertainty = 0.05;

/** A figure of merit of s signal and b background events. */
export type FigureOfMerit = (signal: number, background: number) => number;

/** Z_A with a background known to a share of itself. @param relative standard error of b as a share of b, 0.05 in the paper */
export const asimovWith =
  (relative = paperUncertainty): FigureOfMerit =>
  (signal, background) =>
    asimovSignificance(signal, background, relative * background);

export interface ScanOptions {
  /** Events before any cut; the sums of the weights when left out. */
  readonly yields?: Yields;
  /** Z_A with 5 % by default. */
  readonly figure?: FigureOfMerit;
  /**
   * Rows of background that a cut must leave, 10 by default: with fewer its efficiency, and with it the figure, is not known
   * to better than a third, and the best cut would be the luckiest.
   */
  readonly leastBackgroundRows?: number;
}

/** One cut: events with score >= threshold are taken. */
export interface Cut {
  readonly threshold: number;
  /** Events expected to stay. */
  readonly signal: number;
  readonly background: number;
  readonly value: number;
}

export interface ThresholdScan {
  /** Different scores, falling. */
  readonly thresholds: Float64Array;
  readonly signal: Float64Array;
  readonly background: Float64Array;
  /** Figure of merit; NaN where too few background rows stay or the weights of a class sum to 0 or less. */
  readonly values: Float64Array;
  readonly best: Cut;
}

/**
 * Scans all cuts. The best of many is too good on the rows that chose it: choose on validation rows and read
 * {@link cutAt} on others.
 *
 * @param weights of the rows, with their sign; 1 when left out
 * @throws RangeError when no cut leaves enough background rows, or a class has no weight
 */
export function scanThresholds(
  ranked: RankedScores,
  weights?: ArrayLike<number>,
  { yields, figure = asimovWith(), leastBackgroundRows = 10 }: ScanOptions = {},
): ThresholdScan {
  const totals = ranked.totals(weights);
  const { signal, background } = yields ?? { signal: totals.positive, background: totals.negative };
  const { thresholds, positive, negative, negativeRows } = ranked.sweep(weights);
  const s = positive.map((w) => (w / totals.positive) * signal);
  const b = negative.map((w) => (w / totals.negative) * background);
  const values = s.map((taken, k) =>
    negativeRows[k] >= leastBackgroundRows && b[k] > 0 && taken >= 0 ? figure(taken, b[k]) : Number.NaN,
  );
  let best = -1;
  for (let k = 0; k < values.length; k++)
    if (!Number.isNaN(values[k]) && (best < 0 || values[k] > values[best])) best = k;
  if (best < 0) throw new RangeError(`scanThresholds: no cut leaves ${leastBackgroundRows} background rows`);
  return {
    thresholds,
    signal: s,
    background: b,
    values,
    best: { threshold: thresholds[best], signal: s[best], background: b[best], value: values[best] },
  };
}

/** The best value of a scan as a figure for {@link scoreBootstrap}. */
export const bestFigure =
  (options: ScanOptions = {}) =>
  (ranked: RankedScores, weights?: ArrayLike<number>): number =>
    scanThresholds(ranked, weights, options).best.value;

/** The given cut, whatever rows it leaves; its value is NaN without background. @throws RangeError when a class has no weight */
export function cutAt(
  ranked: RankedScores,
  threshold: number,
  weights?: ArrayLike<number>,
  { yields, figure = asimovWith() }: ScanOptions = {},
): Cut {
  const totals = ranked.totals(weights);
  let [positive, negative] = [0, 0];
  for (let i = 0; i < ranked.scores.length; i++) {
    if (ranked.scores[i] < threshold) continue;
    const w = weights === undefined ? 1 : weights[i];
    if (ranked.labels[i] === 1) positive += w;
    else negative += w;
  }
  const signal = (positive / totals.positive) * (yields?.signal ?? totals.positive);
  const background = (negative / totals.negative) * (yields?.background ?? totals.negative);
  const value = background > 0 && signal >= 0 ? figure(signal, background) : Number.NaN;
  return { threshold, signal, background, value };
}
