// What networks are trained towards: the Bernoulli likelihood of being a case, or the margin of a support vector machine.
import { add, maximum, mul, type Scalar, squeeze, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { rocArea } from '../../../core/metrics/roc.ts';
import { trainableWeights } from '../../../core/models/named-weights.ts';
import { l2Penalty, logitCrossEntropy, weightedMean } from '../../../core/training/losses.ts';
import type { Objective } from '../../../core/training/objective.ts';

export interface CaseObjectiveOptions {
  /** Inputs that the model reads, in its order. */
  readonly inputs: readonly string[];
  /** Strength of sum W^2. */
  readonly l2: number;
  /** Weights that are penalised, by name. */
  readonly penalised: (name: string) => boolean;
  /** `hinge`: max(0, 1 - (2 y - 1) s). Default `likelihood`. */
  readonly loss?: 'likelihood' | 'hinge';
}

/** Mean hinge of scores s [rows, 1] and labels 0 and 1 [rows, 1] (Cortes and Vapnik 1995). */
const hinge = (label: Tensor, score: Tensor, weight: Tensor): Scalar => {
  const margin = mul(sub(mul(label, 2), 1), score);
  return weightedMean(squeeze(maximum(sub(1, margin), 0), [1]), weight);
};

/** The loss of a model whose first output is a score [rows, 1], higher for cases; `label` [rows, 1] is among the inputs. */
export function caseObjective(model: LayersModel, options: CaseObjectiveOptions): Objective {
  const { inputs, l2, penalised, loss = 'likelihood' } = options;
  const weights = Object.entries(trainableWeights(model)).filter(([name]) => penalised(name));
  return (given, training) => {
    const { label, weight } = given;
    const read = inputs.map((name) => given[name]);
    const answers = model.apply(read.length === 1 ? read[0] : read, { training }) as Tensor | Tensor[];
    const score = Array.isArray(answers) ? answers[0] : answers;
    const fit = loss === 'hinge' ? hinge : logitCrossEntropy;
    const error = fit(label, score, weight);
    const penalty = l2 === 0 ? undefined : mul(2 * l2, l2Penalty(weights.map(([, variable]) => variable)));
    return {
      loss: penalty === undefined ? error : (add(error, penalty) as Scalar),
      metrics: { error: mul(error, 1) as Scalar },
      rows: { score: squeeze(score, [1]), label: squeeze(label, [1]) },
    };
  };
}

/** `auc`: area under the ROC curve of the validation rows; 0.5 where one class is missing. */
export function caseMetrics({ score, label }: Readonly<Record<string, Float32Array>>): { auc: number } {
  const cases = label.reduce((sum, y) => sum + y, 0);
  return { auc: cases === 0 || cases === label.length ? 0.5 : rocArea(score, label) };
}
