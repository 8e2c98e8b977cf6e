// Dropout and Gaussian noise on the engine's own random numbers, so that every step draws a new mask on every device and
// a resumed run draws the same masks as one never interrupted.
import { add, cast, div, greaterEqual, mul, serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { randomNormal, randomUniform } from '../engine/random-op.ts';
import type { LayerConfig } from './layer-types.ts';

interface NoiseConfig extends LayerConfig {
  /** Seed of this layer's random numbers. */
  readonly seed: number;
}

/** What the layers below share: active while training only, shape unchanged. */
abstract class NoiseLayer extends layers.Layer {
  /** Tells the tracer that this layer may be compiled. */
  readonly enginesOwnRandomness = true;
  protected readonly seed: number;

  constructor(config: NoiseConfig) {
    super(config);
    this.seed = config.seed;
    this.supportsMasking = true;
  }

  protected abstract disturb(x: Tensor): Tensor;

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return kwargs.training === true ? tidy(() => this.disturb(x)) : x;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), seed: this.seed };
  }
}

interface DropoutConfig extends NoiseConfig {
  readonly rate: number;
}

class Dropout extends NoiseLayer {
  static readonly className = 'DeepfieldDropout';
  private readonly rate: number;

  constructor(config: DropoutConfig) {
    super(config);
    if (!(config.rate >= 0 && config.rate < 1)) {
      throw new RangeError(`dropout: expected a rate in [0, 1), got ${config.rate}`);
    }
    this.rate = config.rate;
  }

  protected override disturb(x: Tensor): Tensor {
    if (this.rate === 0) return x;
    const kept = cast(greaterEqual(randomUniform(x.shape, this.seed), this.rate), 'float32');
    return div(mul(x, kept), 1 - this.rate);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate };
  }
}

interface GaussianNoiseConfig extends NoiseConfig {
  readonly standardDeviation: number;
}

class GaussianNoise extends NoiseLayer {
  static readonly className = 'DeepfieldGaussianNoise';
  private readonly standardDeviation: number;

  constructor(config: GaussianNoiseConfig) {
    super(config);
    this.standardDeviation = config.standardDeviation;
  }

  protected override disturb(x: Tensor): Tensor {
    return add(x, mul(randomNormal(x.shape, this.seed), this.standardDeviation));
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), standardDeviation: this.standardDeviation };
  }
}

serialization.registerClass(Dropout);
serialization.registerClass(GaussianNoise);

/**
 * Sets each number to zero with probability `rate` while training and scales the others by 1 / (1 - rate)
 * (Srivastava et al. 2014). Identity otherwise.
 *
 * @throws RangeError unless 0 <= rate < 1
 */
export const dropout = (config: { rate: number; seed: number; name?: string }): layers.Layer =>
  new Dropout(config);

/** Adds normal noise of the given standard deviation while training. Identity otherwise. */
export const gaussianNoise = (config: {
  standardDeviation: number;
  seed: number;
  name?: string;
}): layers.Layer => new GaussianNoise(config);
