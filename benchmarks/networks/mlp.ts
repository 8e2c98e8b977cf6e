// The exotic-particle network: 28 -> 5 x 300 tanh -> 1, SGD with momentum; and 4 x 300, as the paper's code has it.
import type { Tensor } from '@tensorflow/tfjs-core';
import { mlp } from '../../core/models/mlp.ts';
import { binaryCrossEntropy } from '../../core/training/losses.ts';
import { sgd } from '../../core/training/optimizers/sgd.ts';
import { type BenchmarkNetwork, coins, normalNumbers } from './network.ts';

const perceptron = (hidden: number, batch: number, steps: number): BenchmarkNetwork => ({
  name: hidden === 5 ? `mlp-${batch}` : `mlp${hidden}-${batch}`,
  title: `MLP 28-300x${hidden}-1, batch ${batch}`,
  batch,
  steps,
  grouped: 16,
  build: (random) => {
    const model = mlp({
      inputs: 28,
      hidden: new Array(hidden).fill(300),
      hiddenActivation: 'tanh',
      outputs: 1,
      outputActivation: 'sigmoid',
      random,
    });
    return {
      model,
      objective: ({ x, y, weight }) => ({
        loss: binaryCrossEntropy(y, model.apply(x, { training: true }) as Tensor, weight),
      }),
      optimizer: sgd({ learningRate: 0.01, momentum: 0.9 }),
      inputs: { x: { shape: [batch, 28] }, y: { shape: [batch, 1] } },
      batch: { x: normalNumbers(random, batch * 28), y: coins(random, batch) },
    };
  },
});

export const smallBatchPerceptron = perceptron(5, 100, 160);
export const largeBatchPerceptron = perceptron(5, 1000, 32);
/** Four hidden layers: what the paper's "five-layer" network is in its code. */
export const paperPerceptrons = [perceptron(4, 100, 160), perceptron(4, 1000, 32)] as const;
