// A dense layer that is used in both directions: from inputs to units with its weights, and from units back to inputs with the
// same weights transposed. What makes an autoencoder "tied" (Vincent et al. 2010, J. Mach. Learn. Res. 11, 3371). One layer
// that stands twice in the network, and no copy, so that the layers format keeps it.
import { add, matMul, serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import '../engine/tfjs.ts';
import type { LayerConfig } from './layer-types.ts';

interface TiedDenseConfig extends LayerConfig {
  readonly inputs: number;
  readonly units: number;
  /** Of the first weights. */
  readonly seed?: number;
}

class TiedDense extends layers.Layer {
  static readonly className = 'DeepfieldTiedDense';
  private readonly inputs: number;
  private readonly units: number;
  private readonly seed: number | undefined;
  private kernel!: ReturnType<TiedDense['addWeight']>;
  private forwardBias!: ReturnType<TiedDense['addWeight']>;
  private backwardBias!: ReturnType<TiedDense['addWeight']>;

  constructor(config: TiedDenseConfig) {
    super(config);
    if (config.inputs === config.units)
      throw new RangeError(
        `tiedDense: expected other numbers of inputs and units, got ${config.units} of both`,
      );
    this.inputs = config.inputs;
    this.units = config.units;
    this.seed = config.seed;
  }

  override build(inputShape: number[]): void {
    const { inputs, units, seed } = this;
    this.kernel = this.addWeight('kernel', [inputs, units], 'float32', initializers.glorotUniform({ seed }));
    this.forwardBias = this.addWeight('bias', [units], 'float32', initializers.zeros());
    this.backwardBias = this.addWeight('backward_bias', [inputs], 'float32', initializers.zeros());
    super.build(inputShape);
  }

  private isForward(width: number): boolean {
    if (width === this.inputs) return true;
    if (width === this.units) return false;
    throw new RangeError(`tiedDense: expected ${this.inputs} or ${this.units} numbers a row, got ${width}`);
  }

  override computeOutputShape([rows, width]: number[]): number[] {
    return [rows, this.isForward(width) ? this.units : this.inputs];
  }

  override call(given: Tensor | Tensor[]): Tensor {
    const x = Array.isArray(given) ? given[0] : given;
    const forward = this.isForward(x.shape[1] as number);
    return tidy(() =>
      add(
        matMul(x as never, this.kernel.read() as never, false, !forward),
        (forward ? this.forwardBias : this.backwardBias).read(),
      ),
    );
  }

  override getConfig(): serialization.ConfigDict {
    const { inputs, units, seed } = this;
    return { ...super.getConfig(), inputs, units, ...(seed === undefined ? {} : { seed }) };
  }
}

serialization.registerClass(TiedDense);

/**
 * Rows [n, inputs] to x W + b, [n, units]; rows [n, units] to y W^T + c, [n, inputs].
 *
 * @returns layer of inputs x units + units + inputs parameters
 * @throws RangeError when inputs and units are the same number, which would leave the direction open
 */
export const tiedDense = (config: {
  name?: string;
  inputs: number;
  units: number;
  seed?: number;
}): layers.Layer => new TiedDense(config);
