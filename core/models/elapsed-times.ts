// What the calendar adds to a sequence: how long since the step before, and how long until the end, on a logarithmic scale
// (Choi et al. 2017 give log(t + 1) beside each code).
import {
  add,
  concat,
  log1p,
  matMul,
  maximum,
  reshape,
  serialization,
  slice,
  stack,
  sub,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import '../engine/tfjs.ts';
import type { Initializer, LayerConfig } from './layer-types.ts';

class ElapsedTimes extends layers.Layer {
  static readonly className = 'DeepfieldElapsedTimes';
  private kernel!: ReturnType<ElapsedTimes['addWeight']>;

  constructor(
    config: LayerConfig,
    private readonly start: Initializer = initializers.glorotUniform({}),
  ) {
    super(config);
    this.supportsMasking = true;
  }

  override build(inputShape: number[][]): void {
    this.kernel = this.addWeight('kernel', [2, inputShape[0][2]], 'float32', this.start);
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: number[][]): number[] {
    return inputShape[0];
  }

  override computeMask(_inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    return (Array.isArray(mask) ? mask[0] : mask) as Tensor;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [steps, days] = inputs as Tensor[];
    return tidy(() => {
      const [rows, length, width] = steps.shape;
      const before = concat(
        [slice(days, [0, 0], [rows, 1]), slice(days, [0, 0], [rows, Math.max(0, length - 1)])],
        1,
      );
      const since = log1p(maximum(sub(before, days), 0));
      const times = stack([since, log1p(maximum(days, 0))], 2);
      const flat = matMul(reshape(times, [-1, 2]) as never, this.kernel.read() as never) as Tensor;
      return add(steps, reshape(flat, [rows, length, width]));
    });
  }
}

serialization.registerClass(ElapsedTimes);

/**
 * s_t + log(1 + d_(t-1) - d_t) w_1 + log(1 + d_t) w_2, d_t days from step t to the end; the first step has none before it.
 *
 * @returns layer from [rows, T, D] and [rows, T] to [rows, T, D]; 2 D parameters
 */
export const elapsedTimes = ({
  initializer,
  ...config
}: {
  readonly name?: string;
  /** Start of the weights [2, D]. Default Glorot's uniform. */
  readonly initializer?: Initializer;
}): layers.Layer => new ElapsedTimes(config, initializer);
