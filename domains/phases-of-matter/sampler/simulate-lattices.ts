// The embedded source of configurations of every lattice model: independent chains, spread over worker threads, or processes.
// Train, validation and test lattices never come from the same chain. What is drawn depends on the stream and
// the block alone, not on the number of threads nor on the other blocks.
import { type BlockSource, type BlockWork, blocksFromWorkers } from '../../../core/blocks.ts';
import type { Progress } from '../../../core/progress.ts';
import { Dataset } from '../../../data-adapters/dataset.ts';
import type { ChainTask } from './chain.ts';
import { latticeModel, samplingAlgorithm } from './models/index.ts';
import {
  type ChainOptions,
  type LatticeBlock,
  type PlannedChain,
  planChains,
  type SizePlan,
} from './plan-chains.ts';

export type { LatticeBlock } from './plan-chains.ts';

export interface SimulateOptions extends ChainOptions {
  /** Noted in the provenance. */
  readonly seed: number;
  readonly threads: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Name of the work; `lattices` by default. */
  readonly id?: string;
  /** What runs the chains; worker threads by default. */
  readonly blocks?: BlockSource;
}

/** Name of the part that holds the lattices of one size: `L10`. */
export const partName = (size: number): string => `L${size}`;

const longestFirst = (plans: readonly SizePlan[]): PlannedChain[] =>
  plans.flatMap(({ chains }) => chains).sort((a, b) => b.cost - a.cost);

const workOf = (id: string, chains: readonly PlannedChain[]): BlockWork<ChainTask> => ({
  id,
  module: new URL('./chain-worker', import.meta.url),
  tasks: chains.map(({ task }) => task),
});

/** The chains that {@link simulateLattices} runs. @throws as it does */
export const latticeWork = (
  id: string,
  blocks: readonly LatticeBlock[],
  options: ChainOptions,
): BlockWork<ChainTask> => workOf(id, longestFirst(planChains(blocks, options)));

/**
 * Samples lattices of every size into one dataset each: `{ L10, L20, ... }` with the columns `spins` (Int8, -1 and +1,
 * [L, L], or [L, L, 2] for spins on the bonds to the right and below) and `temperature` (Float64, J / k_B), rows by split,
 * then in the order of the blocks.
 *
 * @throws UserError for an unknown model or algorithm, or a size or temperature that it does not take; RangeError for two blocks of the same size, temperature and split
 */
export async function simulateLattices(
  blocks: readonly LatticeBlock[],
  options: SimulateOptions,
): Promise<Record<string, Dataset>> {
  const { id = 'lattices', blocks: source = blocksFromWorkers(options) } = options;
  const plans = planChains(blocks, options);
  const { shape } = latticeModel(options.model ?? 'square-ising');
  const widthOf = (size: number): number => shape(size).reduce((product, length) => product * length, 1);
  const spinsOf = new Map(
    plans.map(({ size, temperatures }) => [size, new Int8Array(temperatures.length * widthOf(size))]),
  );
  const chains = longestFirst(plans);
  const total = chains.reduce((sum, { cost }) => sum + cost, 0);
  const bar = options.progress.task('Sampling lattices', total, 'million spin flips');
  try {
    let next = 0;
    // All of them stay in memory: none has to wait for its turn.
    for await (const spins of source<Int8Array>(workOf(id, chains), Number.POSITIVE_INFINITY)) {
      const { task, first, cost } = chains[next++];
      spinsOf.get(task.size)?.set(spins, first * widthOf(task.size));
      bar.advance(cost);
    }
  } finally {
    bar.end();
  }
  return Object.fromEntries(
    plans.map((plan) => [partName(plan.size), datasetOf(plan, spinsOf.get(plan.size)!, options)]),
  );
}

function datasetOf(
  { size, temperatures, splits, chains }: SizePlan,
  spins: Int8Array,
  options: SimulateOptions,
): Dataset {
  const { seed, model = 'square-ising' } = options;
  const { title, shape } = latticeModel(model);
  const { algorithm } = samplingAlgorithm(model, options.algorithm);
  const { samplesPerChain = algorithm.samplesPerChain } = options;
  return new Dataset(
    {
      spins: { data: spins, shape: [...shape(size)] },
      temperature: { data: Float64Array.from(temperatures), shape: [] },
    },
    splits,
    {
      kind: 'simulated',
      source: `${title}, sampled by ${algorithm.title}`,
      seed,
      notes: [
        `an independent chain for each temperature and split, and for each ${samplesPerChain} samples`,
        ...scheduleNotes(chains, algorithm.sweep),
        algorithm.note,
      ],
    },
  );
}

/** What the provenance says of sweeps; nothing where samples are independent without them. */
function scheduleNotes(chains: readonly PlannedChain[], sweep: string): string[] {
  const range = (values: readonly number[]): string =>
    [...new Set([Math.min(...values), Math.max(...values)])].join(' to ');
  const tasks = chains.map(({ task }) => task).filter((task) => task.sweeps > 0);
  if (tasks.length === 0) return [];
  const before = range(tasks.map((task) => task.equilibration));
  const between = range(tasks.map((task) => task.sweeps));
  return [`${before} sweeps (${sweep}) before the first sample of a chain and ${between} between samples`];
}
