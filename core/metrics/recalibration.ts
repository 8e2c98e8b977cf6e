// Logistic recalibration (Cox 1958; Platt 1999): the line in the log odds on which a score is right on average, by maximum
// likelihood, with the covariance of its two numbers. An intercept of 0 and a slope of 1 say that a score is calibrated; a
// slope below 1 that it is too sure (Van Calster et al. 2019).
import { logistic } from './logistic.ts';

export interface Recalibration {
  /** a and b of log odds = a + b x logit. */
  readonly intercept: number;
  readonly slope: number;
  /** Of (a, b), from the inverse information. */
  readonly covariance: readonly [readonly [number, number], readonly [number, number]];
}

/**
 * Newton's iterations on the likelihood, each step halved until the likelihood grows.
 *
 * @param logits scores as log odds
 * @param labels 0 or 1
 * @param ridge strength of slope^2 / 2, which keeps the slope of separable scores finite. Default 1e-6
 * @throws RangeError when a class is missing, lengths differ or a logit is no number
 */
export function recalibrate(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  ridge = 1e-6,
): Recalibration {
  const n = logits.length;
  if (!Array.prototype.every.call(logits, Number.isFinite))
    throw new RangeError('recalibrate: a logit is no finite number');
  let positives = 0;
  for (let i = 0; i < labels.length; i++) positives += labels[i];
  if (labels.length !== n) throw new RangeError(`recalibrate: expected ${n} labels, got ${labels.length}`);
  if (positives === 0 || positives === n) throw new RangeError('recalibrate: expected rows of both classes');
  const logLikelihood = (a: number, b: number): number => {
    let sum = (-ridge * b * b) / 2;
    for (let i = 0; i < n; i++) {
      const l = a + b * logits[i];
      // ln(1 + e^l) without overflow.
      sum += labels[i] * l - Math.max(l, 0) - Math.log1p(Math.exp(-Math.abs(l)));
    }
    return sum;
  };
  let [a, b] = [Math.log(positives / (n - positives)), 0];
  let likelihood = logLikelihood(a, b);
  let covariance: Recalibration['covariance'] = [
    [0, 0],
    [0, 0],
  ];
  for (let iteration = 0; iteration < 100; iteration++) {
    let [ga, gb, haa, hab, hbb] = [0, -ridge * b, 0, 0, ridge];
    for (let i = 0; i < n; i++) {
      const x = logits[i];
      const p = logistic(a + b * x);
      const error = labels[i] - p;
      const weight = p * (1 - p);
      ga += error;
      gb += error * x;
      haa += weight;
      hab += weight * x;
      hbb += weight * x * x;
    }
    const determinant = haa * hbb - hab * hab;
    // Scores that are all alike have no slope.
    if (!(hbb - ridge - (hab * hab) / haa > 1e-9 * hbb)) {
      b = 0;
      a = Math.log(positives / (n - positives));
      covariance = [
        [n / (positives * (n - positives)), 0],
        [0, 0],
      ];
      break;
    }
    covariance = [
      [hbb / determinant, -hab / determinant],
      [-hab / determinant, haa / determinant],
    ];
    let da = covariance[0][0] * ga + covariance[0][1] * gb;
    let db = covariance[1][0] * ga + covariance[1][1] * gb;
    // Newton's step is too long where the likelihood is far from a parabola.
    let next = logLikelihood(a + da, b + db);
    for (let halvings = 0; !(next >= likelihood) && halvings < 40; halvings++) {
      da /= 2;
      db /= 2;
      next = logLikelihood(a + da, b + db);
    }
    if (!(next >= likelihood)) break;
    [a, b, likelihood] = [a + da, b + db, next];
    if (Math.abs(da) + Math.abs(db) < 1e-10) break;
  }
  return { intercept: a, slope: b, covariance };
}

/**
 * Log odds for a population of another prevalence: what changes is the odds before anything is known (King and Zeng 2001).
 *
 * @param logit log odds where the share `sampled` are cases, as in a case-control study
 * @param prevalence share of cases where the answer is to hold
 */
export const correctPrior = (logit: number, sampled: number, prevalence: number): number =>
  logit + Math.log(prevalence / (1 - prevalence)) - Math.log(sampled / (1 - sampled));
