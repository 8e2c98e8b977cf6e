// What a loss may ask of a code: that few of its units are at work for any one input. Penalties to be added to a loss; batches
// hold rows of weight 0 where they are padded, which count nowhere.
import {
  abs,
  add,
  clipByValue,
  div,
  log,
  mul,
  type Scalar,
  sub,
  sum,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { weightedMean } from './losses.ts';

/** Mean over rows of sum_j |h_j|: Keras's L1 activity regulariser, which divides the sum over the batch by its rows. */
export const activityPenalty = (code: Tensor, weight: Tensor): Scalar =>
  tidy(() => weightedMean(sum(abs(code), 1), weight));

/**
 * sum_j KL(rho || m_j) with m_j the mean of unit j over the batch (Ng, CS294A lecture notes: Sparse autoencoder, 2011).
 *
 * @param code activations in (0, 1), [rows, units]
 * @param rho mean activation that is wanted, in (0, 1)
 */
export const meanActivityDivergence = (code: Tensor, weight: Tensor, rho: number): Scalar =>
  tidy(() => {
    const mean = div(sum(mul(code, weight.reshape([-1, 1])), 0), sum(weight));
    const m = clipByValue(mean, 1e-6, 1 - 1e-6);
    const on = mul(rho, sub(Math.log(rho), log(m)));
    const off = mul(1 - rho, sub(Math.log(1 - rho), log(sub(1, m))));
    return sum(add(on, off)) as Scalar;
  });
