// Platt's calibration (Platt 1999): a network's output z = logit(p) is replaced by a z + b, with a and b fitted to the
// validation lattices by maximum likelihood. It leaves the order of the lattices and nearly every classification as they
// are, and takes out the over-confidence that differs from network to network and would move the crossing.
import { recalibrate } from '../../core/metrics/recalibration.ts';

/** p -> 1 / (1 + exp(-(slope logit(p) + offset))) */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

/** Outputs are kept this far from 0 and 1, where the logit ends. */
export const CLIP = 1e-6;

const logit = (p: number): number => {
  const clipped = Math.min(1 - CLIP, Math.max(CLIP, p));
  return Math.log(clipped / (1 - clipped));
};

/** Leaves outputs as they are. */
export const identity: Calibration = { slope: 1, offset: 0 };

/**
 * Fits a calibration by maximum likelihood.
 *
 * @param outputs p in [0, 1] of each lattice
 * @param labels 1 where the lattice is ordered, else 0
 * @returns the identity when the labels are all equal, or separated by the outputs so that no finite fit exists
 */
export function fitCalibration(outputs: ArrayLike<number>, labels: ArrayLike<number>): Calibration {
  const cases = Array.prototype.reduce.call(labels, (sum, label) => Number(sum) + Number(label), 0);
  if (cases === 0 || cases === labels.length) return identity;
  const { slope, intercept, covariance } = recalibrate(Float64Array.from(outputs, logit), labels, 0);
  const [[aa, ab], [, bb]] = covariance;
  // The information of the fit, which vanishes where outputs separate the labels.
  const information = 1 / (aa * bb - ab * ab);
  return slope > 0 && information > 1e-9 * labels.length ? { slope, offset: intercept } : identity;
}
