// Supervised training: one network, one loss, one optimiser, in the loop of training-loop.ts.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { namedWeights, trainableWeights } from '../models/named-weights.ts';
import type { Objective } from './objective.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import { evaluationAnswers, type LoopOptions, type TrainingResult, train } from './training-loop.ts';
import { trainingStep } from './training-step.ts';

export type { HistoryEntry } from './training-loop.ts';

export interface FitOptions extends LoopOptions {
  readonly model: LayersModel;
  /** The loss, minimised over the model's trainable weights. */
  readonly objective: Objective;
  readonly optimizer: Optimizer;
}

export type FitResult = TrainingResult;

/**
 * Trains until `epochs`, `steps` or early stopping ends it. The model's variables hold the result.
 *
 * @throws UserError when the loss is no longer a number, when a checkpoint does not fit, or nothing is left to train on
 * @throws the signal's reason when stopped
 */
export async function fit({ model, objective, optimizer, ...options }: FitOptions): Promise<FitResult> {
  const trainable = trainableWeights(model);
  const bound = optimizer.bind(trainable);
  const task = {
    who: 'fit',
    weights: namedWeights(model),
    slots: bound.slots,
    rates: optimizer.rates,
    training: trainingStep(objective, trainable, bound),
    evaluation: (given: Record<string, Tensor>) =>
      evaluationAnswers(objective(given, false), options.rowMetrics !== undefined),
  };
  return train(task, options);
}
