// The collisions that a run generates for itself, written to disk as they come.
import type { BlockWork } from '../../core/blocks.ts';
import { type Parts, type SplitName, splitNames } from '../../data-adapters/dataset.ts';
import type { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import type { PrepareContext, SimulationContext } from '../domain.ts';
import type { CollisionsConfig } from './config.ts';
import { eventColumns } from './event-columns.ts';
import { type CollisionChoice, collisionWork, simulateCollisions } from './generator/simulate-collisions.ts';
import { featuresOf, type GeneratedProblem, higgs, susy } from './problems.ts';

type Context = SimulationContext<CollisionsConfig>;

const choiceOf = (name: GeneratedProblem, { config: { events }, random }: Context): CollisionChoice => ({
  process: name,
  events: events.training + events.validation + events.test,
  random: random.split(name),
});

/** The blocks of all searches. */
export const blocks = (context: Context): BlockWork[] =>
  context.config.problems.map((name) => collisionWork(choiceOf(name, context)));

async function simulateProblem(
  name: GeneratedProblem,
  context: PrepareContext<CollisionsConfig>,
): Promise<StoredDataset> {
  const { config, seed, threads, progress, signal } = context;
  const problem = name === 'higgs' ? higgs : susy;
  const width = featuresOf(problem).length;
  const counts: Record<SplitName, number> = {
    train: config.events.training,
    validation: config.events.validation,
    test: config.events.test,
  };
  const writer = await context.openPart(name, eventColumns(width));
  const left = { ...counts };
  const collisions = simulateCollisions({
    ...choiceOf(name, context),
    threads,
    progress,
    signal,
    blocks: context.blocks,
  });
  for await (const { features, label } of collisions) {
    for (let from = 0; from < label.length; ) {
      const split = splitNames.find((candidate) => left[candidate] > 0) ?? 'test';
      const taken = Math.min(label.length - from, left[split]);
      await writer.write(split, taken, {
        features: features.subarray(from * width, (from + taken) * width),
        label: label.subarray(from, from + taken),
        weight: new Float32Array(taken).fill(1),
      });
      left[split] -= taken;
      from += taken;
    }
  }
  return writer.finish({
    kind: 'simulated',
    source: `generated collisions at 8 TeV: ${problem.title} and their background`,
    seed,
    notes: [
      'hard process, decays, radiation, detector and selection as domains/exotic-particles/README.md tells',
      'columns in the order and the units of the UCI set',
    ],
  });
}

/** One part for each search, under its name. */
export async function simulate(context: PrepareContext<CollisionsConfig>): Promise<Parts<StoredDataset>> {
  const parts: Record<string, StoredDataset> = {};
  for (const name of context.config.problems) parts[name] = await simulateProblem(name, context);
  return parts;
}
