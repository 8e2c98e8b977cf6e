// Autoencoders: dense layers down to a code and up again (Hinton and Salakhutdinov, Science 313, 504 (2006)), trained to give
// back what they are given. What is asked of the code besides (sparsity) or done to the input (noise) is the loss's.
import {
  initializers,
  input,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../random.ts';
import { tiedDense } from './tied-dense.ts';

export interface AutoencoderOptions {
  /** Numbers in one row of the input, each in [0, 1]. */
  readonly inputs: number;
  /** Units of the hidden layers between input and code; the decoder has them in reverse. Default none. */
  readonly hidden?: readonly number[];
  /** Length of the code. */
  readonly code: number;
  /** Default `relu`. */
  readonly codeActivation?: 'relu' | 'sigmoid' | 'linear';
  /** Whether the decoder has the encoder's weights, transposed. Default false. */
  readonly tied?: boolean;
  /** Draws the first weights, Glorot's uniform. */
  readonly random: RandomStream;
}

const apply = (layer: layers.Layer, x: SymbolicTensor): SymbolicTensor => layer.apply(x) as SymbolicTensor;

/** Code and logits as the outputs of a network: what every autoencoder here answers. */
export function withOutputs(name: string, x: SymbolicTensor, code: SymbolicTensor, logit: SymbolicTensor) {
  const reconstruction = apply(layers.activation({ name: 'reconstruction', activation: 'sigmoid' }), logit);
  return model({ name, inputs: x, outputs: [reconstruction, code, logit] });
}

/**
 * Network `encoder1 ... code ... decoder1 ... logit`, ReLU between and a sigmoid at the end.
 *
 * With widths w_0 = inputs, w_1, ..., w_d = code it has sum_i (w_i + 1) w_{i+1} + (w_{i+1} + 1) w_i parameters; tied, the
 * weights count once: sum_i w_i w_{i+1} + w_{i+1} + w_i. 784-32-784 has 50,992, 784-128-64-32-64-128-784 has 222,384.
 *
 * @returns network from [rows, inputs] to [reconstruction [rows, inputs], code [rows, code], logit [rows, inputs]], the
 *   reconstruction being the sigmoid of the logits
 */
export function autoencoder(options: AutoencoderOptions): LayersModel {
  const { inputs, hidden = [], code, codeActivation = 'relu', tied = false, random } = options;
  const widths = [inputs, ...hidden, code];
  const last = widths.length - 2;
  const seedOf = (name: string): number => random.split(name, 'kernel').seed();
  const dense = (name: string, units: number): layers.Layer =>
    layers.dense({ name, units, kernelInitializer: initializers.glorotUniform({ seed: seedOf(name) }) });
  const down = widths.slice(1).map((units, i) => {
    const name = i === last ? 'code' : `encoder${i + 1}`;
    return tied ? tiedDense({ name, inputs: widths[i], units, seed: seedOf(name) }) : dense(name, units);
  });
  const x = input({ shape: [inputs], name: 'x' });
  let h = x;
  down.forEach((layer, i) => {
    const activation = i === last ? codeActivation : 'relu';
    h = apply(layers.activation({ name: `${layer.name}-${activation}`, activation }), apply(layer, h));
  });
  const coded = h;
  for (let i = last; i >= 0; i--) {
    const name = i === 0 ? 'logit' : `decoder${last - i + 1}`;
    h = apply(tied ? down[i] : dense(name, widths[i]), h);
    if (i > 0) h = apply(layers.activation({ name: `${name}-relu`, activation: 'relu' }), h);
  }
  return withOutputs('autoencoder', x, coded, h);
}
