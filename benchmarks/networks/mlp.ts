// The exotic-particle network: 28 -> 5 x 300 tanh -> 1, SGD with momentum.
import type { Tensor } from '@tensorflow/tfjs-core';
import { mlp } from '../../core/models/mlp.ts';
import { binaryCrossEntropy } from '../../core/training/losses.ts';
import { sgd } from '../../core/training/optimizers/sgd.ts';
import { type BenchmarkNetwork, coins, normalNumbers } from './network.ts';

const perceptron = (batch: number, steps: number): BenchmarkNetwork => ({
  name: `mlp-${batch}`,
  title: `MLP 28-300x5-1, batch ${batch}`,
  batch,
  steps,
  grouped: 16,
  build: (random) => {
    const model = mlp({
      inputs: 28,
      hidden: [300, 300, 300, 300, 300],
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

export const smallBatchPerceptron = perceptron(100, 160);
export const largeBatchPerceptron = perceptron(1000, 32);
