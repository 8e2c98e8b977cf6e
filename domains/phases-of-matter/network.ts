// The paper's fully connected network (Carrasquilla and Melko 2017, by the first author's published recipe): spins in,
// one layer of sigmoid units, two sigmoid outputs for the ordered and the disordered phase.
import { add, cast, div, mul, reshape, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { exportModel } from '../../core/engine/export.ts';
import { toLayersFormat } from '../../core/models/layers-format.ts';
import { mlp } from '../../core/models/mlp.ts';
import { trainableWeights } from '../../core/models/named-weights.ts';
import type { RandomStream } from '../../core/random.ts';
import type { Objective } from '../../core/training/fit.ts';
import { binaryCrossEntropy, l2Penalty } from '../../core/training/losses.ts';
import type { SavedModel } from '../domain.ts';

/** Name of a network's input, spins -1 and +1 [rows, L, L], and of its output, [rows, 2]. */
export const networkInput = 'spins';
export const networkOutput = 'phase';

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

/** The network's two outputs for spins -1 and +1 [rows, L, L]; it sees them as 0 and 1. */
function outputs(model: LayersModel, size: number, spins: Tensor): Tensor {
  const bits = div(add(cast(spins, 'float32'), 1), 2);
  return model.apply(reshape(bits, [-1, size ** 2])) as Tensor;
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

/** The trained network for the run directory; in model.onnx the step from spins to 0 and 1 is part of the graph. */
export async function saveNetwork(model: LayersModel, size: number): Promise<SavedModel> {
  const onnx = exportModel(
    ({ [networkInput]: spins }) => ({ [networkOutput]: outputs(model, size, spins) }),
    { [networkInput]: { shape: [size, size], dtype: 'int32' } },
    {
      name: `phases-of-matter-L${size}`,
      metadata: {
        input: `spins -1 and +1 of a square lattice, [rows, ${size}, ${size}]`,
        output: 'how ordered and how disordered, each in (0, 1): [rows, 2]',
      },
    },
  );
  return { onnx, layers: await toLayersFormat(model) };
}
