// The multilayer perceptron: dense layers one after another.
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../random.ts';
import { dropout } from './dropout.ts';
import '../engine/tfjs.ts';

type Activation = 'linear' | 'relu' | 'sigmoid' | 'tanh' | 'elu' | 'selu' | 'softmax' | 'softplus';

/** How a dense layer starts. */
export type Initialisation =
  /** Uniform in +-sqrt(6 / (in + out)) (Glorot and Bengio 2010). */
  | { readonly kind: 'glorot-uniform' }
  /** Normal with standard deviation sqrt(2 / in) (He et al. 2015). */
  | { readonly kind: 'he-normal' }
  /** Normal of the given standard deviation. */
  | { readonly kind: 'normal'; readonly standardDeviation: number }
  /** Normal of the given standard deviation, redrawn beyond two of them. */
  | { readonly kind: 'truncated-normal'; readonly standardDeviation: number };

export interface MlpOptions {
  /** Before the names of model and layers, where several stand in one model: `first-`. Default none. */
  readonly prefix?: string;
  /** Numbers in one row of the input. */
  readonly inputs: number;
  /** Units of each hidden layer, first to last. */
  readonly hidden: readonly number[];
  readonly hiddenActivation: Activation;
  readonly outputs: number;
  readonly outputActivation: Activation;
  /** Of all layers, or of each, the output's last. Default Glorot's uniform. */
  readonly initialisation?: Initialisation | readonly Initialisation[];
  /** First value of every bias. Default 0. */
  readonly bias?: number;
  /** First value of the output's biases, where another than `bias`: the log odds of a rare class, say. */
  readonly outputBias?: number;
  /** Dropout after each hidden layer: one rate for all, or one for each. Default 0: none. */
  readonly dropoutRate?: number | readonly number[];
  /** Draws the first weights and the dropout masks. */
  readonly random: RandomStream;
}

function initializer(initialisation: Initialisation, seed: number) {
  switch (initialisation.kind) {
    case 'glorot-uniform':
      return initializers.glorotUniform({ seed });
    case 'he-normal':
      return initializers.heNormal({ seed });
    case 'normal':
      return initializers.randomNormal({ stddev: initialisation.standardDeviation, seed });
    case 'truncated-normal':
      return initializers.truncatedNormal({ stddev: initialisation.standardDeviation, seed });
  }
}

/** A setting for each layer. @throws RangeError for a list of another length */
function forEachLayer<T>(name: string, setting: T | readonly T[], layerCount: number): readonly T[] {
  if (!Array.isArray(setting)) return Array.from({ length: layerCount }, () => setting as T);
  if (setting.length !== layerCount)
    throw new RangeError(`mlp: expected ${layerCount} values of ${name}, got ${setting.length}`);
  return setting;
}

/**
 * Dense layers `hidden1 ... hiddenN` and `output`.
 *
 * @returns network from [rows, inputs] to [rows, outputs]; (inputs + 1) h1 + (h1 + 1) h2 + ... parameters
 * @throws RangeError when initialisation or dropout is a list that does not have one value for each layer
 */
export function mlp(options: MlpOptions): LayersModel {
  const { inputs, hidden, outputs, random, bias = 0, prefix = '' } = options;
  const start = forEachLayer<Initialisation>(
    'initialisation',
    options.initialisation ?? { kind: 'glorot-uniform' },
    hidden.length + 1,
  );
  const rates = forEachLayer('dropoutRate', options.dropoutRate ?? 0, hidden.length);
  // tfjs would number it, and two runs of one network would differ by that name.
  const network = sequential({ name: `${prefix}mlp` });
  const widths = [...hidden, outputs];
  widths.forEach((units, i) => {
    const last = i === hidden.length;
    const name = last ? 'output' : `hidden${i + 1}`;
    network.add(
      layers.dense({
        name: `${prefix}${name}`,
        units,
        activation: last ? options.outputActivation : options.hiddenActivation,
        kernelInitializer: initializer(start[i], random.split(name, 'kernel').seed()),
        biasInitializer: initializers.constant({ value: last ? (options.outputBias ?? bias) : bias }),
        ...(i === 0 ? { inputShape: [inputs] } : {}),
      }),
    );
    if (!last && rates[i] > 0) {
      network.add(
        dropout({
          rate: rates[i],
          seed: random.split(name, 'dropout').seed(),
          name: `${prefix}dropout${i + 1}`,
        }),
      );
    }
  });
  return network;
}
