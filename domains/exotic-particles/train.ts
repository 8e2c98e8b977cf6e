// The networks of a run: every kind on every group of features, several of each.
import type { RandomStream } from '../../core/random.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import type { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import type { TrainContext } from '../domain.ts';
import { classScalesOf } from './class-scales.ts';
import type { CollisionsConfig } from './config.ts';
import { type EventSourceOptions, eventSource } from './event-source.ts';
import { type NetworkName, networkId } from './network-id.ts';
import type { CollisionNetworkOptions } from './networks/build-network.ts';
import { particleLayout } from './networks/particles.ts';
import { standardisation } from './networks/standardisation.ts';
import { type Parameter, parameterOf, withParameter } from './parameter.ts';
import { featureRange, featuresOf, groupsOf, type Problem, type ProblemName } from './problems.ts';
import { problemOf } from './source-problem.ts';
import { trainClassifier } from './train-collisions.ts';
import { trainingPlan } from './training-plan.ts';

/** Training events that scales and bins are measured on. */
const sampleEvents = 10_000;

/** Momenta of the problem, where they are known and none is missing. */
function particlesOf(
  { units }: Problem,
  { statistics }: StoredDataset,
): Pick<CollisionNetworkOptions, 'particles'> {
  const whole = statistics.features.every(({ missing }) => missing === 0);
  const particles = units === undefined || !whole ? undefined : particleLayout(units);
  return particles === undefined ? {} : { particles };
}

/** What the networks of a search share. */
interface Shared {
  readonly problem: Problem;
  readonly dataset: StoredDataset;
  readonly scales: Pick<EventSourceOptions, 'classScales'>;
  readonly sample: Float32Array;
  readonly parameter: Parameter | undefined;
}

async function trainOne(
  name: NetworkName,
  { problem, dataset, scales, sample, parameter }: Shared,
  random: RandomStream,
  context: TrainContext<CollisionsConfig>,
): Promise<void> {
  const { train, validation } = dataset.splits;
  const [from, to] = featureRange(problem, name.group);
  const columns = featuresOf(problem).length;
  const { architecture, recipe, rule } = trainingPlan(name.kind, problem.name, context.config, train.length);
  await trainClassifier(
    {
      id: networkId(name),
      columns,
      ...(parameter === undefined ? {} : { parameter: parameter.parameter }),
      from,
      to,
      standardisation: standardisation(rule, dataset.statistics.features),
      architecture,
      ...particlesOf(problem, dataset),
      sample,
      recipe,
      source: withParameter(
        eventSource(train, { shuffle: random.split('order'), ...scales }),
        columns,
        parameter,
        random.split('parameter'),
      ),
      validation: eventSource(validation, scales),
      random,
      metadata: { columns: featuresOf(problem).join(',') },
    },
    context,
  );
}

/** All networks of a search, group by group and from the simplest kind to the strongest. */
function networksOf(problem: Problem, { groups, kinds, training }: CollisionsConfig): NetworkName[] {
  const own = groupsOf(problem);
  return own
    .filter((group) => own.length === 1 || groups.includes(group))
    .flatMap((group) =>
      kinds.flatMap((kind) =>
        Array.from({ length: training.networks }, (_, member) => ({
          problem: problem.name,
          kind,
          group,
          member,
        })),
      ),
    );
}

export async function train(
  parts: Parts<StoredDataset>,
  context: TrainContext<CollisionsConfig>,
): Promise<void> {
  const { config, random, signal } = context;
  for (const [part, dataset] of Object.entries(parts)) {
    const problem = problemOf(part as ProblemName, config);
    const scales = { classScales: await classScalesOf(dataset, config) };
    const { columns } = await dataset.splits.train.sample(sampleEvents, ['features']);
    const sample = columns.features.data as Float32Array;
    const parameter = await parameterOf(problem, dataset, config);
    const shared: Shared = { problem, dataset, scales, sample, parameter };
    for (const name of networksOf(problem, config)) {
      const id = networkId(name);
      if (context.hasModel(id)) continue;
      signal.throwIfAborted();
      await trainOne(name, shared, random.split('network', id), context);
    }
  }
}
