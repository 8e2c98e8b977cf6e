// What classifiers are trained towards: the digit, by cross-entropy of logits; or, for LeNet-5 with its radial-basis output, by the
// criterion of its paper.
import {
  add,
  argMax,
  cast,
  equal,
  logSumExp,
  mul,
  neg,
  oneHot,
  reshape,
  softplus,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { l2Penalty, softmaxCrossEntropy, weightedMean } from '../../../core/training/losses.ts';
import type { Objective } from '../../../core/training/objective.ts';

/** j of equation 9: where wrong classes stop being pushed away. */
const rubbish = 0.1;

/**
 * y_D + ln(e^{-j} + sum_i e^{-y_i}) of distances y: the maximum a posteriori criterion of LeCun et al. 1998, equation 9, in which
 * "none of these" is a class of its own.
 */
export function posteriorCriterion(target: Tensor, distances: Tensor): Tensor {
  const own = sum(mul(target, distances), 1);
  const others = logSumExp(neg(distances), 1);
  // ln(e^-j + e^z) without overflow, z being below 0 by far at the start.
  return add(own, add(-rubbish, softplus(add(others, rubbish))));
}

export interface ClassificationOptions {
  readonly classes: number;
  /** Distances of a radial-basis output instead of logits. */
  readonly distances?: boolean;
  /** Strength of the penalty on half the squares of these weights. */
  readonly decay?: { readonly strength: number; readonly weights: readonly Tensor[] };
}

/** @param forward answers [rows, classes] for pixels [rows, 28, 28] of 0 ... 255 */
export function classificationObjective(
  forward: (pixels: Tensor, training: boolean) => Tensor,
  { classes, distances = false, decay }: ClassificationOptions,
): Objective {
  return ({ pixels, label, weight }, training) => {
    const answer = forward(pixels, training);
    const index = cast(reshape(label, [-1]), 'int32');
    const target = cast(oneHot(index as never, classes), 'float32');
    const likelihood = weightedMean(
      distances ? posteriorCriterion(target, answer) : softmaxCrossEntropy(target, answer),
      weight,
    );
    const loss =
      decay && training ? add(likelihood, mul(decay.strength, l2Penalty(decay.weights))) : likelihood;
    if (training) return { loss } as ReturnType<Objective>;
    const called = argMax(distances ? neg(answer) : answer, 1);
    const wrong = sub(1, cast(equal(called, index), 'float32'));
    return { loss, metrics: { error: weightedMean(wrong, weight) } } as ReturnType<Objective>;
  };
}
