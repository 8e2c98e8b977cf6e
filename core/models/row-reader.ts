// Recurrent classifiers that read an image row by row, from the top: the simple recurrent network of Elman (Cognitive Science 14,
// 179 (1990)), or a gated unit in its place.
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../random.ts';
import { gru } from './gru.ts';

export interface RowReaderOptions {
  readonly kind: 'elman' | 'gru';
  /** Rows of the image: steps of the sequence. */
  readonly rows: number;
  /** Pixels of a row. */
  readonly width: number;
  /** Size H of the state. */
  readonly units: number;
  readonly classes: number;
  /** Draws the first weights. */
  readonly random: RandomStream;
}

/**
 * Network from [n, rows, width] to logits [n, classes], read off the last state.
 *
 * Parameters: H (width + H + 1) + classes (H + 1) for `elman`, three times the first term for `gru`.
 */
export function rowReader({ kind, rows, width, units, classes, random }: RowReaderOptions): LayersModel {
  const seed = (name: string): number => random.split(name).seed();
  const start = {
    kernelInitializer: initializers.glorotUniform({ seed: seed('kernel') }),
    recurrentInitializer: initializers.orthogonal({ gain: 1, seed: seed('recurrent') }),
  };
  const network = sequential({ name: 'row-reader' });
  network.add(layers.inputLayer({ inputShape: [rows, width] }));
  network.add(
    kind === 'gru'
      ? gru({ name: 'state', units, ...start })
      : layers.simpleRNN({ name: 'state', units, activation: 'tanh', ...start }),
  );
  const output = initializers.glorotUniform({ seed: seed('output') });
  network.add(layers.dense({ name: 'output', units: classes, kernelInitializer: output }));
  return network;
}
