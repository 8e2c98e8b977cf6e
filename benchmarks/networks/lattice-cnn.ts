// The phases-of-matter CNN: 64 periodic 2x2 filters over the two sublattices of 16 x 16, dense 64, dropout, softmax; Adam.
import type { Tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { dropout } from '../../core/models/dropout.ts';
import { periodicPadding } from '../../core/models/periodic-padding.ts';
import { categoricalCrossEntropy } from '../../core/training/losses.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import type { BenchmarkNetwork } from './network.ts';

const SIZE = 16;
const BATCH = 200;

export const latticeCnn: BenchmarkNetwork = {
  name: 'lattice-cnn',
  title: `lattice CNN ${SIZE}x${SIZE}x2, batch ${BATCH}`,
  batch: BATCH,
  steps: 32,
  grouped: 8,
  build: (random) => {
    const model = sequential({
      layers: [
        periodicPadding({ after: 1, inputShape: [SIZE, SIZE, 2] } as never),
        layers.conv2d({ name: 'filters', filters: 64, kernelSize: 2, activation: 'relu' }),
        layers.flatten(),
        layers.dense({ name: 'hidden', units: 64, activation: 'relu' }),
        dropout({ rate: 0.5, seed: 1 }),
        layers.dense({ name: 'output', units: 2, activation: 'softmax' }),
      ],
    });
    const phase = new Float32Array(2 * BATCH);
    for (let i = 0; i < BATCH; i++) phase[2 * i + random.integer(2)] = 1;
    return {
      model,
      objective: ({ spins, phase: target, weight }) => ({
        loss: categoricalCrossEntropy(target, model.apply(spins, { training: true }) as Tensor, weight),
      }),
      optimizer: adam({ learningRate: 1e-4 }),
      inputs: { spins: { shape: [BATCH, SIZE, SIZE, 2] }, phase: { shape: [BATCH, 2] } },
      batch: {
        spins: Float32Array.from({ length: BATCH * SIZE * SIZE * 2 }, () => 2 * random.integer(2) - 1),
        phase,
      },
    };
  },
};
