// What the networks for lattices of bonds have in common: spins [rows, L, L, 2] in, [ground state, infinite temperature]
// out, and their model file.
import {
  cast,
  greater,
  mul,
  reshape,
  type Scalar,
  slice,
  sub,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { exportModel } from '../../../../core/engine/export.ts';
import { weightedMean } from '../../../../core/training/losses.ts';
import type { Objective } from '../../../../core/training/objective.ts';
import { networkInput, phaseOutput } from '../../network.ts';

export interface BondNetwork {
  /** Linear size L. */
  readonly size: number;
  readonly model: LayersModel;
  /** Both phases, [rows, 2], of spins -1 and +1, [rows, L, L, 2]; dropout is active while training. */
  forward(spins: Tensor, training: boolean): Tensor;
  /** Reads `spins`, `phase` and `weight`; its metrics have `accuracy`. */
  readonly objective: Objective;
}

/** Share of rows whose larger output is the right one, by weight. */
export function phaseAccuracy(target: Tensor, output: Tensor, weight: Tensor): Scalar {
  return tidy(() => {
    const margin = (phase: Tensor): Tensor =>
      sub(slice(phase, [0, 0], [-1, 1]), slice(phase, [0, 1], [-1, 1]));
    const right = cast(greater(mul(margin(target), margin(output)), 0), 'float32');
    return weightedMean(reshape(right, [-1]), weight);
  });
}

/** The forward pass on raw spins as a model file. */
export function exportBondNetwork({ size, forward }: BondNetwork, name: string): Uint8Array {
  return exportModel(
    ({ [networkInput]: spins }) => ({ [phaseOutput]: forward(spins, false) }),
    { [networkInput]: { shape: [size, size, 2], dtype: 'int32' } },
    {
      name,
      metadata: {
        [networkInput]: `spins -1 and +1 on the bonds of a square lattice, [rows, ${size}, ${size}, 2]: of each vertex the bond to its right, then the one below it`,
        [phaseOutput]: 'a ground state, and a lattice of infinite temperature, each in (0, 1), [rows, 2]',
      },
    },
  );
}
