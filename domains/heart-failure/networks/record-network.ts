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
  /** Vectors [codes + 1, width] that are not learnt: those of concept-vectors.ts. */
  readonly vectors?: Float32Array;
  readonly random: RandomStream;
}

const uniform = (random: RandomStream, label: string, bound: number) =>
  initializers.randomUniform({ minval: -bound, maxval: bound, seed: random.split(label).seed() });

const glorot = (random: RandomStream, label: string) =>
  initializers.glorotUniform({ seed: random.split(label).seed() });

/** Uniform in +-bound, or Glorot's where none is given. */
const start = (random: RandomStream, label: string, bound: number | undefined) =>
  bound === undefined ? glorot(random, label) : uniform(random, label, bound);

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
  return gru({
    name,
    units,
    ...options,
    kernelInitializer: start(random, `${name} kernel`, bound),
    recurrentInitializer: start(random, `${name} recurrent`, bound),
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
        initializer: start(random, 'times', bound),
      }).apply([steps, days]) as SymbolicTensor)
    : steps;

/** The logit from what a network has made of the record, some of which is left out in training. */
const readOut = (
  { dropout: rate, random }: RecordNetworkOptions,
  summary: SymbolicTensor,
  bias: number,
  bound?: number,
): SymbolicTensor =>
  layers
    .dense({
      name: 'output',
      units: 1,
      kernelInitializer: start(random, 'output', bound),
      biasInitializer: initializers.constant({ value: bias }),
    })
    .apply(
      dropout({ rate, seed: random.split('dropout').seed(), name: 'dropout' }).apply(summary),
    ) as SymbolicTensor;

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
  const logit = readOut(options, last as SymbolicTensor, exact ? 0 : options.prior, bound);
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
  const logit = readOut(options, context, options.prior);
  return model({ inputs: [codes, days], outputs: [logit, attention], name: 'retain' });
}
