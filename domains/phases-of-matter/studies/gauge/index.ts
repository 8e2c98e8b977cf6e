// The Ising gauge theory: its ground states have no order and no correlation that a single spin shows, only the constraint
// that the product of every plaquette is +1. A fully connected network learns nothing of it, a convolutional one all.
import type { Parts } from '../../../../data-adapters/dataset.ts';
import type { StageContext, TrainContext } from '../../../domain.ts';
import type { PhasesConfig } from '../../config.ts';
import { fullyConnected } from '../bonds/fully-connected.ts';
import { simulateBonds } from '../bonds/simulate.ts';
import { trainBondNetworks } from '../bonds/train.ts';
import type { Study } from '../study.ts';
import { convolutional } from './convolutional.ts';
import { evaluate } from './evaluate.ts';
import { figures } from './figures.ts';
import { networkKinds } from './network-kinds.ts';

const part = 'gauge';

async function simulate(context: StageContext<PhasesConfig>): Promise<Parts> {
  return { [part]: await simulateBonds('gauge', context.config.gauge, context) };
}

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
  simulate,
  train,
  evaluate: ({ [part]: dataset }, context) => evaluate(dataset, context),
  figures,
};
