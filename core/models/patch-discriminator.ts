// The discriminator of pix2pix (Isola et al. 2017, arXiv:1611.07004, section 6.1.2): 4x4 convolutions that answer, for every
// patch of an image, whether it is real. Three of stride 2 see patches of 70 x 70. Answers are logits; images are
// normalised one by one, as in the generator.
import {
  initializers,
  input,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../random.ts';
import { DEVIATION, levelWidths, normalization } from './pix2pix-generator.ts';

export interface PatchDiscriminatorOptions {
  /** Channels of the image that is judged and of what it was made from, together. */
  readonly inputs: number;
  /** Convolutions of stride 2. Default 3: patches of 70 x 70. */
  readonly halvings?: number;
  /** Channels of the first; they double to at most eight times as many. Default 64. */
  readonly width?: number;
  /** Draws the first weights, normal of standard deviation 0.02. */
  readonly random: RandomStream;
}

const KERNEL = 4;

/** Strides of the convolutions, first to last. */
const stridesOf = (halvings: number): number[] => [...Array.from({ length: halvings }, () => 2), 1, 1];

/** Side of the patch that one answer depends on: r <- (r - 1) stride + kernel from the last convolution to the first. */
export const receptiveField = (halvings = 3): number =>
  stridesOf(halvings).reduceRight((seen, stride) => (seen - 1) * stride + KERNEL, 1);

/**
 * Network from [rows, height, width, inputs] to logits [rows, height / 2^n - 2, width / 2^n - 2, 1] for n halvings.
 *
 * Parameters: 16 (in x out) for each convolution; 2 for each channel that is normalised (those of all but the first and the
 * last convolution), 1 for each other one. 2,768,705 as it comes for six channels.
 */
export function patchDiscriminator(options: PatchDiscriminatorOptions): LayersModel {
  const { inputs, halvings = 3, width = 64, random } = options;
  const widths = [...levelWidths(halvings + 1, width), 1];
  const image = input({ shape: [null, null, inputs], name: 'image' });
  let x: SymbolicTensor = image;
  stridesOf(halvings).forEach((strides, i) => {
    const last = i === widths.length - 1;
    const name = last ? 'logit' : `judge${i + 1}`;
    const bare = i === 0 || last;
    if (strides === 1)
      x = layers.zeroPadding2d({ name: `${name}-padding`, padding: 1 as never }).apply(x) as SymbolicTensor;
    x = layers
      .conv2d({
        name,
        filters: widths[i],
        kernelSize: KERNEL,
        strides,
        padding: strides === 1 ? 'valid' : 'same',
        useBias: bare,
        kernelInitializer: initializers.randomNormal({
          stddev: DEVIATION,
          seed: random.split(name, 'kernel').seed(),
        }),
      })
      .apply(x) as SymbolicTensor;
    if (!bare) x = normalization(`${name}-norm`, random).apply(x) as SymbolicTensor;
    if (!last) x = layers.leakyReLU({ name: `${name}-leaky`, alpha: 0.2 }).apply(x) as SymbolicTensor;
  });
  return model({ name: 'patch-discriminator', inputs: image, outputs: x });
}
