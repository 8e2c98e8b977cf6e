// How long and how fast the networks of this domain learn: Adam, whose step size ends at 0 by a cosine or stays.
import type { FitOptions } from '../../core/training/fit.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import { cosineDecay } from '../../core/training/schedules.ts';

export interface Learning {
  readonly steps: number;
  readonly batchSize: number;
  /** Of Adam, at the start. */
  readonly learningRate: number;
  /** Default `cosine`. */
  readonly schedule?: 'cosine' | 'constant';
  /** Lines of history and evaluations on the validation lattices, evenly over the steps. Default 10. */
  readonly evaluations?: number;
}

/** The options of `fit` that say so. */
export const learningOptions = ({
  steps,
  batchSize,
  learningRate,
  schedule = 'cosine',
  evaluations = 10,
}: Learning): Pick<FitOptions, 'steps' | 'batchSize' | 'optimizer' | 'schedules' | 'evaluateEvery'> => ({
  steps,
  batchSize,
  optimizer: adam({ learningRate }),
  schedules: schedule === 'cosine' ? { learningRate: cosineDecay({ initial: learningRate }) } : {},
  evaluateEvery: Math.ceil(steps / evaluations),
});
