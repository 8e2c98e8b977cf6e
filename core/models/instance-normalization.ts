// Normalisation of every channel of every image by its own mean and variance (Ulyanov, Vedaldi and Lempitsky 2016,
// arXiv:1607.08022). Batch normalisation with one image in the batch is the same; but this one does so in use as in training,
// as pix2pix is run, and keeps no moving averages.
import {
  add,
  customGrad,
  type GradSaveFunc,
  mean,
  mul,
  rsqrt,
  type serialization,
  serialization as serializer,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import '../engine/tfjs.ts';
import type { LayerConfig } from './layer-types.ts';

type Initializer = Parameters<layers.Layer['addWeight']>[3];

const PLACES = [1, 2];

const overPlaces = (x: Tensor): Tensor => mean(x, PLACES, true);

const ROWS_AND_PLACES = [0, 1, 2];

/**
 * scale (x - mean) / sqrt(variance + epsilon) + offset, mean and variance being over the places of [rows, height, width,
 * channels]. Its gradient is written out, in fewer passes over the image than tfjs's tape makes of it.
 */
function normalise(image: Tensor, factor: Tensor, shift: Tensor, epsilon: number): Tensor {
  const operation = customGrad((...given) => {
    const [x, scale, offset, save] = given as unknown as [Tensor, Tensor, Tensor, GradSaveFunc];
    const centred = sub(x, overPlaces(x));
    const inverse = rsqrt(add(overPlaces(square(centred)), epsilon));
    const value = add(mul(centred, mul(inverse, scale)), offset);
    save([centred, inverse, scale]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      const [x0, perDeviation, factors] = saved;
      const level = overPlaces(dy);
      const correlation = mul(overPlaces(mul(dy, x0)), perDeviation);
      const tilted = mul(x0, mul(correlation, perDeviation));
      const dx = mul(sub(sub(dy, level), tilted), mul(perDeviation, factors));
      const places = x.shape[1]! * x.shape[2]!;
      return [dx, mul(sum(correlation, ROWS_AND_PLACES), places), mul(sum(level, ROWS_AND_PLACES), places)];
    };
    return { value, gradFunc };
  });
  return operation(image, factor, shift);
}

interface InstanceNormalizationConfig extends LayerConfig {
  readonly epsilon?: number;
  readonly scaleInitializer?: Initializer;
}

class InstanceNormalization extends layers.Layer {
  static readonly className = 'DeepfieldInstanceNormalization';
  private readonly epsilon: number;
  private readonly scaleInitializer: Initializer;
  private scale!: ReturnType<layers.Layer['addWeight']>;
  private offset!: ReturnType<layers.Layer['addWeight']>;

  constructor({
    epsilon = 1e-5,
    scaleInitializer = initializers.ones(),
    ...config
  }: InstanceNormalizationConfig) {
    super(config);
    this.epsilon = epsilon;
    this.scaleInitializer = scaleInitializer;
  }

  override build(shape: number[]): void {
    const channels = [shape[shape.length - 1]];
    this.scale = this.addWeight('scale', channels, 'float32', this.scaleInitializer);
    this.offset = this.addWeight('offset', channels, 'float32', initializers.zeros());
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tidy(() => normalise(x, this.scale.read(), this.offset.read(), this.epsilon));
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), epsilon: this.epsilon };
  }
}

serializer.registerClass(InstanceNormalization);

/**
 * Each channel of each image to mean 0 and variance 1, then scaled and shifted by learned numbers; 2 x channels parameters.
 * An image of one place has no variance and would be lost: leave such a layer out.
 *
 * @param config epsilon is added to the variance; default 1e-5. The scale starts at 1 unless told.
 */
export const instanceNormalization = (config: {
  name?: string;
  epsilon?: number;
  scaleInitializer?: Initializer;
}): layers.Layer => new InstanceNormalization(config);
