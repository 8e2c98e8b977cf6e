// The generator of pix2pix (Isola et al. 2017, arXiv:1611.07004, section 6.1.1): a U-Net that goes down to a single place.
// Down, 4x4 convolutions of stride 2 with leaky ReLU; up, transposed ones with ReLU and, at the first three levels, dropout;
// what comes down is laid beside what goes up. It is run with one image a batch and its batch statistics, in training and in
// use: every image is normalised by itself here. The innermost level is not normalised: one place has no variance, and the
// paper's own erratum says that it was lost in the first version for that reason.
import {
  initializers,
  input,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../random.ts';
import { dropout } from './dropout.ts';
import { instanceNormalization } from './instance-normalization.ts';

export interface Pix2pixGeneratorOptions {
  /** Channels of the image that is given. */
  readonly inputs: number;
  /** Channels of the image that is made. */
  readonly outputs: number;
  /** How often the sides are halved; they must be multiples of 2^levels. Default 8: to 1 x 1 from 256 x 256. */
  readonly levels?: number;
  /** Channels of the first level; they double to at most eight times as many. Default 64. */
  readonly width?: number;
  /** Levels with dropout on the way up, from the innermost. Default 3. */
  readonly dropoutLevels?: number;
  /** Default 0.5. */
  readonly dropoutRate?: number;
  /** Draws the first weights, normal of standard deviation 0.02, and the dropout masks. */
  readonly random: RandomStream;
}

/** Standard deviation of the first weights. */
export const DEVIATION = 0.02;

/** Channels of each level: w, 2 w, 4 w, 8 w, 8 w, ... */
export const levelWidths = (levels: number, width: number): number[] =>
  Array.from({ length: levels }, (_, i) => width * 2 ** Math.min(i, 3));

const apply = (layer: layers.Layer, x: SymbolicTensor | SymbolicTensor[]): SymbolicTensor =>
  layer.apply(x) as SymbolicTensor;

/** A normalisation whose scale starts at N(1, 0.02). */
export const normalization = (name: string, random: RandomStream): layers.Layer =>
  instanceNormalization({
    name,
    scaleInitializer: initializers.randomNormal({
      mean: 1,
      stddev: DEVIATION,
      seed: random.split(name, 'scale').seed(),
    }),
  });

/**
 * Network from [rows, height, width, inputs] to [rows, height, width, outputs] in [-1, 1].
 *
 * Parameters: 16 (in x out) for each convolution; 2 for each channel that is normalised, 1 (a bias, which a normalisation
 * would take away again) for each other one. 54,414,531 as it comes for three channels.
 *
 * @throws RangeError unless there are two levels at least
 */
export function pix2pixGenerator(options: Pix2pixGeneratorOptions): LayersModel {
  const { inputs, outputs, levels = 8, width = 64, dropoutLevels = 3, dropoutRate = 0.5, random } = options;
  if (!Number.isInteger(levels) || levels < 2)
    throw new RangeError(`pix2pixGenerator: expected two levels at least, got ${levels}`);
  const widths = levelWidths(levels, width);
  const window = (name: string, filters: number, useBias: boolean) =>
    ({
      name,
      filters,
      useBias,
      kernelSize: 4,
      strides: 2,
      padding: 'same',
      kernelInitializer: initializers.randomNormal({
        stddev: DEVIATION,
        seed: random.split(name, 'kernel').seed(),
      }),
    }) as const;
  const image = input({ shape: [null, null, inputs], name: 'image' });
  const skips: SymbolicTensor[] = [];
  let x = image;
  widths.forEach((filters, i) => {
    const name = `down${i + 1}`;
    const bare = i === 0 || i === levels - 1;
    if (i > 0) x = apply(layers.leakyReLU({ name: `${name}-leaky`, alpha: 0.2 }), x);
    x = apply(layers.conv2d(window(name, filters, bare)), x);
    if (!bare) x = apply(normalization(`${name}-norm`, random), x);
    skips.push(x);
  });
  for (let i = levels - 2; i >= 0; i--) {
    const name = `up${i + 1}`;
    x = apply(layers.reLU({ name: `${name}-relu` }), x);
    x = apply(layers.conv2dTranspose(window(name, widths[i], false)), x);
    x = apply(normalization(`${name}-norm`, random), x);
    if (levels - 2 - i < dropoutLevels) {
      const seed = random.split(name, 'dropout').seed();
      x = apply(dropout({ name: `${name}-dropout`, rate: dropoutRate, seed }), x);
    }
    x = apply(layers.concatenate({ name: `${name}-skip` }), [x, skips[i]]);
  }
  x = apply(layers.reLU({ name: 'made-relu' }), x);
  const made = { ...window('made', outputs, true), activation: 'tanh' } as const;
  return model({ name: 'pix2pix-generator', inputs: image, outputs: apply(layers.conv2dTranspose(made), x) });
}
