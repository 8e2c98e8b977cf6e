// The galaxies' networks: the residual U-Net in training and in use, and the generator of pix2pix at full size.
import { abs, mean, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { pix2pixGenerator } from '../../core/models/pix2pix-generator.ts';
import { residualUNet } from '../../core/models/residual-unet.ts';
import type { RandomStream } from '../../core/random.ts';
import { weightedMean } from '../../core/training/losses.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import { type BenchmarkNetwork, normalNumbers } from './network.ts';

interface Restoration extends Pick<BenchmarkNetwork, 'name' | 'title' | 'batch' | 'steps' | 'grouped'> {
  readonly size: number;
  /** Only restores, without training. */
  readonly inUse?: boolean;
  model(random: RandomStream): LayersModel;
}

const restoration = ({ size, model: newModel, inUse, ...network }: Restoration): BenchmarkNetwork => ({
  ...network,
  build: (random) => {
    const model = newModel(random);
    const shape = [network.batch, size, size, 3];
    const numbers = () => normalNumbers(random, network.batch * size * size * 3);
    return {
      model,
      objective: ({ image, truth, weight }) => ({
        loss: weightedMean(
          mean(abs(sub(truth, model.apply(image, { training: true }) as Tensor)), [1, 2, 3]),
          weight,
        ),
      }),
      optimizer: adam({ learningRate: 2e-4, beta1: 0.5 }),
      inputs: { image: { shape }, ...(inUse ? {} : { truth: { shape } }) },
      batch: { image: numbers(), ...(inUse ? {} : { truth: numbers() }) },
      ...(inUse ? { forward: ({ image }) => ({ restored: model.apply(image) as Tensor }) } : {}),
    };
  },
});

const residual = (random: RandomStream): LayersModel => residualUNet({ inputs: 3, outputs: 3, random });

export const restorations: readonly BenchmarkNetwork[] = [
  restoration({
    name: 'residual-unet',
    title: 'residual U-Net 64 px, batch 4',
    batch: 4,
    size: 64,
    steps: 8,
    grouped: 2,
    model: residual,
  }),
  restoration({
    name: 'pix2pix',
    title: 'U-Net of pix2pix (54.4 M parameters) 256 px, batch 1',
    batch: 1,
    size: 256,
    steps: 2,
    grouped: 1,
    model: (random) => pix2pixGenerator({ inputs: 3, outputs: 3, random }),
  }),
  restoration({
    name: 'restore-424',
    title: 'residual U-Net in use, one image 424 px',
    batch: 1,
    size: 424,
    steps: 4,
    grouped: 1,
    inUse: true,
    model: residual,
  }),
];
