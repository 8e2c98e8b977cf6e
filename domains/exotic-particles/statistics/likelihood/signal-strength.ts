// Tests of a signal's strength by the asymptotic formulae of Cowan, Cranmer, Gross and Vitells, Eur. Phys. J. C 71, 1554
// (2011), arXiv:1007.1727: exclusion by CLs (Read, J. Phys. G 28, 2693 (2002)) with the test statistic q-tilde, discovery
// by q_0, and the interval of mu. For histograms of more than a handful of events a bin.
import type { Interval } from '../../../../core/metrics/interval.ts';
import { normalProbability, normalQuantile } from '../../../../core/metrics/normal.ts';
import {
  asimovData,
  type BinnedData,
  type BinnedModel,
  bestStrength,
  bisect,
  observedData,
  profiledNegativeLog,
  requireModel,
} from './binned-model.ts';

/** 2 [-ln L(mu) + ln L(mu-hat)], mu-hat >= 0; never below 0. */
function likelihoodRatio(model: BinnedModel, data: BinnedData, mu: number, best: number): number {
  return Math.max(0, 2 * (profiledNegativeLog(model, data, mu) - profiledNegativeLog(model, data, best)));
}

/** Equation (16): 0 where the data want more signal than mu. */
function qTilde(model: BinnedModel, data: BinnedData, mu: number): number {
  const best = bestStrength(model, data);
  return best > mu ? 0 : likelihoodRatio(model, data, mu, best);
}

/** CLs_s+b / CLs_b at a test statistic in standard deviations of the background-only hypothesis. */
const ratioAt = (statistic: number, asimovRoot: number): number =>
  normalProbability(-(statistic + asimovRoot)) / normalProbability(-statistic);

export interface ClsResult {
  /** CL_s of the data: below 0.05 the strength is excluded at 95 %. */
  readonly observed: number;
  /** What background alone would give: at its -2, -1, 0, 1 and 2 standard deviations. */
  readonly expected: readonly number[];
}

/**
 * Modified frequentist confidence of a signal of strength mu, equations (59), (65) and (66).
 *
 * @param events n_i of each bin
 * @param mu strength tested, > 0
 * @throws RangeError when bins do not fit each other, or mu is not above 0
 */
export function cls(model: BinnedModel, events: readonly number[], mu = 1): ClsResult {
  requireModel(model, events);
  if (!(mu > 0)) throw new RangeError(`cls: expected a strength above 0, got ${mu}`);
  const data = observedData(model, events);
  const q = qTilde(model, data, mu);
  const asimovRoot = Math.sqrt(qTilde(model, asimovData(model, data, 0), mu));
  const root = Math.sqrt(q);
  const statistic = root <= asimovRoot ? root - asimovRoot : (q - asimovRoot ** 2) / (2 * asimovRoot);
  return {
    observed: ratioAt(statistic, asimovRoot),
    expected: [2, 1, 0, -1, -2].map((sigmas) => ratioAt(sigmas, asimovRoot)),
  };
}

export interface UpperLimits {
  readonly observed: number;
  /** At -2, -1, 0, 1 and 2 standard deviations of background alone. */
  readonly expected: readonly number[];
}

/** Strengths excluded at 1 - alpha by CLs: where it falls to alpha. @param alpha 0.05 by default */
export function upperLimits(model: BinnedModel, events: readonly number[], alpha = 0.05): UpperLimits {
  const limit = (read: (result: ClsResult) => number): number => {
    let high = 1;
    while (read(cls(model, events, high)) > alpha) high *= 2;
    return bisect((mu) => (mu === 0 ? -1 : alpha - read(cls(model, events, mu))), 0, high);
  };
  return {
    observed: limit(({ observed }) => observed),
    expected: [0, 1, 2, 3, 4].map((k) => limit(({ expected }) => expected[k])),
  };
}

/** Significance of an excess, sqrt(q_0), equations (12) and (53): 0 where the data want no signal. */
export function discoverySignificance(model: BinnedModel, events: readonly number[]): number {
  requireModel(model, events);
  const data = observedData(model, events);
  return Math.sqrt(likelihoodRatio(model, data, 0, bestStrength(model, data)));
}

/** Significance to be expected of a signal of strength mu: that of its Asimov data set. */
export const expectedSignificance = (model: BinnedModel, mu = 1): number =>
  discoverySignificance(
    model,
    model.signal.map((s, i) => mu * s + model.background[i]),
  );

/** The best strength >= 0 and where -2 ln L rises by the square of the normal quantile, cut at 0. */
export function strengthInterval(model: BinnedModel, events: readonly number[], level = 0.95): Interval {
  requireModel(model, events);
  const data = observedData(model, events);
  const value = bestStrength(model, data);
  const rise = normalQuantile((1 + level) / 2) ** 2;
  const above = (mu: number): number => likelihoodRatio(model, data, mu, value) - rise;
  let step = 1;
  while (above(value + step) < 0) step *= 2;
  const low = value === 0 || above(0) <= 0 ? 0 : bisect((mu) => -above(mu), 0, value);
  return { value, low, high: bisect(above, value, value + step) };
}
