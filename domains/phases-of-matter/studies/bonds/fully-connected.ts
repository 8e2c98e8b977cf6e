// The paper's fully connected network on lattices of bonds: one layer of sigmoid units, two sigmoid outputs, by the first
// author's recipe. It sees the spins as 0 and 1.
import { add, cast, div, mul, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { mlp } from '../../../../core/models/mlp.ts';
import { trainableWeights } from '../../../../core/models/named-weights.ts';
import type { RandomStream } from '../../../../core/random.ts';
import { binaryCrossEntropy, l2Penalty } from '../../../../core/training/losses.ts';
import { networkInput } from '../../network.ts';
import { type BondNetwork, phaseAccuracy } from './bond-network.ts';

export interface FullyConnectedOptions {
  /** Linear size L. */
  readonly size: number;
  readonly hiddenUnits: number;
  /** Strength of the penalty on half the squared weights; biases are left out. */
  readonly l2: number;
  /** Standard deviation of the truncated normal that the weights start from. */
  readonly initialDeviation: number;
  readonly initialBias: number;
  readonly random: RandomStream;
}

/** 2 L^2 -> hiddenUnits -> 2, all sigmoid: (2 L^2 + 1) h + 2 (h + 1) parameters. */
export function fullyConnected(options: FullyConnectedOptions): BondNetwork {
  const { size, hiddenUnits, l2, random } = options;
  const inputs = 2 * size ** 2;
  const model = mlp({
    inputs,
    hidden: [hiddenUnits],
    hiddenActivation: 'sigmoid',
    outputs: 2,
    outputActivation: 'sigmoid',
    initialisation: { kind: 'truncated-normal', standardDeviation: options.initialDeviation },
    bias: options.initialBias,
    random,
  });
  const kernels = Object.entries(trainableWeights(model)).filter(([name]) => name.endsWith('/kernel'));
  const forward = (spins: Tensor): Tensor =>
    model.apply(reshape(div(add(cast(spins, 'float32'), 1), 2), [-1, inputs])) as Tensor;
  return {
    size,
    model,
    forward,
    objective: ({ [networkInput]: spins, phase, weight }) => {
      const output = forward(spins);
      const likelihood = binaryCrossEntropy(phase, output, weight);
      const penalty = l2Penalty(kernels.map(([, variable]) => variable));
      return {
        loss: add(likelihood, mul(l2, penalty)),
        metrics: { accuracy: phaseAccuracy(phase, output, weight) },
      };
    },
  };
}
