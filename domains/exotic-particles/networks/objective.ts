// What collision networks are trained towards: the Bernoulli likelihood of their labels, event by event with its weight.
import { add, addN, mean, mul, type Scalar, squeeze, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { rocArea } from '../../../core/metrics/roc.ts';
import { trainableWeights } from '../../../core/models/named-weights.ts';
import { l2Penalty, logitCrossEntropy } from '../../../core/training/losses.ts';
import type { Objective } from '../../../core/training/objective.ts';
import { featuresInput } from './names.ts';

/** The mean of the members' logits [rows, members]: the ensemble's logit, [rows, 1]. */
export const ensembleLogit = (logits: Tensor): Tensor => mean(logits, 1, true);

/**
 * Sum over members of sum_i w_i [ln(1 + e^l_i) - y_i l_i] / sum_i w_i, so that each learns as if alone, plus
 * l2 x sum W^2 over all matrices of weights (biases left out).
 *
 * `crossEntropy` is that of the ensemble without the penalty. Inputs: `features` [rows, columns], `label` [rows, 1] 0 or 1,
 * and `weight` [rows], whose sum must be above 0 in every batch: for weights of mixed sign, take large batches.
 *
 * @param members logits that the model answers
 */
export function collisionObjective(model: LayersModel, members: number, l2 = 0): Objective {
  const kernels = Object.entries(trainableWeights(model)).filter(([name]) => name.endsWith('kernel'));
  return ({ [featuresInput]: features, label, weight }, training) => {
    const logits = model.apply(features, { training }) as Tensor;
    // The mean over members, times their number.
    const likelihood = mul(members, logitCrossEntropy(label, logits, weight));
    const penalty = l2 === 0 ? [] : [mul(2 * l2, l2Penalty(kernels.map(([, variable]) => variable)))];
    const together = ensembleLogit(logits);
    return {
      loss: addN([likelihood, ...penalty]) as Scalar,
      metrics: { crossEntropy: logitCrossEntropy(label, together, weight) },
      rows: { logit: squeeze(together, [1]), label: squeeze(label, [1]), weight: add(weight, 0) },
    };
  };
}

/** `auc`: weighted area under the ROC curve of all validation events. */
export const collisionMetrics = ({
  logit,
  label,
  weight,
}: Readonly<Record<string, Float32Array>>): Record<string, number> => ({
  auc: rocArea(logit, label, weight),
});
