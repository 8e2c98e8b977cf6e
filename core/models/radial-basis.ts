// The output of LeNet-5: for each class the squared distance of the features from a code that is chosen by hand and not trained
// (LeCun et al. 1998, equation 7). Small where the class is likely.
import {
  add,
  matMul,
  mul,
  serialization,
  sub,
  sum,
  type Tensor,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import '../engine/tfjs.ts';
import type { LayerConfig } from './layer-types.ts';

interface RadialBasisConfig extends LayerConfig {
  /** A row for each class. */
  readonly codes: number[][];
}

class RadialBasis extends layers.Layer {
  static readonly className = 'DeepfieldRadialBasis';
  private readonly codes: number[][];

  constructor(config: RadialBasisConfig) {
    super(config);
    this.codes = config.codes;
  }

  override computeOutputShape([rows]: number[]): number[] {
    return [rows, this.codes.length];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor;
    const squares = this.codes.map((code) => code.reduce((total, w) => total + w * w, 0));
    return tidy(() => {
      const products = matMul(x as never, tensor2d(this.codes), false, true) as Tensor;
      return add(sub(sum(mul(x, x), 1, true), mul(2, products)), squares);
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), codes: this.codes };
  }
}

serialization.registerClass(RadialBasis);

/** y_i = sum_j (x_j - w_ij)^2 for fixed codes w; no parameters. [rows, n] to [rows, classes]. */
export const radialBasis = (config: { name?: string; codes: readonly (readonly number[])[] }): layers.Layer =>
  new RadialBasis({ ...config, codes: config.codes.map((code) => [...code]) });
