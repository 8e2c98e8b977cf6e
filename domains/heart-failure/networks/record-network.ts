// Networks that read a record step by step: the recurrent network of the paper and a better-regularised one, and RETAIN,
// which says what it looks at.
import { initializers, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { codeVectors } from '../../../core/models/code-vectors.ts';
import { dropout } from '../../../core/models/dropout.ts';
import { elapsedTimes } from '../../../core/models/elapsed-times.ts';
import { gru } from '../../../core/models/gru.ts';
import { reverseTime, stepAttention, weightedSum } from '../../../core/models/reverse-time-attention.ts';
import type { RandomStream } from '../../../core/random.ts';

export interface RecordNetworkOptions {
  /** Codes that are known. */
  readonly codes: number;
  /** Codes in a step. */
  readonly codesPerStep: number;
  /** Units of the recurrent layers. */
  readonly units: number;
  /** Size of a code's vector. */
  readonly width: number;
  /** Share of what the answer is read from that a step of training leaves out. */
  readonly dropout: number;
  /** Whether the days between steps are told. */
  readonly durations: boolean;
  /** Log odds of being a case, from which training starts; the paper's starts from 0. */
  readonly prior: number;
  /** Vectors [codes + 1, width] that are not learnt: those of concepts.ts. */
  readonly vectors?: Float32Array;
  readonly random: RandomStream;
}

const uniform = (random: RandomStream, label: string, bound: number) =>
  initializers.randomUniform({ minval: -bound, maxval: bound, seed: random.split(label).seed() });

const glorot = (random: RandomStream, label: string) =>
  initializers.glorotUniform({ seed: random.split(label).seed() });

interface Inputs {
  readonly codes: SymbolicTensor;
  readonly days: SymbolicTensor;
}

const inputsOf = (codesPerStep: number): Inputs => ({
  codes: layers.input({ shape: [null, codesPerStep], dtype: 'int32', name: 'codes' }),
  days: layers.input({ shape: [null], name: 'days' }),
});

function recurrent(
  random: RandomStream,
  name: string,
  units: number,
  more: { readonly returnSequences?: boolean; readonly projected?: boolean; readonly bound?: number } = {},
): layers.Layer {
  const { bound, ...options } = more;
  const start = (part: string) =>
    bound === undefined ? glorot(random, `${name} ${part}`) : uniform(random, `${name} ${part}`, bound);
  return gru({
    name,
    units,
    ...options,
    kernelInitializer: start('kernel'),
    recurrentInitializer: start('recurrent'),
  });
}

/** The vectors of the steps: learnt, or given and fixed. */
const vectorsLayer = (
  { codes, width, vectors, random }: RecordNetworkOptions,
  size = width,
  bound = 0.05,
): layers.Layer =>
  codeVectors({
    name: 'codes_in',
    codes,
    width: size,
    ...(vectors === undefined ? { initializer: uniform(random, 'codes', bound) } : { vectors }),
    trainable: vectors === undefined,
  });

const withTimes = (
  { durations, random }: RecordNetworkOptions,
  steps: SymbolicTensor,
  days: SymbolicTensor,
  bound?: number,
): SymbolicTensor =>
  durations
    ? (elapsedTimes({
        name: 'times',
        initializer: bound === undefined ? glorot(random, 'times') : uniform(random, 'times', bound),
      }).apply([steps, days]) as SymbolicTensor)
    : steps;

/**
 * One recurrent layer; the logit [rows, 1] is read from its last state.
 *
 * The paper's (`exact`): weights uniform in +-0.1, and where codes are not vectors each is a row of the input weights, as a
 * one-hot vector picks it.
 */
export function recurrentNetwork(options: RecordNetworkOptions, exact: boolean): LayersModel {
  const { units, codesPerStep, random, vectors } = options;
  const { codes, days } = inputsOf(codesPerStep);
  const bound = exact ? 0.1 : undefined;
  const projected = exact && vectors === undefined;
  const steps = vectorsLayer(options, projected ? 3 * units : undefined, bound).apply(
    codes,
  ) as SymbolicTensor;
  const timed = withTimes(options, steps, days, bound);
  const last = recurrent(random, 'gru', units, { projected, ...(bound ? { bound } : {}) }).apply(timed);
  const kept = dropout({
    rate: options.dropout,
    seed: random.split('dropout').seed(),
    name: 'dropout',
  }).apply(last) as SymbolicTensor;
  const logit = layers
    .dense({
      name: 'output',
      units: 1,
      kernelInitializer: bound ? uniform(random, 'output', bound) : glorot(random, 'output'),
      biasInitializer: initializers.constant({ value: exact ? 0 : options.prior }),
    })
    .apply(kept) as SymbolicTensor;
  return model({ inputs: [codes, days], outputs: logit, name: 'recurrent' });
}

/**
 * RETAIN: outputs the logit [rows, 1] and a_t b_t [rows, T, width]. Its context, sum_t a_t b_t s_t, is linear in the
 * vectors of the codes, so that code k of step t adds w . (a_t b_t E[c_tk]) to the logit.
 */
export function retainNetwork(options: RecordNetworkOptions): LayersModel {
  const { units, codesPerStep, random } = options;
  const { codes, days } = inputsOf(codesPerStep);
  const steps = vectorsLayer(options).apply(codes) as SymbolicTensor;
  const backwards = reverseTime({ name: 'backwards' }).apply(
    withTimes(options, steps, days),
  ) as SymbolicTensor;
  const states = ['alpha', 'beta'].map(
    (name) => recurrent(random, name, units, { returnSequences: true }).apply(backwards) as SymbolicTensor,
  );
  const attention = stepAttention({ name: 'attention' }).apply([steps, ...states]) as SymbolicTensor;
  const context = weightedSum({ name: 'context' }).apply([steps, attention]) as SymbolicTensor;
  const kept = dropout({
    rate: options.dropout,
    seed: random.split('dropout').seed(),
    name: 'dropout',
  }).apply(context) as SymbolicTensor;
  const logit = layers
    .dense({
      name: 'output',
      units: 1,
      kernelInitializer: glorot(random, 'output'),
      biasInitializer: initializers.constant({ value: options.prior }),
    })
    .apply(kept) as SymbolicTensor;
  return model({ inputs: [codes, days], outputs: [logit, attention], name: 'retain' });
}
