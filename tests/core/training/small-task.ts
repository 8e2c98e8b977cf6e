// A small supervised task for the tests of training: points in the plane, labelled by the side of a curve.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../../../core/engine/program.ts';
import { mlp } from '../../../core/models/mlp.ts';
import { RandomStream } from '../../../core/random.ts';
import { rowSource } from '../../../core/training/batch-source.ts';
import type { FitOptions } from '../../../core/training/fit.ts';
import { binaryCrossEntropy } from '../../../core/training/losses.ts';
import { adam } from '../../../core/training/optimizers/adam.ts';

export const points = 250;
const random = new RandomStream(11, 'points');
export const x = Float32Array.from({ length: 2 * points }, () => random.normal());
export const y = Float32Array.from({ length: points }, (_, i) =>
  x[2 * i] > Math.sin(2 * x[2 * i + 1]) ? 1 : 0,
);

export const gather = (rows: Uint32Array) => ({
  x: Float32Array.from({ length: 2 * rows.length }, (_, i) => x[2 * rows[i >> 1] + (i & 1)]),
  y: Float32Array.from(rows, (row) => y[row]),
});

const range = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);

/** Options of a run on the task: 200 training rows in batches of 32 (so the last has 8), 50 for validation. */
export function smallTask(engine: Engine, overrides: Partial<FitOptions> = {}): FitOptions {
  const stream = new RandomStream(5, 'run');
  const model = mlp({
    inputs: 2,
    hidden: [12],
    hiddenActivation: 'tanh',
    outputs: 1,
    outputActivation: 'sigmoid',
    dropoutRate: 0.1,
    random: stream.split('network'),
  });
  return {
    engine,
    model,
    optimizer: adam({ learningRate: 0.02 }),
    inputs: { x: { shape: [2] }, y: { shape: [1] } },
    objective: ({ x: input, y: target, weight }, training) => ({
      loss: binaryCrossEntropy(target, model.apply(input, { training }) as Tensor, weight),
    }),
    train: rowSource({ rows: range(0, 200), gather, shuffle: stream.split('order') }),
    validation: rowSource({ rows: range(200, 250), gather }),
    batchSize: 32,
    epochs: 6,
    ...overrides,
  };
}
