// How collision networks learn: the paper's recipe, and a modern one that needs a tenth of its passes.
import type { FitOptions } from '../../../core/training/fit.ts';
import { adamW } from '../../../core/training/optimizers/adam-w.ts';
import { sgd } from '../../../core/training/optimizers/sgd.ts';
import { exponentialDecay, linearRamp, warmUpCosine } from '../../../core/training/schedules.ts';

export interface Recipe
  extends Pick<
    FitOptions,
    'batchSize' | 'epochs' | 'optimizer' | 'schedules' | 'earlyStopping' | 'stepsPerCall' | 'evaluateEvery'
  > {
  /** Strength of the penalty sum W^2, part of the objective. */
  readonly l2: number;
}

export interface PaperRecipeOptions {
  /** Factor by which the rate is divided at each batch: 1.0000002 for HIGGS, the default; 1.0000003 for SUSY with dropout. */
  readonly decay?: number;
  /** Networks with dropout have no penalty, and wait 40 passes instead of 10. Default false. */
  readonly dropout?: boolean;
  /** Passes at most. Default 200, where the paper's momentum has reached its end. */
  readonly epochs?: number;
}

/**
 * SGD of Baldi, Sadowski and Whiteson 2014 (github uci-igb/higgs-susy): batches of 100, rate 0.05 falling to 1e-6, momentum
 * 0.9 rising by each pass to 0.99 over 200 of them, 1e-5 sum W^2 on every layer; it stops when the objective of the
 * validation events has not improved by a relative 1e-5 over 10 passes.
 */
export const paperRecipe = (options: PaperRecipeOptions = {}): Recipe => {
  const { decay = 1.0000002, dropout = false, epochs = 200 } = options;
  return {
    batchSize: 100,
    epochs,
    optimizer: sgd({ learningRate: 0.05, momentum: 0.9 }),
    schedules: {
      learningRate: exponentialDecay({ initial: 0.05, factor: 1 / decay, least: 1e-6 }),
      momentum: linearRamp({ initial: 0.9, final: 0.99, over: 200 }),
    },
    earlyStopping: { metric: 'loss', mode: 'min', patience: dropout ? 40 : 10, minRelativeDelta: 1e-5 },
    stepsPerCall: 8,
    l2: dropout ? 0 : 1e-5,
  };
};

export interface AdamRecipeOptions {
  readonly epochs?: number;
  readonly batchSize?: number;
  /** Largest step size. */
  readonly learningRate?: number;
  /** Decoupled, of matrices of weights. */
  readonly weightDecay?: number;
}

/** AdamW, the step size rising over the first tenth of the steps and ending at 0; the pass of least validation cross-entropy is kept. */
export const adamRecipe = (options: AdamRecipeOptions = {}): Recipe => {
  const { epochs = 16, batchSize = 256, learningRate = 2e-3, weightDecay = 0.01 } = options;
  return {
    batchSize,
    epochs,
    optimizer: adamW({ learningRate, weightDecay, appliesTo: (name) => name.endsWith('kernel') }),
    schedules: { learningRate: warmUpCosine({ peak: learningRate }) },
    earlyStopping: { metric: 'crossEntropy', mode: 'min', patience: epochs },
    // A call's own cost is a fifth of a step as short as these.
    stepsPerCall: 4,
    l2: 0,
  };
};
