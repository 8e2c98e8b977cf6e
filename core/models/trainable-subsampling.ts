// The sub-sampling of LeNet-5 (LeCun et al. 1998, Proc. IEEE 86, 2278, section II.B): the sum of each window times one trainable
// coefficient of the map, plus one bias of the map. What came before pooling by maxima or means.
import { add, avgPool, mul, serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import '../engine/tfjs.ts';
import type { LayerConfig } from './layer-types.ts';

class TrainableSubsampling extends layers.Layer {
  static readonly className = 'DeepfieldTrainableSubsampling';
  private coefficient!: ReturnType<TrainableSubsampling['addWeight']>;
  private bias!: ReturnType<TrainableSubsampling['addWeight']>;

  override build(inputShape: number[]): void {
    const maps = inputShape[3];
    const mean = initializers.constant({ value: 1 / 4 });
    this.coefficient = this.addWeight('coefficient', [maps], 'float32', mean);
    this.bias = this.addWeight('bias', [maps], 'float32', initializers.zeros());
    super.build(inputShape);
  }

  override computeOutputShape([rows, height, width, maps]: number[]): number[] {
    return [rows, Math.floor(height / 2), Math.floor(width / 2), maps];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tidy(() => {
      const sums = mul(avgPool(x as never, 2, 2, 'valid') as Tensor, 4);
      return add(mul(sums, this.coefficient.read()), this.bias.read());
    });
  }

  override getConfig(): serialization.ConfigDict {
    return super.getConfig();
  }
}

serialization.registerClass(TrainableSubsampling);

/**
 * c_k (sum of a 2 x 2 window) + b_k for map k, starting as the mean; the squashing that follows is its own layer.
 *
 * @returns layer from [rows, h, w, maps] to [rows, h / 2, w / 2, maps]; 2 maps parameters
 */
export const trainableSubsampling = (config: LayerConfig = {}): layers.Layer =>
  new TrainableSubsampling(config);
