// The heart-failure network: 50 steps of 128 numbers through a GRU of 128 units to one probability; Adam. Once with the
// house's layer (the recurrent product before the reset gate, as in PyTorch) and once with tfjs's own.
import type { Tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { gru } from '../../core/models/gru.ts';
import { binaryCrossEntropy } from '../../core/training/losses.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import { type BenchmarkNetwork, coins, normalNumbers } from './network.ts';

const STEPS = 50;
const BATCH = 64;
const UNITS = 128;

const recurrent = (name: string, kind: string, layer: () => layers.Layer): BenchmarkNetwork => ({
  name,
  title: `${kind}, T ${STEPS}, ${UNITS} units, batch ${BATCH}`,
  batch: BATCH,
  steps: 24,
  grouped: 2,
  build: (random) => {
    const model = sequential();
    model.add(layers.inputLayer({ inputShape: [STEPS, UNITS] }));
    model.add(layer());
    model.add(layers.dense({ name: 'output', units: 1, activation: 'sigmoid' }));
    return {
      model,
      objective: ({ x, y, weight }) => ({
        loss: binaryCrossEntropy(y, model.apply(x, { training: true }) as Tensor, weight),
      }),
      optimizer: adam({ learningRate: 1e-3 }),
      inputs: { x: { shape: [BATCH, STEPS, UNITS] }, y: { shape: [BATCH, 1] } },
      batch: { x: normalNumbers(random, BATCH * STEPS * UNITS), y: coins(random, BATCH) },
    };
  },
});

export const houseGru = recurrent('gru', 'GRU', () => gru({ name: 'gru', units: UNITS }));
export const tfjsGru = recurrent('gru-tfjs', "tfjs's GRU", () =>
  layers.gru({ name: 'gru', units: UNITS, recurrentActivation: 'sigmoid' }),
);
export const tfjsLstm = recurrent('lstm-tfjs', "tfjs's LSTM", () =>
  layers.lstm({ name: 'lstm', units: UNITS, recurrentActivation: 'sigmoid' }),
);

/** Codes in, through an embedding: records of `steps` codes out of `codes`. */
const embedded = (name: string, codes: number, steps: number, units: number): BenchmarkNetwork => ({
  name,
  title: `GRU on codes, T ${steps}, ${units} units, ${codes} codes, batch ${BATCH}`,
  batch: BATCH,
  steps: steps > 100 ? 6 : 12,
  grouped: 2,
  build: (random) => {
    const model = sequential();
    model.add(layers.inputLayer({ inputShape: [steps] }));
    model.add(layers.embedding({ name: 'codes', inputDim: codes + 1, outputDim: units }));
    model.add(gru({ name: 'gru', units }));
    model.add(layers.dense({ name: 'output', units: 1, activation: 'sigmoid' }));
    return {
      model,
      objective: ({ x, y, weight }) => ({
        loss: binaryCrossEntropy(y, model.apply(x, { training: true }) as Tensor, weight),
      }),
      optimizer: adam({ learningRate: 1e-3 }),
      inputs: { x: { shape: [BATCH, steps], dtype: 'int32' }, y: { shape: [BATCH, 1] } },
      batch: {
        x: Int32Array.from({ length: BATCH * steps }, () => 1 + random.integer(codes)),
        y: coins(random, BATCH),
      },
    };
  },
});

export const shortRecords = embedded('gru-codes-50', 1000, 50, 100);
export const mediumRecords = embedded('gru-codes-100', 5000, 100, 100);
export const longRecords = embedded('gru-codes-200', 17_000, 200, 128);
