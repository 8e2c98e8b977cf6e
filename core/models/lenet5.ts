// LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998, Proc. IEEE 86, 2278, section II.B) as the paper has it: 32 x 32 pixels, trainable
// sub-sampling, scaled tanh, and a C3 whose maps see only some of S2's. The form that is built today is in image-classifiers.ts.
import {
  initializers,
  input,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../random.ts';
import { partialConvolution } from './partial-convolution.ts';
import { radialBasis } from './radial-basis.ts';
import { scaledTanh } from './scaled-tanh.ts';
import { trainableSubsampling } from './trainable-subsampling.ts';

/** Table I: the maps of S2 that each map of C3 sees. */
export const lenetTable: readonly (readonly number[])[] = [
  [0, 1, 2],
  [1, 2, 3],
  [2, 3, 4],
  [3, 4, 5],
  [0, 4, 5],
  [0, 1, 5],
  [0, 1, 2, 3],
  [1, 2, 3, 4],
  [2, 3, 4, 5],
  [0, 3, 4, 5],
  [0, 1, 4, 5],
  [0, 1, 2, 5],
  [0, 1, 3, 4],
  [1, 2, 4, 5],
  [0, 2, 3, 5],
  [0, 1, 2, 3, 4, 5],
];

export interface Lenet5Options {
  readonly classes: number;
  /** Codes [classes][84] of a radial-basis output; without, the output is dense and answers logits. */
  readonly codes?: readonly (readonly number[])[];
  /** Draws the first weights: uniform within 2.4 / fan-in, as in the paper. */
  readonly random: RandomStream;
}

/** Uniform within 2.4 / fan-in. */
const within = (fanIn: number, seed: number) =>
  initializers.randomUniform({ minval: -2.4 / fanIn, maxval: 2.4 / fanIn, seed });

/**
 * C1 156, S2 12, C3 1,516, S4 32, C5 48,120, F6 10,164: 60,000 trainable parameters with fixed codes, and 85 for each class
 * more with a dense output (60,850 for ten).
 *
 * @returns network from [rows, 32, 32, 1], white -0.1 and black 1.175, to [rows, classes]: distances with codes, logits without
 */
export function lenet5({ classes, codes, random }: Lenet5Options): LayersModel {
  const seedOf = (name: string): number => random.split(name, 'kernel').seed();
  const x = input({ shape: [32, 32, 1], name: 'x' });
  let h: SymbolicTensor = x;
  const then = (layer: layers.Layer): void => {
    h = layer.apply(h) as SymbolicTensor;
  };
  const squashed = (name: string, layer: layers.Layer): void => {
    then(layer);
    then(scaledTanh({ name: `${name}-squash` }));
  };
  const convolution = (name: string, filters: number, fanIn: number) =>
    layers.conv2d({ name, filters, kernelSize: 5, kernelInitializer: within(fanIn, seedOf(name)) });
  squashed('c1', convolution('c1', 6, 25));
  squashed('s2', trainableSubsampling({ name: 's2' }));
  squashed('c3', partialConvolution({ name: 'c3', table: lenetTable, kernelSize: 5, seed: seedOf('c3') }));
  squashed('s4', trainableSubsampling({ name: 's4' }));
  squashed('c5', convolution('c5', 120, 400));
  then(layers.flatten({ name: 'flat' }));
  squashed('f6', layers.dense({ name: 'f6', units: 84, kernelInitializer: within(120, seedOf('f6')) }));
  then(
    codes
      ? radialBasis({ name: 'output', codes })
      : layers.dense({ name: 'output', units: classes, kernelInitializer: within(84, seedOf('output')) }),
  );
  return model({ name: 'lenet5', inputs: x, outputs: h });
}
