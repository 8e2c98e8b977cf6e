// The attention of RETAIN (Choi et al., NIPS 2016, arXiv:1608.05745): two recurrent networks read a record from its end to
// its start; one weighs the steps, the other the dimensions of each step's vector. What a step adds to the answer can
// then be read off.
import {
  add,
  cast,
  expandDims,
  matMul,
  mul,
  reshape,
  reverse,
  serialization,
  softmax,
  squeeze,
  sub,
  sum,
  type Tensor,
  tanh,
  tidy,
} from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import '../engine/tfjs.ts';
import type { LayerConfig } from './layer-types.ts';

class ReverseTime extends layers.Layer {
  static readonly className = 'DeepfieldReverseTime';

  constructor(config: LayerConfig) {
    super(config);
    this.supportsMasking = true;
  }

  override computeMask(_inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    const given = Array.isArray(mask) ? mask[0] : mask;
    return (given ? tidy(() => cast(reverse(cast(given, 'int32'), 1), 'bool')) : null) as Tensor;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tidy(() => reverse(x, 1));
  }
}

class StepAttention extends layers.Layer {
  static readonly className = 'DeepfieldStepAttention';
  private gates!: Readonly<Record<'alpha' | 'beta', ReturnType<StepAttention['addWeight']>[]>>;

  constructor(config: LayerConfig) {
    super(config);
    this.supportsMasking = true;
  }

  override build(inputShape: number[][]): void {
    const [[, , width], [, , alpha], [, , beta]] = inputShape;
    const pair = (name: string, inputs: number, outputs: number) => [
      this.addWeight(`${name}_kernel`, [inputs, outputs], 'float32', initializers.glorotUniform({})),
      this.addWeight(`${name}_bias`, [outputs], 'float32', initializers.zeros()),
    ];
    this.gates = { alpha: pair('alpha', alpha, 1), beta: pair('beta', beta, width) };
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: number[][]): number[] {
    return inputShape[0];
  }

  override computeMask(_inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    return (Array.isArray(mask) ? mask[0] : mask) as Tensor;
  }

  override call(inputs: Tensor | Tensor[], kwargs: { mask?: Tensor | Tensor[] }): Tensor {
    const [steps, first, second] = inputs as Tensor[];
    const mask = Array.isArray(kwargs.mask) ? kwargs.mask[0] : kwargs.mask;
    return tidy(() => {
      const [rows, length] = steps.shape;
      const dense = (states: Tensor, [kernel, bias]: ReturnType<StepAttention['addWeight']>[]): Tensor => {
        const flat = reshape(states, [-1, states.shape[2] as number]);
        const out = add(matMul(flat as never, kernel.read() as never) as Tensor, bias.read());
        return reshape(out, [rows, length, -1]);
      };
      const scores = squeeze(dense(reverse(first, 1), this.gates.alpha), [2]);
      const open = mask ? add(scores, mul(sub(cast(mask, 'float32'), 1), 1e9)) : scores;
      const alpha = expandDims(softmax(open), 2);
      return mul(alpha, tanh(dense(reverse(second, 1), this.gates.beta)));
    });
  }
}

class WeightedSum extends layers.Layer {
  static readonly className = 'DeepfieldWeightedSum';

  constructor(config: LayerConfig) {
    super(config);
    this.supportsMasking = true;
  }

  override computeMask(): Tensor {
    return null as never;
  }

  override computeOutputShape([[rows, , width]]: number[][]): number[] {
    return [rows, width];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [steps, weights] = inputs as Tensor[];
    return tidy(() => sum(mul(steps, weights), 1));
  }
}

serialization.registerClass(WeightedSum);
serialization.registerClass(ReverseTime);
serialization.registerClass(StepAttention);

/** The steps of a sequence [rows, T, D] from the last to the first, and their mask with them. */
export const reverseTime = (config: { readonly name?: string }): layers.Layer => new ReverseTime(config);

/**
 * a_t b_t with a = softmax over the unmasked steps of w . g_t + c and b_t = tanh(W h_t + d), for states g and h of two
 * networks that read the sequence backwards and are given in that order. The sum of a_t b_t s_t over t is what the answer
 * is read from.
 *
 * @returns layer from [rows, T, D] (forwards), [rows, T, G] and [rows, T, H] (backwards) to [rows, T, D]
 */
export const stepAttention = (config: { readonly name?: string }): layers.Layer => new StepAttention(config);

/** sum_t s_t w_t over the steps, number by number. @returns layer from twice [rows, T, D] to [rows, D] */
export const weightedSum = (config: { readonly name?: string }): layers.Layer => new WeightedSum(config);
