// The squashing function of LeNet-5: f(a) = 1.7159 tanh(2 a / 3), with f(1) = 1 and f(-1) = -1 and the greatest curvature there
// (LeCun et al. 1998, appendix A).
import { mul, serialization, type Tensor, tanh, tidy } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import '../engine/tfjs.ts';
import type { LayerConfig } from './layer-types.ts';

/** A in f(a) = A tanh(S a). */
export const AMPLITUDE = 1.7159;
/** S. */
export const SLOPE = 2 / 3;

class ScaledTanh extends layers.Layer {
  static readonly className = 'DeepfieldScaledTanh';

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tidy(() => mul(tanh(mul(x, SLOPE)), AMPLITUDE));
  }
}

serialization.registerClass(ScaledTanh);

/** 1.7159 tanh(2 a / 3), number by number. */
export const scaledTanh = (config: LayerConfig = {}): layers.Layer => new ScaledTanh(config);
