// Trains the networks of a study of bonds: each from its own seed and on lattices of its own. No early stopping: the gauge
// theory's network stays on a plateau for a thousand steps before it learns anything.
import type { RandomStream } from '../../../../core/random.ts';
import { rowSource } from '../../../../core/training/batch-source.ts';
import type { Dataset } from '../../../../data-adapters/dataset.ts';
import type { TrainContext } from '../../../domain.ts';
import { trainNetwork } from '../../../train-network.ts';
import type { PhasesConfig } from '../../config.ts';
import { type Learning, learningOptions } from '../../learning.ts';
import { networkInput } from '../../network.ts';
import { gatherFrom, labelledRows, ownRows } from '../../train.ts';
import { type BondNetwork, exportBondNetwork } from './bond-network.ts';

export interface BondTraining extends Learning {
  readonly networks: number;
}

/** Id of one of the networks of a kind; `member` counts from 0: `square-ice-1`. */
export const bondNetworkId = (kind: string, member: number): string => `${kind}-${member + 1}`;

/** Trains and saves the networks `kind-1`, `kind-2` ... that are not there yet. */
export async function trainBondNetworks(
  kind: string,
  dataset: Dataset,
  build: (random: RandomStream) => BondNetwork,
  training: BondTraining,
  context: TrainContext<PhasesConfig>,
): Promise<void> {
  for (let member = 0; member < training.networks; member++) {
    const id = bondNetworkId(kind, member);
    if (!context.hasModel(id)) await trainOne(id, member, dataset, build, training, context);
  }
}

async function trainOne(
  id: string,
  member: number,
  dataset: Dataset,
  build: (random: RandomStream) => BondNetwork,
  training: BondTraining,
  context: TrainContext<PhasesConfig>,
): Promise<void> {
  const random = context.random.split(id);
  const network = build(random.split('weights'));
  const { model, objective } = network;
  const gather = gatherFrom(dataset);
  const spins = { shape: dataset.column('spins').shape, storage: 'int8' } as const;
  await trainNetwork(
    {
      id,
      model,
      objective,
      inputs: { [networkInput]: spins, phase: { shape: [2] } },
      train: rowSource({
        rows: ownRows(dataset, 'train', member, training.networks),
        gather,
        shuffle: random.split('order'),
      }),
      validation: rowSource({ rows: labelledRows(dataset, 'validation'), gather }),
      ...learningOptions(training),
      stepsPerCall: 5,
      onnx: () => exportBondNetwork(network, `phases-of-matter-${id}`),
    },
    context,
  );
}
