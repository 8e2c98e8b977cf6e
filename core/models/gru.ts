// The gated recurrent unit (Cho et al. 2014) over a whole sequence, with the reset gate after the recurrent product as in
// Choi et al. 2017, PyTorch and cuDNN. tfjs's own gru layer has it before, and multiplies the inputs step by step.
import {
  add,
  expandDims,
  matMul,
  mul,
  reshape,
  serialization,
  sigmoid,
  split,
  stack,
  sub,
  type Tensor,
  tanh,
  tidy,
  transpose,
  unstack,
  zeros,
} from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import '../engine/tfjs.ts';
import type { Initializer, LayerConfig } from './layer-types.ts';

export interface GruOptions {
  readonly name?: string;
  /** Size H of the state. */
  readonly units: number;
  /** Answers the state after every step, [rows, T, H], instead of the last one, [rows, H]. Default false. */
  readonly returnSequences?: boolean;
  /** Whether the inputs are W x already, [rows, T, 3 H], so that the layer has no weights of its own for them. Default false. */
  readonly projected?: boolean;
  /** Start of the input's weights [I, 3H]; the gates stand in the order z, r, h. Default Glorot's uniform. */
  readonly kernelInitializer?: Initializer;
  /** Start of the state's weights [H, 3H]. Default orthogonal. */
  readonly recurrentInitializer?: Initializer;
}

interface GruConfig extends LayerConfig {
  readonly units: number;
  readonly returnSequences?: boolean;
  readonly projected?: boolean;
}

class Gru extends layers.Layer {
  static readonly className = 'DeepfieldGru';
  private readonly units: number;
  private readonly returnSequences: boolean;
  private readonly projected: boolean;
  private readonly start: Readonly<Record<'kernel' | 'recurrent', Initializer>>;
  private kernel: ReturnType<Gru['addWeight']> | undefined;
  private recurrentKernel!: ReturnType<Gru['addWeight']>;
  private bias!: ReturnType<Gru['addWeight']>;

  constructor(config: GruConfig, kernel?: Initializer, recurrent?: Initializer) {
    super(config);
    if (!Number.isInteger(config.units) || config.units < 1)
      throw new RangeError(`gru: expected a whole number of units >= 1, got ${config.units}`);
    this.units = config.units;
    this.returnSequences = config.returnSequences ?? false;
    this.projected = config.projected ?? false;
    this.start = {
      kernel: kernel ?? initializers.glorotUniform({}),
      recurrent: recurrent ?? initializers.orthogonal({ gain: 1 }),
    };
    this.supportsMasking = true;
  }

  override build(inputShape: number[]): void {
    const width = 3 * this.units;
    const inputs = inputShape[inputShape.length - 1];
    if (this.projected && inputs !== width)
      throw new RangeError(`gru: expected ${width} projected inputs, got ${inputs}`);
    if (!this.projected)
      this.kernel = this.addWeight('kernel', [inputs, width], 'float32', this.start.kernel);
    this.recurrentKernel = this.addWeight(
      'recurrent_kernel',
      [this.units, width],
      'float32',
      this.start.recurrent,
    );
    this.bias = this.addWeight('bias', [width], 'float32', initializers.zeros());
    super.build(inputShape);
  }

  override computeOutputShape([rows, steps]: number[]): number[] {
    return this.returnSequences ? [rows, steps, this.units] : [rows, this.units];
  }

  override computeMask(_inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    return (this.returnSequences ? mask : null) as Tensor;
  }

  override call(inputs: Tensor | Tensor[], kwargs: { mask?: Tensor | Tensor[] }): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const mask = Array.isArray(kwargs.mask) ? kwargs.mask[0] : kwargs.mask;
    return tidy(() => {
      const states = this.states(x, mask);
      return this.returnSequences ? stack(states, 1) : states[states.length - 1];
    });
  }

  /** The state after each step. The inputs of all steps and gates are one matrix product, the states' of all gates. */
  private states(x: Tensor, mask: Tensor | undefined): Tensor[] {
    const [rows, steps, inputs] = x.shape;
    const { units } = this;
    const flat = reshape(transpose(x, [1, 0, 2]), [-1, inputs]);
    const products = this.kernel === undefined ? flat : matMul(flat, this.kernel.read() as never);
    const projected = add(products, this.bias.read());
    const [gates, candidates] = split(reshape(projected, [steps, rows, 3 * units]), [2 * units, units], 2);
    const [gate, candidate] = [unstack(gates, 0), unstack(candidates, 0)];
    const seen = mask === undefined ? undefined : unstack(expandDims(transpose(mask, [1, 0]), -1), 0);
    const weights = this.recurrentKernel.read();
    const states: Tensor[] = [];
    let state: Tensor = zeros([rows, units]);
    for (let t = 0; t < steps; t++) {
      const [g, c] = split(matMul(state as never, weights as never) as Tensor, [2 * units, units], 1);
      const [z, r] = split(sigmoid(add(gate[t], g)), 2, 1);
      const proposal = tanh(add(candidate[t], mul(r, c)));
      const next = add(mul(z, sub(state, proposal)), proposal);
      state = seen ? add(state, mul(seen[t], sub(next, state))) : next;
      states.push(state);
    }
    return states;
  }

  override getConfig(): serialization.ConfigDict {
    const { units, returnSequences, projected } = this;
    return { ...super.getConfig(), units, returnSequences, projected };
  }
}

serialization.registerClass(Gru);

/**
 * z = s(W_z x + U_z h + b_z), r = s(W_r x + U_r h + b_r), g = tanh(W_h x + b_h + r (U_h h)),
 * h' = z h + (1 - z) g, starting from h = 0, with s the logistic function. Where a mask is false the state stays.
 *
 * @returns layer from [rows, T, I] to [rows, H]; 3 H (I + H + 1) parameters
 * @throws RangeError unless units is a whole number >= 1
 */
export const gru = ({ kernelInitializer, recurrentInitializer, ...config }: GruOptions): layers.Layer =>
  new Gru(config, kernelInitializer, recurrentInitializer);
