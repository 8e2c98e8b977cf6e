// What a classifier is trained towards: cross-entropy of a softmax, from logits, with the share of wrong calls as a metric.
import { argMax, cast, equal, oneHot, reshape, sub, type Tensor } from '@tensorflow/tfjs-core';
import { softmaxCrossEntropy, weightedMean } from './losses.ts';
import type { Objective } from './objective.ts';

export interface ClassObjectiveOptions {
  readonly classes: number;
  /** Input that has the number of each row's class, [rows] or [rows, 1]. Default `label`. */
  readonly label?: string;
}

/**
 * ln sum_k e^{l_k} - l_y, averaged over rows by weight, for logits l and class y; besides it, in validation, the metric `error`:
 * the share of rows whose greatest logit is not that of their class.
 *
 * @param logits answers [rows, classes] to the inputs of a batch
 */
export function classObjective(
  logits: (inputs: Record<string, Tensor>, training: boolean) => Tensor,
  { classes, label = 'label' }: ClassObjectiveOptions,
): Objective {
  return (inputs, training) => {
    const answer = logits(inputs, training);
    const index = cast(reshape(inputs[label], [-1]), 'int32');
    const target = cast(oneHot(index as never, classes), 'float32');
    const loss = weightedMean(softmaxCrossEntropy(target, answer), inputs.weight);
    if (training) return { loss };
    const wrong = sub(1, cast(equal(argMax(answer, 1), index), 'float32'));
    return { loss, metrics: { error: weightedMean(wrong, inputs.weight) } };
  };
}
