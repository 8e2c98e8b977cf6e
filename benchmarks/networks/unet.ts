// A four-level U-Net in the form of pix2pix (Isola et al. 2017), the galaxies' generator: 4x4 convolutions of stride 2 with
// leaky ReLU and batch normalisation down, transposed ones up, skips between; mean absolute error; Adam.
import { abs, mean, sub, type Tensor } from '@tensorflow/tfjs-core';
import { input, layers, model as network, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { weightedMean } from '../../core/training/losses.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import { type BenchmarkNetwork, normalNumbers } from './network.ts';

const SIZE = 64;
const BATCH = 4;
const WIDTHS = [64, 128, 256, 512];

const apply = (layer: layers.Layer, x: SymbolicTensor | SymbolicTensor[]): SymbolicTensor =>
  layer.apply(x) as SymbolicTensor;

function build() {
  const image = input({ shape: [SIZE, SIZE, 3] });
  const window = { kernelSize: 4, strides: 2, padding: 'same' } as const;
  const skips: SymbolicTensor[] = [];
  let x = image;
  WIDTHS.forEach((filters, i) => {
    x = apply(layers.conv2d({ name: `down${i}`, filters, ...window }), x);
    if (i > 0) x = apply(layers.batchNormalization({ name: `down${i}-norm` }), x);
    skips.push(x);
    x = apply(layers.leakyReLU({ alpha: 0.2 }), x);
  });
  for (let i = WIDTHS.length - 2; i >= 0; i--) {
    x = apply(layers.conv2dTranspose({ name: `up${i}`, filters: WIDTHS[i], ...window }), x);
    x = apply(layers.batchNormalization({ name: `up${i}-norm` }), x);
    x = apply(layers.reLU(), apply(layers.concatenate(), [x, skips[i]]));
  }
  x = apply(layers.conv2dTranspose({ name: 'restored', filters: 3, ...window, activation: 'tanh' }), x);
  return network({ inputs: image, outputs: x });
}

export const unet: BenchmarkNetwork = {
  name: 'unet',
  title: `U-Net ${SIZE} px, batch ${BATCH}`,
  batch: BATCH,
  steps: 8,
  grouped: 2,
  build: (random) => {
    const model = build();
    return {
      model,
      objective: ({ image, truth, weight }) => ({
        loss: weightedMean(
          mean(abs(sub(truth, model.apply(image, { training: true }) as Tensor)), [1, 2, 3]),
          weight,
        ),
      }),
      optimizer: adam({ learningRate: 2e-4, beta1: 0.5 }),
      inputs: { image: { shape: [BATCH, SIZE, SIZE, 3] }, truth: { shape: [BATCH, SIZE, SIZE, 3] } },
      batch: {
        image: normalNumbers(random, BATCH * SIZE * SIZE * 3),
        truth: normalNumbers(random, BATCH * SIZE * SIZE * 3),
      },
    };
  },
};
