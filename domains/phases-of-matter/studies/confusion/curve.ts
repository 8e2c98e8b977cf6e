// Accuracy against trial temperature, the W of van Nieuwenburg et al., with the interval of its middle peak: a bootstrap
// over networks and, at each temperature, over blocks of test lattices.
import { percentileInterval, resample } from '../../../../core/metrics/bootstrap.ts';
import type { RandomStream } from '../../../../core/random.ts';
import type { Estimate } from '../../../domain.ts';
import { type CurvePoint, middlePeak } from './peak.ts';

/** Windows of the parabola that are tried beside the given one, in units of it. */
export const windowFactors = [0.5, 1.5];

/** Shares of right answers of one network, [temperature][block][trial]. */
export type RightShares = readonly (readonly Float64Array[])[];

/**
 * Shares by block of the lattices of each temperature that are put on the right side of every trial.
 *
 * @param below outputs of the network, [rows, trials]; rows in blocks of `perBlock` of one temperature
 * @param labels of each temperature of the grid, ascending; every temperature has as many rows
 */
export function rightShares(
  below: ArrayLike<number>,
  labels: readonly Float32Array[],
  perBlock: number,
): Float64Array[][] {
  const trials = labels[0].length;
  const rows = below.length / trials / labels.length;
  return labels.map((label, t) => {
    const blocks = Math.max(1, Math.floor(rows / perBlock));
    return Array.from({ length: blocks }, (_, block) => {
      const [from, to] = [block, block + 1].map((b) => Math.floor((b * rows) / blocks));
      const right = new Float64Array(trials);
      for (let row = t * rows + from; row < t * rows + to; row++) {
        for (let k = 0; k < trials; k++) {
          if (below[row * trials + k] > 0.5 === label[k] > 0.5) right[k] += 1 / (to - from);
        }
      }
      return right;
    });
  });
}

/** Mean over temperatures and blocks, all of them or a resampling. */
function curveOf(shares: RightShares, picks?: readonly Uint32Array[]): Float64Array {
  const sum = new Float64Array(shares[0][0].length);
  shares.forEach((blocks, t) => {
    const weight = 1 / (shares.length * blocks.length);
    for (let i = 0; i < blocks.length; i++) {
      const block = blocks[picks ? picks[t][i] : i];
      for (let k = 0; k < sum.length; k++) sum[k] += weight * block[k];
    }
  });
  return sum;
}

const average = (curves: readonly Float64Array[]): Float64Array =>
  curves[0].map((_, k) => curves.reduce((sum, curve) => sum + curve[k], 0) / curves.length);

export interface ConfusionCurve {
  readonly points: readonly (CurvePoint & { readonly low: number; readonly high: number })[];
  /** Missing where the curve has no middle peak. */
  readonly peak?: Estimate & {
    /** Half width of the bootstrap interval, and the largest shift with a window of half or one and a half the width. */
    readonly statistical: number;
    readonly systematic: number;
  };
}

/**
 * The curve of several networks and its peak at 95 %.
 *
 * @param networks right answers of each
 * @param trials ascending
 * @param halfWidth window of the parabola at the peak, J / kB
 */
export function confusionCurveOf(
  networks: readonly RightShares[],
  trials: readonly number[],
  halfWidth: number,
  random: RandomStream,
  resamplings: number,
): ConfusionCurve {
  const pointsOf = (curve: Float64Array): CurvePoint[] =>
    trials.map((trial, k) => ({ trial, accuracy: curve[k] }));
  const whole = pointsOf(average(networks.map((shares) => curveOf(shares))));
  const widening = networks.length > 1 ? Math.sqrt(networks.length / (networks.length - 1)) : 1;
  const replicas = Array.from({ length: resamplings }, () => {
    const picks = networks[0].map((blocks) => resample(blocks.length, random));
    const curves = networks.map((shares) => curveOf(shares, picks));
    const centre = average(curves);
    const drawn = average(curves.map(() => curves[random.integer(curves.length)]));
    return pointsOf(centre.map((value, k) => value + (drawn[k] - value) * widening));
  });
  const points = whole.map((point, k) => {
    const { low, high } = percentileInterval(
      point.accuracy,
      replicas.map((replica) => replica[k].accuracy),
    );
    return { ...point, low, high };
  });
  const value = middlePeak(whole, halfWidth);
  if (value === undefined) return { points };
  const { low, high } = percentileInterval(
    value,
    replicas.map((replica) => middlePeak(replica, halfWidth) ?? Number.NaN),
  );
  const systematic = Math.max(
    ...windowFactors.map((factor) => Math.abs((middlePeak(whole, factor * halfWidth) ?? value) - value)),
  );
  return {
    points,
    peak: {
      value,
      low: value - Math.hypot(value - low, systematic),
      high: value + Math.hypot(high - value, systematic),
      statistical: (high - low) / 2,
      systematic,
    },
  };
}
