// The paper's convolutional network for the gauge theory, by the first author's published script: filters of 2 x 2 vertices
// and both bond directions on a torus, so that each plaquette lies in a window; a dense layer with dropout; softmax. It
// sees the spins as -1 and +1.
import { cast, type Tensor } from '@tensorflow/tfjs-core';
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';
import { dropout } from '../../../../core/models/dropout.ts';
import { periodicPadding } from '../../../../core/models/periodic-padding.ts';
import type { RandomStream } from '../../../../core/random.ts';
import { categoricalCrossEntropy } from '../../../../core/training/losses.ts';
import { networkInput } from '../../network.ts';
import { type BondNetwork, phaseAccuracy } from '../bonds/bond-network.ts';

export interface ConvolutionalOptions {
  /** Linear size L. */
  readonly size: number;
  readonly filters: number;
  readonly hiddenUnits: number;
  /** Share of hidden units that a training step leaves out. */
  readonly dropout: number;
  /** Standard deviation of the truncated normal that the weights start from. */
  readonly initialDeviation: number;
  readonly initialBias: number;
  readonly random: RandomStream;
}

/**
 * [L, L, 2] -> `filters` of 2 x 2, ReLU -> hiddenUnits, ReLU, dropout -> 2, softmax:
 * 9 f + (f L^2 + 1) h + 2 (h + 1) parameters, 1,049,346 for L = 16 and 64 of each.
 */
export function convolutional(options: ConvolutionalOptions): BondNetwork {
  const { size, filters, hiddenUnits, random } = options;
  const start = (name: string) => ({
    name,
    kernelInitializer: initializers.truncatedNormal({
      stddev: options.initialDeviation,
      seed: random.split(name, 'kernel').seed(),
    }),
    biasInitializer: initializers.constant({ value: options.initialBias }),
  });
  const model = sequential({ name: 'lattice-cnn' });
  model.add(layers.inputLayer({ inputShape: [size, size, 2], name: networkInput }));
  model.add(periodicPadding({ after: 1, name: 'torus' }));
  model.add(layers.conv2d({ ...start('filters'), filters, kernelSize: 2, activation: 'relu' }));
  model.add(layers.flatten({ name: 'flat' }));
  model.add(layers.dense({ ...start('hidden'), units: hiddenUnits, activation: 'relu' }));
  model.add(
    dropout({ rate: options.dropout, seed: random.split('hidden', 'dropout').seed(), name: 'dropout' }),
  );
  model.add(layers.dense({ ...start('output'), units: 2, activation: 'softmax' }));
  const forward = (spins: Tensor, training: boolean): Tensor =>
    model.apply(cast(spins, 'float32'), { training }) as Tensor;
  return {
    size,
    model,
    forward,
    objective: ({ [networkInput]: spins, phase, weight }, training) => {
      const output = forward(spins, training);
      return {
        loss: categoricalCrossEntropy(phase, output, weight),
        metrics: { accuracy: phaseAccuracy(phase, output, weight) },
      };
    },
  };
}
