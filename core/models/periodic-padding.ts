// Padding for lattices with periodic boundaries: what lies beyond an edge is the other side.
import { concat, serialization, slice, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import '../engine/tfjs.ts';
import type { LayerConfig } from './layer-types.ts';

interface PeriodicPaddingConfig extends LayerConfig {
  readonly after: number;
}

/** The first `count` rows along `axis` once more behind the last. */
function wrap(x: Tensor, axis: number, count: number): Tensor {
  const begin = x.shape.map(() => 0);
  const size = x.shape.map((n, i) => (i === axis ? count : n));
  return concat([x, slice(x, begin, size)], axis);
}

class PeriodicPadding extends layers.Layer {
  static readonly className = 'DeepfieldPeriodicPadding';
  private readonly after: number;

  constructor(config: PeriodicPaddingConfig) {
    super(config);
    if (!Number.isInteger(config.after) || config.after < 1)
      throw new RangeError(`periodicPadding: expected a whole number >= 1, got ${config.after}`);
    this.after = config.after;
  }

  override computeOutputShape([rows, height, width, channels]: number[]): number[] {
    return [rows, height + this.after, width + this.after, channels];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tidy(() => wrap(wrap(x, 1, this.after), 2, this.after));
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), after: this.after };
  }
}

serialization.registerClass(PeriodicPadding);

/**
 * [rows, L, L, C] -> [rows, L + after, L + after, C]: before a convolution without padding of a window of `after + 1`, that
 * makes a convolution on a torus.
 *
 * @throws RangeError unless `after` is a whole number >= 1
 */
export const periodicPadding = (config: { after: number; name?: string }): layers.Layer =>
  new PeriodicPadding(config);
