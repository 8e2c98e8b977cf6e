// Square ice: a fully connected network tells ground states, which obey the ice rule at every vertex, from lattices of
// infinite temperature. Neither has any order to see: the magnetisation of every ground state is 0.
import type { Parts } from '../../../../data-adapters/dataset.ts';
import type { StageContext, TrainContext } from '../../../domain.ts';
import type { PhasesConfig } from '../../config.ts';
import { fullyConnected } from '../bonds/fully-connected.ts';
import { simulateBonds } from '../bonds/simulate.ts';
import { trainBondNetworks } from '../bonds/train.ts';
import type { Study } from '../study.ts';
import { evaluate, networkKind } from './evaluate.ts';
import { figures } from './figures.ts';

const part = 'square-ice';

async function simulate(context: StageContext<PhasesConfig>): Promise<Parts> {
  return { [part]: await simulateBonds('square-ice', context.config.squareIce, context) };
}

async function train({ [part]: dataset }: Parts, context: TrainContext<PhasesConfig>): Promise<void> {
  const { squareIce, network } = context.config;
  const { initialDeviation, initialBias } = network;
  await trainBondNetworks(
    networkKind,
    dataset,
    (random) => fullyConnected({ ...squareIce, initialDeviation, initialBias, random }),
    squareIce,
    context,
  );
}

export const squareIce: Study = {
  name: 'square-ice',
  ownsPart: (name) => name === part,
  simulate,
  train,
  evaluate: ({ [part]: dataset }, context) => evaluate(dataset, context),
  figures,
};
