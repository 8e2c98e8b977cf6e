// The course's networks: the deep autoencoder 784-128-64-32-64-128-784 at batch 256, and LeNet-5 of 1998 at batch 64; Adam.
import { softmax, type Tensor } from '@tensorflow/tfjs-core';
import { autoencoder } from '../../core/models/autoencoder.ts';
import { lenet5 } from '../../core/models/lenet5.ts';
import { categoricalCrossEntropy, logitCrossEntropy } from '../../core/training/losses.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import type { BenchmarkNetwork } from './network.ts';

const optimizer = () => adam({ learningRate: 1e-3 });

export const deepAutoencoder: BenchmarkNetwork = {
  name: 'deep-autoencoder',
  title: 'autoencoder 784-128-64-32-64-128-784, batch 256',
  batch: 256,
  steps: 32,
  grouped: 8,
  build: (random) => {
    const model = autoencoder({ inputs: 784, hidden: [128, 64], code: 32, random });
    return {
      model,
      objective: ({ x, weight }) => {
        const [, , logit] = model.apply(x, { training: true }) as Tensor[];
        return { loss: logitCrossEntropy(x, logit, weight) };
      },
      optimizer: optimizer(),
      inputs: { x: { shape: [256, 784] } },
      batch: { x: Float32Array.from({ length: 256 * 784 }, () => random.uniform()) },
    };
  },
};

export const lenet: BenchmarkNetwork = {
  name: 'lenet5',
  title: 'LeNet-5 of 1998, 32x32, batch 64',
  batch: 64,
  steps: 32,
  grouped: 8,
  build: (random) => {
    const model = lenet5({ classes: 10, random });
    const label = new Float32Array(64 * 10);
    for (let i = 0; i < 64; i++) label[10 * i + random.integer(10)] = 1;
    return {
      model,
      objective: ({ x, label: target, weight }) => {
        const logits = model.apply(x, { training: true }) as Tensor;
        return { loss: categoricalCrossEntropy(target, softmax(logits), weight) };
      },
      optimizer: optimizer(),
      inputs: { x: { shape: [64, 32, 32, 1] }, label: { shape: [64, 10] } },
      batch: { x: Float32Array.from({ length: 64 * 32 * 32 }, () => 1.275 * random.uniform() - 0.1), label },
    };
  },
};
