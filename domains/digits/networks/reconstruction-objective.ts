// What autoencoders are trained towards: the pixels that they were given, by binary cross-entropy as the course has it, and
// what may be asked besides.
import { add, clipByValue, div, mean, mul, reshape, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { randomNormal } from '../../../core/engine/random-op.ts';
import { logitCrossEntropy, meanSquaredError } from '../../../core/training/losses.ts';
import type { Objective } from '../../../core/training/objective.ts';
import { activityPenalty, meanActivityDivergence } from '../../../core/training/sparsity.ts';

export interface ReconstructionWishes {
  /** Strength of the penalty on sum |code|, divided by rows as Keras does. */
  readonly l1?: number;
  /** Mean activity of code units that is wanted, and how strongly. */
  readonly sparsity?: { readonly rho: number; readonly strength: number };
  /** Standard deviation of the noise that is added to the input while training, the result kept in [0, 1]. */
  readonly noise?: { readonly deviation: number; readonly seed: number };
}

/** Pixels 0 ... 255, [rows, 28, 28], as shares [rows, 784]. */
export const shares = (pixels: Tensor): Tensor => div(reshape(pixels, [-1, 784]), 255);

/** Binary cross-entropy per pixel plus penalties; metrics `crossEntropy` and `squaredError` are free of them. */
export function reconstructionObjective(model: LayersModel, wishes: ReconstructionWishes = {}): Objective {
  const { l1 = 0, sparsity, noise } = wishes;
  return ({ pixels, weight }, training) => {
    const x = shares(pixels);
    const seen =
      noise && training
        ? clipByValue(add(x, mul(randomNormal(x.shape, noise.seed), noise.deviation)), 0, 1)
        : x;
    const [reconstruction, code, logit] = model.apply(seen, { training }) as Tensor[];
    const crossEntropy = logitCrossEntropy(x, logit, weight);
    let loss = crossEntropy;
    if (l1 > 0) loss = add(loss, mul(l1, activityPenalty(code, weight)));
    if (sparsity)
      loss = add(loss, mul(sparsity.strength, meanActivityDivergence(code, weight, sparsity.rho)));
    if (training) return { loss };
    return { loss, metrics: { crossEntropy, squaredError: meanSquaredError(x, reconstruction, weight) } };
  };
}

/** Mean over pixels of (x - r)^2 for each row, [rows, 1]. */
export const rowSquaredError = (x: Tensor, r: Tensor): Tensor => mean(square(sub(x, r)), 1, true);
