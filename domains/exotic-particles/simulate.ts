// The collisions that a run generates for itself.
import { Dataset, type Parts } from '../../data-adapters/dataset.ts';
import type { StageContext } from '../domain.ts';
import type { CollisionsConfig } from './config.ts';
import { simulateCollisions } from './generator/simulate-collisions.ts';
import { type ProblemName, problems } from './problems.ts';

const rowNumbers = (from: number, count: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, i) => from + i);

async function simulateProblem(name: ProblemName, context: StageContext<CollisionsConfig>): Promise<Dataset> {
  const { config, random, seed, threads, progress, signal } = context;
  const { training, validation, test } = config.events;
  const { features, label } = await simulateCollisions({
    process: name,
    events: training + validation + test,
    random: random.split(name),
    threads,
    progress,
    signal,
  });
  return new Dataset(
    {
      features: { data: features, shape: [problems[name].columns.length] },
      label: { data: label, shape: [] },
      weight: { data: new Float32Array(label.length).fill(1), shape: [] },
    },
    {
      train: rowNumbers(0, training),
      validation: rowNumbers(training, validation),
      test: rowNumbers(training + validation, test),
    },
    {
      kind: 'simulated',
      source: `generated collisions at 8 TeV: ${problems[name].title} and their background`,
      seed,
      notes: [
        'parton-level kinematics, radiation, jets, detector and selection by the recipe of domains/exotic-particles/README.md',
        'columns in the order and the units of the UCI set',
      ],
    },
  );
}

/** One part for each search, under its name. */
export async function simulate(context: StageContext<CollisionsConfig>): Promise<Parts> {
  const parts: Record<string, Dataset> = {};
  for (const name of context.config.problems) parts[name] = await simulateProblem(name, context);
  return parts;
}
