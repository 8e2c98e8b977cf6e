// The paper's fully connected network (Carrasquilla and Melko 2017, by the first author's published recipe): spins in,
// one layer of sigmoid units, two sigmoid outputs for the ordered and the disordered phase.
import {
  add,
  cast,
  clipByValue,
  div,
  log,
  matMul,
  mul,
  reshape,
  sigmoid,
  split,
  sub,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { exportModel } from '../../core/engine/export.ts';
import { mlp } from '../../core/models/mlp.ts';
import { trainableWeights } from '../../core/models/named-weights.ts';
import type { RandomStream } from '../../core/random.ts';
import { binaryCrossEntropy, l2Penalty } from '../../core/training/losses.ts';
import type { Objective } from '../../core/training/objective.ts';
import { type Calibration, CLIP } from './calibration.ts';

/** Name of a network's input: spins -1 and +1, [rows, L, L]. */
export const networkInput = 'spins';
/** Its outputs: both phases as they come [rows, 2], and the calibrated probability of the ordered one [rows, 1]. */
export const phaseOutput = 'phase';
export const orderedOutput = 'ordered';
/** What the hidden units receive, W x + b, [rows, hidden units]: a model's third output, for whoever looks inside. */
export const hiddenOutput = 'hidden';

export interface PhaseNetworkOptions {
  /** Linear size L of the lattices. */
  readonly size: number;
  readonly hiddenUnits: number;
  /** Standard deviation of the truncated normal that the weights start from. */
  readonly initialDeviation: number;
  /** First value of every bias. */
  readonly initialBias: number;
  readonly random: RandomStream;
}

/** L^2 -> hiddenUnits -> 2, all sigmoid: (L^2 + 1) h + 2 (h + 1) parameters. Inputs are spins as 0 and 1. */
export function phaseNetwork(options: PhaseNetworkOptions): LayersModel {
  return mlp({
    inputs: options.size ** 2,
    hidden: [options.hiddenUnits],
    hiddenActivation: 'sigmoid',
    outputs: 2,
    outputActivation: 'sigmoid',
    initialisation: { kind: 'truncated-normal', standardDeviation: options.initialDeviation },
    bias: options.initialBias,
    random: options.random,
  });
}

/** Spins -1 and +1 [rows, L, L] as the network sees them: 0 and 1, [rows, L^2]. */
const bits = (spins: Tensor, size: number): Tensor =>
  reshape(div(add(cast(spins, 'float32'), 1), 2), [-1, size ** 2]);

/** The network's two outputs for spins -1 and +1 [rows, L, L]. */
const outputs = (model: LayersModel, size: number, spins: Tensor): Tensor =>
  model.apply(bits(spins, size)) as Tensor;

/** W x + b of the hidden units for spins -1 and +1. */
function hiddenInputs(model: LayersModel, size: number, spins: Tensor): Tensor {
  const { 'hidden1/kernel': weights, 'hidden1/bias': bias } = trainableWeights(model);
  return add(matMul(bits(spins, size) as never, weights as never), bias);
}

/** Binary cross-entropy averaged over rows and outputs, plus `l2` times half the squared weights (biases left out). */
export function phaseObjective(model: LayersModel, size: number, l2: number): Objective {
  const kernels = Object.entries(trainableWeights(model)).filter(([name]) => name.endsWith('/kernel'));
  return ({ [networkInput]: spins, phase, weight }) => {
    const likelihood = binaryCrossEntropy(phase, outputs(model, size, spins), weight);
    const penalty = l2Penalty(kernels.map(([, variable]) => variable));
    return { loss: add(likelihood, mul(l2, penalty)) };
  };
}

/** (ordered + 1 - disordered) / 2 of the two outputs: how ordered, in (0, 1), [rows, 1]. */
function orderedShare(phase: Tensor): Tensor {
  const [ordered, disordered] = split(phase, 2, 1);
  return div(add(ordered, sub(1, disordered)), 2);
}

/** calibration.ts in the graph: 1 / (1 + exp(-(slope logit(p) + offset))). */
function calibrated(p: Tensor, { slope, offset }: Calibration): Tensor {
  const clipped = clipByValue(p, CLIP, 1 - CLIP);
  const logit = sub(log(clipped), log(sub(1, clipped)));
  return sigmoid(add(mul(logit, slope), offset));
}

/** The forward pass on raw spins as a model file: the step to 0 and 1 and the calibration are part of the graph. */
export function exportNetwork(model: LayersModel, size: number, calibration: Calibration): Uint8Array {
  return exportModel(
    ({ [networkInput]: spins }) => {
      const hidden = hiddenInputs(model, size, spins);
      const phase = model.getLayer('output').apply(sigmoid(hidden)) as Tensor;
      return {
        [phaseOutput]: phase,
        [orderedOutput]: calibrated(orderedShare(phase), calibration),
        [hiddenOutput]: hidden,
      };
    },
    { [networkInput]: { shape: [size, size], dtype: 'int32' } },
    {
      name: `phases-of-matter-L${size}`,
      metadata: {
        [networkInput]: `spins -1 and +1 of a square lattice, [rows, ${size}, ${size}]`,
        [phaseOutput]: 'how ordered and how disordered, each in (0, 1), [rows, 2]',
        [orderedOutput]: 'probability of the ordered phase, calibrated on the validation lattices, [rows, 1]',
        [hiddenOutput]: 'W x + b of the hidden units, [rows, hidden units]',
      },
    },
  );
}
