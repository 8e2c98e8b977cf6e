// The networks of a run: every kind on every group of features, several of each.
import type { Parts } from '../../data-adapters/dataset.ts';
import type { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import type { TrainContext } from '../domain.ts';
import { classScalesOf } from './class-scales.ts';
import type { CollisionsConfig } from './config.ts';
import { eventSource } from './event-source.ts';
import { networkId } from './network-id.ts';
import type { Architecture } from './networks/architecture.ts';
import type { NetworkKind } from './networks/kinds.ts';
import { paperNetwork } from './networks/paper-network.ts';
import { type ParticleLayout, particleLayout } from './networks/particles.ts';
import { adamRecipe, paperRecipe, type Recipe } from './networks/recipes.ts';
import { standardNetwork } from './networks/standard-network.ts';
import { standardisation } from './networks/standardisation.ts';
import { featureRange, featuresOf, groupsOf, type Problem, type ProblemName } from './problems.ts';
import { problemOf } from './source-problem.ts';
import { trainClassifier } from './train-collisions.ts';

function architectureOf(
  kind: NetworkKind,
  { shallow, deep, standard, training }: CollisionsConfig,
): Architecture {
  if (kind === 'logistic') return paperNetwork({ hidden: [] });
  if (kind === 'standard') return standardNetwork(standard);
  const hidden = kind === 'shallow' ? [shallow.units] : new Array<number>(deep.layers).fill(deep.units);
  return paperNetwork({ hidden, topDropout: training.dropout });
}

function recipeOf(problem: Problem, kind: NetworkKind, { training, standard }: CollisionsConfig): Recipe {
  if (kind === 'standard') return adamRecipe(standard);
  const { recipe, epochs, batchSize, learningRate, weightDecay, dropout } = training;
  if (recipe === 'adam') return adamRecipe({ epochs, batchSize, learningRate, weightDecay });
  const withDropout = dropout > 0;
  const decay = problem.name === 'susy' && withDropout ? 1.0000003 : 1.0000002;
  return { ...paperRecipe({ decay, dropout: withDropout, epochs }), batchSize };
}

/** Momenta of the problem, where they are known and none is missing. */
function particlesOf({ units }: Problem, { statistics }: StoredDataset): { particles?: ParticleLayout } {
  const whole = statistics.features.every(({ missing }) => missing === 0);
  const particles = units === undefined || !whole ? undefined : particleLayout(units);
  return particles === undefined ? {} : { particles };
}

async function trainProblem(
  problem: Problem,
  dataset: StoredDataset,
  context: TrainContext<CollisionsConfig>,
): Promise<void> {
  const { config, random } = context;
  const scales = { classScales: await classScalesOf(dataset, config) };
  const groups = groupsOf(problem).filter(
    (group) => config.groups.includes(group) || groupsOf(problem).length === 1,
  );
  for (const group of groups) {
    const [from, to] = featureRange(problem, group);
    for (const kind of config.kinds) {
      for (let member = 0; member < config.training.networks; member++) {
        const id = networkId({ problem: problem.name, kind, group, member });
        if (context.hasModel(id)) continue;
        context.signal.throwIfAborted();
        const stream = random.split('network', id);
        const rule =
          kind === 'standard' ? 'logarithmic' : config.training.recipe === 'paper' ? 'authors' : 'z-score';
        await trainClassifier(
          {
            id,
            columns: featuresOf(problem).length,
            from,
            to,
            standardisation: standardisation(rule, dataset.statistics.features),
            architecture: architectureOf(kind, config),
            ...particlesOf(problem, dataset),
            recipe: recipeOf(problem, kind, config),
            source: eventSource(dataset.splits.train, { shuffle: stream.split('order'), ...scales }),
            validation: eventSource(dataset.splits.validation, scales),
            random: stream,
            metadata: { columns: featuresOf(problem).join(',') },
          },
          context,
        );
      }
    }
  }
}

export async function train(
  parts: Parts<StoredDataset>,
  context: TrainContext<CollisionsConfig>,
): Promise<void> {
  for (const [name, dataset] of Object.entries(parts)) {
    await trainProblem(problemOf(name as ProblemName, context.config), dataset, context);
  }
}
