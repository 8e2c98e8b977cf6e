// A U-Net of residual blocks for regression from image to image, without normalisation: DRUNet (Zhang et al. 2022,
// arXiv:2008.13751), which takes the noise level as a constant map beside the image. Differences: the outermost resolution
// may be that of patches (the pixel unshuffle of FFDNet, Zhang et al. 2018, arXiv:1710.04026, with learned weights), and
// every residual branch and the output start at or near zero, so that depth does not raise the variance (Zhang, Dauphin and
// Ma 2019, arXiv:1901.09321).
//
// It is convolutional throughout: one model runs images of any size whose sides are multiples of `imageMultiple`. A step
// compiled for 64 x 64 trains the very variables that another, compiled for 424 x 424, reads.
import {
  initializers,
  input,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../random.ts';
import '../engine/tfjs.ts';

export interface ResidualUNetOptions {
  /** Channels of the image and of constant maps (seeing, noise level) together. */
  readonly inputs: number;
  /** Channels of the result. */
  readonly outputs: number;
  /** Channels at each resolution, finest first; each next one has half the sides. Default [32, 64, 128]. */
  readonly widths?: readonly number[];
  /** Residual blocks on the way down and on the way up of each resolution, and at the coarsest. Default 2. */
  readonly blocks?: number;
  /** Side of the patch of pixels that becomes one place of the finest resolution; 1 for pixels themselves. Default 2. */
  readonly patch?: number;
  /**
   * Whether convolutions have biases. Default true; without them the network is homogeneous, f(a x) = a f(x), and holds over
   * noise levels it has not seen (Mohan et al. 2020, arXiv:1906.05478).
   */
  readonly bias?: boolean;
  /** Draws the first weights. */
  readonly random: RandomStream;
}

/** What both sides of an image must be a multiple of: patch 2^(resolutions - 1). */
export const imageMultiple = ({
  widths = defaultWidths,
  patch = 2,
}: Pick<ResidualUNetOptions, 'widths' | 'patch'>): number => patch * 2 ** (widths.length - 1);

const defaultWidths: readonly number[] = [32, 64, 128];

/** Share of He's standard deviation at which the second convolution of a residual branch starts. */
const BRANCH = 0.1;

function requireWhole(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`residualUNet: expected ${name} to be a whole number >= 1, got ${value}`);
}

interface Convolution {
  readonly filters: number;
  readonly kernelSize: number;
  /** Standard deviation of the first weights. */
  readonly deviation: number;
  readonly strides?: number;
  readonly activation?: 'relu';
}

/** The layers of one network, with their names, first weights and biases. */
class Builder {
  constructor(
    private readonly random: RandomStream,
    private readonly useBias: boolean,
  ) {}

  private config(name: string, { deviation, strides = 1, ...sizes }: Convolution) {
    const seed = this.random.split(name, 'kernel').seed();
    const kernelInitializer =
      deviation === 0 ? initializers.zeros() : initializers.randomNormal({ stddev: deviation, seed });
    return { name, strides, padding: 'same', useBias: this.useBias, kernelInitializer, ...sizes } as const;
  }

  convolve(name: string, x: SymbolicTensor, convolution: Convolution): SymbolicTensor {
    return layers.conv2d(this.config(name, convolution)).apply(x) as SymbolicTensor;
  }

  /** Every place becomes a patch of `strides` x `strides` places. */
  spread(name: string, x: SymbolicTensor, convolution: Convolution): SymbolicTensor {
    return layers.conv2dTranspose(this.config(name, convolution)).apply(x) as SymbolicTensor;
  }

  add(name: string, a: SymbolicTensor, b: SymbolicTensor): SymbolicTensor {
    return layers.add({ name }).apply([a, b]) as SymbolicTensor;
  }

  /** x + conv(relu(conv(x))), `count` times. */
  blocks(name: string, x: SymbolicTensor, filters: number, count: number): SymbolicTensor {
    const deviation = Math.sqrt(2 / (9 * filters));
    const window = { filters, kernelSize: 3 };
    return Array.from({ length: count }, (_, i) => `${name}-block${i + 1}`).reduce((y, block) => {
      const inner = this.convolve(`${block}-inner`, y, { ...window, deviation, activation: 'relu' });
      const outer = this.convolve(`${block}-outer`, inner, { ...window, deviation: BRANCH * deviation });
      return this.add(`${block}-sum`, y, outer);
    }, x);
  }
}

/**
 * Network from [rows, height, width, inputs] to [rows, height, width, outputs]; the first outputs are zero, so that
 * image + network(image, maps) starts as the image.
 *
 * Parameters, with w the widths (K of them), n the blocks, p the patch, and a bias for each filter: k^2 (inputs + outputs) w_1
 * for head and tail, k being p, or 3 where p is 1; 18 w_i^2 for each of the (2 K - 1) n blocks; and 8 w_i w_(i+1) for the way
 * down and up between two resolutions.
 *
 * @throws RangeError unless all sizes are whole numbers >= 1
 */
export function residualUNet(options: ResidualUNetOptions): LayersModel {
  const { inputs, outputs, widths = defaultWidths, blocks = 2, patch = 2, bias = true, random } = options;
  if (widths.length === 0) throw new RangeError('residualUNet: expected at least one width, got none');
  for (const [name, value] of Object.entries({ inputs, outputs, blocks, patch })) requireWhole(name, value);
  for (const width of widths) requireWhole('each width', width);
  const build = new Builder(random, bias);
  const image = input({ shape: [null, null, inputs], name: 'image' });
  const window = patch === 1 ? { kernelSize: 3 } : { kernelSize: patch, strides: patch };
  const seen = window.kernelSize ** 2 * inputs;
  let x = build.convolve('head', image, { filters: widths[0], ...window, deviation: Math.sqrt(1 / seen) });
  const skips: SymbolicTensor[] = [];
  const halving = { kernelSize: 2, strides: 2 };
  widths.slice(1).forEach((filters, i) => {
    const resolution = i + 1;
    x = build.blocks(`down${resolution}`, x, widths[i], blocks);
    skips.push(x);
    const deviation = Math.sqrt(1 / (4 * widths[i]));
    x = build.convolve(`halve${resolution}`, x, { filters, ...halving, deviation });
  });
  x = build.blocks('bottom', x, widths[widths.length - 1], blocks);
  for (let i = widths.length - 2; i >= 0; i--) {
    const resolution = i + 1;
    const deviation = Math.sqrt(1 / widths[i + 1]);
    x = build.spread(`double${resolution}`, x, { filters: widths[i], ...halving, deviation });
    x = build.add(`skip${resolution}`, x, skips[i]);
    x = build.blocks(`up${resolution}`, x, widths[i], blocks);
  }
  const tail = { filters: outputs, ...window, deviation: 0 };
  const restored = patch === 1 ? build.convolve('tail', x, tail) : build.spread('tail', x, tail);
  return model({ name: 'residual-unet', inputs: image, outputs: restored });
}
