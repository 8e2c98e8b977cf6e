// How each kind of network is built and trained, by the settings and by how many events there are.
import type { CollisionsConfig } from './config.ts';
import type { Architecture } from './networks/architecture.ts';
import type { NetworkKind } from './networks/kinds.ts';
import { paperNetwork } from './networks/paper-network.ts';
import { adamRecipe, paperRecipe, type Recipe } from './networks/recipes.ts';
import { standardNetwork } from './networks/standard-network.ts';
import {
  fewEvents,
  manyEvents,
  plentyOfEvents,
  type StandardSettings,
  standardSettings,
} from './networks/standard-settings.ts';
import type { StandardisationRule } from './networks/standardisation.ts';
import type { ProblemName } from './problems.ts';

export interface TrainingPlan {
  readonly architecture: Architecture;
  readonly recipe: Recipe;
  readonly rule: StandardisationRule;
}

function settingsOf({ standard }: CollisionsConfig, events: number): StandardSettings {
  const { settings, epochs } = standard;
  const chosen =
    settings === 'auto'
      ? standardSettings(events)
      : { 'few-events': fewEvents, 'many-events': manyEvents, 'plenty-of-events': plentyOfEvents }[settings];
  return epochs === 0 ? chosen : { ...chosen, recipe: { ...chosen.recipe, epochs } };
}

/** Events that a network is shown at most where the passes are not set: the same for one layer as for several. */
const eventsShown = 900_000;

/** Greatest step sizes of Adam: a single layer of units stands, and needs, ten times that of several. */
const learningRates = { logistic: 0.02, shallow: 0.02, deep: 0.003 } as const;

function recipeOf(
  kind: Exclude<NetworkKind, 'standard'>,
  problem: ProblemName,
  { training }: CollisionsConfig,
  events: number,
): Recipe {
  const { recipe, batchSize, weightDecay, dropout } = training;
  const passes = Math.min(20, Math.max(1, Math.floor(eventsShown / events)));
  const epochs = training.epochs === 0 ? passes : training.epochs;
  if (recipe === 'adam') {
    const learningRate = training.learningRate === 0 ? learningRates[kind] : training.learningRate;
    return adamRecipe({ epochs, batchSize, learningRate, weightDecay });
  }
  const withDropout = dropout > 0;
  const decay = problem === 'susy' && withDropout ? 1.0000003 : 1.0000002;
  return { ...paperRecipe({ decay, dropout: withDropout, epochs }), batchSize };
}

/** @param events to train on */
export function trainingPlan(
  kind: NetworkKind,
  problem: ProblemName,
  config: CollisionsConfig,
  events: number,
): TrainingPlan {
  const { shallow, deep, standard, training } = config;
  if (kind === 'standard') {
    const { network, recipe } = settingsOf(config, events);
    const architecture = standardNetwork({ ...network, members: standard.members });
    return { architecture, recipe, rule: 'logarithmic' };
  }
  const hidden = {
    logistic: [],
    shallow: [shallow.units],
    deep: new Array<number>(deep.layers).fill(deep.units),
  };
  return {
    architecture: paperNetwork({
      hidden: hidden[kind],
      topDropout: kind === 'logistic' ? 0 : training.dropout,
    }),
    recipe: recipeOf(kind, problem, config, events),
    rule: training.recipe === 'paper' ? 'authors' : 'z-score',
  };
}
