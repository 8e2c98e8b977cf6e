// The four networks that gpu-check.ts trains, with data drawn from a seed. In `small` they are small enough for a software
// driver.
import {
  initializers,
  type LayersModel,
  layers,
  model as network,
  sequential,
} from '@tensorflow/tfjs-layers';
import '../core/engine/tfjs.ts';
import { gru } from '../core/models/gru.ts';
import { mlp } from '../core/models/mlp.ts';
import { RandomStream } from '../core/random.ts';

/** A network that answers with probabilities, and the sizes it is trained at. */
export interface CheckedNetwork {
  readonly title: string;
  readonly batch: number;
  readonly input: readonly number[];
  readonly output: readonly number[];
  build(): LayersModel;
}

const seeded = (seed: number) => ({ kernelInitializer: initializers.glorotUniform({ seed }) });
const convolution = (
  seed: number,
  filters: number,
  activation: 'relu' | 'sigmoid' = 'relu',
  kernelSize = 3,
) =>
  layers.conv2d({ name: `conv${seed}`, filters, kernelSize, padding: 'same', activation, ...seeded(seed) });
const probability = (seed: number) =>
  layers.dense({ name: 'output', units: 1, activation: 'sigmoid', ...seeded(seed) });

function perceptron(batch: number, width: number): CheckedNetwork {
  return {
    title: `MLP 28-${width}x5-1, dropout, batch ${batch}`,
    batch,
    input: [28],
    output: [1],
    build: () =>
      mlp({
        inputs: 28,
        hidden: Array(5).fill(width),
        hiddenActivation: 'tanh',
        outputs: 1,
        outputActivation: 'sigmoid',
        dropoutRate: 0.1,
        random: new RandomStream(1, 'network'),
      }),
  };
}

function convolutional(batch: number, side: number, filters: number): CheckedNetwork {
  return {
    title: `CNN ${side} px, ${filters} and ${2 * filters} filters, max pooling, batch ${batch}`,
    batch,
    input: [side, side, 1],
    output: [1],
    build: () =>
      sequential({
        name: 'cnn',
        layers: [
          layers.inputLayer({ inputShape: [side, side, 1] }),
          convolution(1, filters),
          layers.maxPooling2d({ name: 'pool1', poolSize: 2 }),
          convolution(2, 2 * filters),
          layers.maxPooling2d({ name: 'pool2', poolSize: 3, strides: 2, padding: 'same' }),
          layers.flatten({ name: 'flat' }),
          probability(3),
        ],
      }),
  };
}

function recurrent(batch: number, steps: number, units: number): CheckedNetwork {
  return {
    title: `GRU ${steps} steps, ${units} units, batch ${batch}`,
    batch,
    input: [steps, 8],
    output: [1],
    build: () =>
      sequential({
        name: 'rnn',
        layers: [
          layers.inputLayer({ inputShape: [steps, 8] }),
          gru({
            name: 'gru',
            units,
            recurrentInitializer: initializers.glorotNormal({ seed: 2 }),
            ...seeded(1),
          }),
          probability(3),
        ],
      }),
  };
}

function uNet(batch: number, side: number, filters: number): CheckedNetwork {
  const build = (): LayersModel => {
    const x = layers.input({ shape: [side, side, 1] });
    const down = convolution(1, filters).apply(x);
    const pooled = layers.maxPooling2d({ name: 'pool', poolSize: 2 }).apply(down);
    const deep = convolution(3, 2 * filters).apply(convolution(2, 2 * filters).apply(pooled));
    const up = layers
      .conv2dTranspose({ name: 'up', filters, kernelSize: 2, strides: 2, ...seeded(4) })
      .apply(deep);
    const joined = layers.concatenate({ name: 'join' }).apply([down, up] as never);
    const y = convolution(6, 1, 'sigmoid', 1).apply(convolution(5, filters).apply(joined));
    return network({ name: 'unet', inputs: x, outputs: y as typeof x });
  };
  const title = `U-Net ${side} px, ${filters} and ${2 * filters} filters, batch ${batch}`;
  return { title, batch, input: [side, side, 1], output: [side, side, 1], build };
}

export const networks = (small: boolean): readonly CheckedNetwork[] =>
  small
    ? [perceptron(16, 30), convolutional(8, 12, 6), recurrent(8, 8, 12), uNet(1, 16, 6)]
    : [perceptron(1000, 300), convolutional(64, 32, 32), recurrent(64, 50, 128), uNet(4, 64, 32)];
