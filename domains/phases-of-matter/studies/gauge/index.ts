// The Ising gauge theory: its ground states have no order and no correlation that a single spin shows, only the constraint
// that the product of every plaquette is +1. A fully connected network learns nothing of it, a convolutional one all.
import type { Parts } from '../../../../data-adapters/dataset.ts';
import type { TrainContext } from '../../../domain.ts';
import type { PhasesConfig } from '../../config.ts';
import { fullyConnected } from '../bonds/fully-connected.ts';
import { bondLattices } from '../bonds/lattices.ts';
import { trainBondNetworks } from '../bonds/train.ts';
import type { Study } from '../study.ts';
import { convolutional } from './convolutional.ts';
import { evaluate } from './evaluate.ts';
import { figures } from './figures.ts';
import { networkKinds } from './network-kinds.ts';

const part = 'gauge';

async function train({ [part]: dataset }: Parts, context: TrainContext<PhasesConfig>): Promise<void> {
  const { gauge, network } = context.config;
  const { size, networks } = gauge;
  const { initialDeviation, initialBias } = network;
  const start = { size, initialDeviation, initialBias };
  await trainBondNetworks(
    networkKinds.fullyConnected,
    dataset,
    (random) => fullyConnected({ ...gauge.fullyConnected, ...start, random }),
    { ...gauge.fullyConnected, networks },
    context,
  );
  await trainBondNetworks(
    networkKinds.convolutional,
    dataset,
    (random) => convolutional({ ...gauge.convolutional, ...start, random }),
    { ...gauge.convolutional, networks },
    context,
  );
}

export const gauge: Study = {
  name: 'gauge',
  ownsPart: (name) => name === part,
  lattices: (config) => bondLattices(part, config.gauge),
  train,
  evaluate: ({ [part]: dataset }, context) => evaluate(dataset, context),
  figures,
};
