// Convolutional classifiers of small grey images as they are built today: ReLU, pooling by maxima, dropout before the output; the
// modern form of LeNet-5.
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../random.ts';
import { dropout } from './dropout.ts';
import '../engine/tfjs.ts';

export interface ImageClassifierOptions {
  /** Height and width of the images. */
  readonly size: number;
  /** Filters and window of each convolution, and the window of the pooling that follows it. */
  readonly convolutions: readonly {
    readonly filters: number;
    readonly kernelSize: number;
    readonly padding?: 'same' | 'valid';
    readonly pool: number;
  }[];
  /** Units of the dense layers. */
  readonly hidden: readonly number[];
  readonly classes: number;
  /** Before each dense layer but the first. Default 0. */
  readonly dropoutRate?: number;
  /** Draws the first weights (He et al. 2015) and the dropout masks. */
  readonly random: RandomStream;
}

/** Network `conv1, pool1, ..., dense1, ..., output` from [rows, size, size, 1] to logits [rows, classes]. */
export function imageClassifier(options: ImageClassifierOptions): LayersModel {
  const { size, convolutions, hidden, classes, dropoutRate = 0, random } = options;
  const start = (name: string) => initializers.heNormal({ seed: random.split(name, 'kernel').seed() });
  const network = sequential({ name: 'image-classifier' });
  convolutions.forEach(({ filters, kernelSize, padding = 'valid', pool }, i) => {
    const name = `conv${i + 1}`;
    const first = i === 0 ? { inputShape: [size, size, 1] } : {};
    const convolution = { name, filters, kernelSize, padding, kernelInitializer: start(name), ...first };
    network.add(layers.conv2d(convolution));
    network.add(layers.activation({ name: `${name}-relu`, activation: 'relu' }));
    network.add(layers.maxPooling2d({ name: `pool${i + 1}`, poolSize: pool, strides: pool }));
  });
  network.add(layers.flatten({ name: 'flat' }));
  hidden.forEach((units, i) => {
    const name = `dense${i + 1}`;
    network.add(layers.dense({ name, units, activation: 'relu', kernelInitializer: start(name) }));
    if (dropoutRate > 0)
      network.add(
        dropout({
          name: `dropout${i + 1}`,
          rate: dropoutRate,
          seed: random.split(name, 'dropout').seed(),
        }),
      );
  });
  network.add(layers.dense({ name: 'output', units: classes, kernelInitializer: start('output') }));
  return network;
}

type Own = Pick<ImageClassifierOptions, 'random' | 'dropoutRate' | 'classes'>;

/** LeNet-5 as it is taught today: 28 x 28 padded to keep its size, all maps connected; 61,706 parameters for ten classes. */
export const modernLenet = (own: Own): LayersModel =>
  imageClassifier({
    size: 28,
    convolutions: [
      { filters: 6, kernelSize: 5, padding: 'same', pool: 2 },
      { filters: 16, kernelSize: 5, pool: 2 },
    ],
    hidden: [120, 84],
    ...own,
  });
