// A column of a multi-column network (D. Cireşan, U. Meier and J. Schmidhuber, CVPR 2012), brought up to date: theirs, 1-20C4-MP2-40C5-MP3-150N,
// learns for hundreds of passes; this one normalises what comes from each layer over the batch (S. Ioffe and C. Szegedy 2015,
// arXiv:1502.03167), has two more convolutions, and is there after a dozen.
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../random.ts';
import { dropout } from './dropout.ts';
import '../engine/tfjs.ts';

export interface CommitteeColumnOptions {
  readonly classes: number;
  /** Share of the dense units that a step leaves out. Default 0. */
  readonly dropoutRate?: number;
  /** Draws the first weights (He et al. 2015) and the dropout masks. */
  readonly random: RandomStream;
}

/** Filters, windows and pooling of the convolutions; 1 for none. */
const convolutions = [
  { filters: 24, kernelSize: 5, pool: 2 },
  { filters: 48, kernelSize: 3, pool: 1 },
  { filters: 48, kernelSize: 3, pool: 2 },
  { filters: 64, kernelSize: 3, pool: 1 },
] as const;
const units = 128;

/**
 * 1-24C5-MP2-48C3-48C3-MP2-64C3-128N-10N from [rows, 29, 29, 1] to logits [rows, classes]: 600 + 10,368 + 20,736 + 27,648 + 32,768 weights
 * without biases, which the normalisation replaces by 312 scales and 312 shifts, and 1,290 at the output: 94,034 trainable parameters for ten classes.
 */
export function committeeColumn({ classes, dropoutRate = 0, random }: CommitteeColumnOptions): LayersModel {
  const start = (name: string) => initializers.heNormal({ seed: random.split(name, 'kernel').seed() });
  const network = sequential({ name: 'committee-column' });
  const normalised = (name: string): void => {
    network.add(layers.batchNormalization({ name: `${name}-norm` }));
    network.add(layers.activation({ name: `${name}-relu`, activation: 'relu' }));
  };
  convolutions.forEach(({ filters, kernelSize, pool }, i) => {
    const name = `conv${i + 1}`;
    const first = i === 0 ? { inputShape: [29, 29, 1] } : {};
    network.add(
      layers.conv2d({ name, filters, kernelSize, useBias: false, kernelInitializer: start(name), ...first }),
    );
    // Of what is normalised next, maxima are a quarter: less to normalise.
    if (pool > 1) network.add(layers.maxPooling2d({ name: `pool${i + 1}`, poolSize: pool, strides: pool }));
    normalised(name);
  });
  network.add(layers.flatten({ name: 'flat' }));
  network.add(layers.dense({ name: 'dense1', units, useBias: false, kernelInitializer: start('dense1') }));
  normalised('dense1');
  if (dropoutRate > 0) {
    const seed = random.split('dense1', 'dropout').seed();
    network.add(dropout({ name: 'dropout1', rate: dropoutRate, seed }));
  }
  network.add(layers.dense({ name: 'output', units: classes, kernelInitializer: start('output') }));
  return network;
}
