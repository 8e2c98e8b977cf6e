// Square ice: a fully connected network tells ground states, which obey the ice rule at every vertex, from lattices of
// infinite temperature. Neither has any order to see: the magnetisation of every ground state is 0.
import type { Parts } from '../../../../data-adapters/dataset.ts';
import type { TrainContext } from '../../../domain.ts';
import type { PhasesConfig } from '../../config.ts';
import { fullyConnected } from '../bonds/fully-connected.ts';
import { bondLattices } from '../bonds/lattices.ts';
import { trainBondNetworks } from '../bonds/train.ts';
import type { Study } from '../study.ts';
import { evaluate, networkKind } from './evaluate.ts';
import { figures } from './figures.ts';

const part = 'square-ice';

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
  lattices: (config) => bondLattices(part, config.squareIce),
  train,
  evaluate: ({ [part]: dataset }, context) => evaluate(dataset, context),
  figures,
};
