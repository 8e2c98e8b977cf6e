// The embedded source of configurations of every lattice model: independent chains, spread over worker threads.
// Train, validation and test lattices never come from the same chain. What is drawn depends on the stream and
// the block alone, not on the number of threads nor on the other blocks.
import type { Progress } from '../../../core/progress.ts';
import type { RandomStream } from '../../../core/random.ts';
import { consumeFromWorkers } from '../../../core/workers.ts';
import { Dataset, type SplitName, splitNames } from '../../../data-adapters/dataset.ts';
import type { ChainTask } from './chain.ts';
import { latticeModel, samplingAlgorithm } from './models/index.ts';

/** Lattices wanted of one size, at one temperature, for one split. */
export interface LatticeBlock {
  /** Linear size L. */
  readonly size: number;
  /** In J / k_B; for square ice and the gauge theory 0 or Infinity. */
  readonly temperature: number;
  readonly split: SplitName;
  readonly samples: number;
}

export interface SimulateOptions {
  /** `square-ising` (by default), `triangular-ising`, `square-ice` or `gauge`. */
  readonly model?: string;
  /** `wolff` (by default) or `metropolis` for Ising; `long-loop` (by default) or `short-loop` for ice; `direct` for gauge. */
  readonly algorithm?: string;
  /** Every chain gets a stream of its own, split from this one. */
  readonly random: RandomStream;
  /** Noted in the provenance. */
  readonly seed: number;
  readonly threads: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Sweeps between two samples of a chain; by default the algorithm's own, 3 (N flipped spins each) for Wolff. */
  readonly sweeps?: number;
  /** Sweeps before a chain's first sample; by default the algorithm's own, at least ten autocorrelation times. */
  readonly equilibration?: number;
  /** A longer run of samples is shared out over chains of at most this many; 500 by default for Wolff. */
  readonly samplesPerChain?: number;
}

/** Name of the part that holds the lattices of one size: `L10`. */
export const partName = (size: number): string => `L${size}`;

interface Unit {
  readonly task: ChainTask;
  /** Where its samples go in the array of spins. */
  readonly start: number;
  readonly cost: number;
}

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
  const model = latticeModel(options.model ?? 'square-ising');
  const { algorithm } = samplingAlgorithm(options.model ?? 'square-ising', options.algorithm);
  for (const { size, temperature } of blocks) {
    model.check(size, temperature);
    algorithm.check?.(size, temperature);
  }
  const sizes = [...new Set(blocks.map((block) => block.size))].sort((a, b) => a - b);
  const layouts = sizes.map((size) => layOut(size, blocks, options));
  const units = layouts
    .flatMap(({ spins, units }) => units.map((unit) => ({ ...unit, spins })))
    .sort((a, b) => b.cost - a.cost);
  const total = units.reduce((sum, unit) => sum + unit.cost, 0);
  const bar = options.progress.task('Sampling lattices', total, 'million spin flips');
  try {
    await consumeFromWorkers<ChainTask, Int8Array>(
      new URL('./chain-worker', import.meta.url),
      units.map((unit) => unit.task),
      {
        threads: options.threads,
        signal: options.signal,
        onDone: (result, index) => {
          const { spins, start, cost } = units[index];
          spins.set(result, start);
          bar.advance(cost);
        },
      },
    );
  } finally {
    bar.end();
  }
  return Object.fromEntries(layouts.map(({ size, dataset }) => [partName(size), dataset]));
}

/** The empty dataset of one size, its array of spins, and the chains that fill it. */
function layOut(size: number, blocks: readonly LatticeBlock[], options: SimulateOptions) {
  const { random, seed, model = 'square-ising' } = options;
  const { title, shape } = latticeModel(model);
  const { name, algorithm } = samplingAlgorithm(model, options.algorithm);
  const { samplesPerChain = algorithm.samplesPerChain } = options;
  const labels = model === 'square-ising' ? [name] : [model, name];
  const spinsPerSample = shape(size).reduce((product, length) => product * length, 1);
  const units: Unit[] = [];
  const temperatures: number[] = [];
  const splits = {} as Record<SplitName, Uint32Array>;
  const seen = new Set<string>();
  for (const split of splitNames) {
    const start = temperatures.length;
    for (const block of blocks) {
      if (block.size !== size || block.split !== split || block.samples === 0) continue;
      const { temperature } = block;
      const key = `${split} ${temperature}`;
      if (seen.has(key))
        throw new RangeError(`simulateLattices: two blocks of L = ${size}, T = ${temperature}, ${split}`);
      seen.add(key);
      const own = algorithm.schedule(size, temperature);
      const { sweeps = own.sweeps, equilibration = own.equilibration } = options;
      const chains = Math.ceil(block.samples / samplesPerChain);
      for (let chain = 0; chain < chains; chain++) {
        const row = temperatures.length;
        const share = (i: number) => Math.floor((block.samples * i) / chains);
        const samples = share(chain + 1) - share(chain);
        const words = random.split(...labels, size, temperature, split, chain);
        const chainSeed = Array.from({ length: 4 }, () => words.uint32().toString(16)).join('-');
        const task = {
          model,
          algorithm: name,
          size,
          temperature,
          samples,
          sweeps,
          equilibration,
          seed: chainSeed,
        };
        units.push({ task, start: row * spinsPerSample, cost: algorithm.flips(task) / 1e6 });
        for (let i = 0; i < samples; i++) temperatures.push(temperature);
      }
    }
    splits[split] = Uint32Array.from({ length: temperatures.length - start }, (_, i) => start + i);
  }
  const spins = new Int8Array(temperatures.length * spinsPerSample);
  const dataset = new Dataset(
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
        ...scheduleNotes(units, algorithm.sweep),
        algorithm.note,
      ],
    },
  );
  return { size, dataset, spins, units };
}

/** What the provenance says of sweeps; nothing where samples are independent without them. */
function scheduleNotes(units: readonly Unit[], sweep: string): string[] {
  const range = (values: readonly number[]): string =>
    [...new Set([Math.min(...values), Math.max(...values)])].join(' to ');
  const tasks = units.map((unit) => unit.task).filter((task) => task.sweeps > 0);
  if (tasks.length === 0) return [];
  const before = range(tasks.map((task) => task.equilibration));
  const between = range(tasks.map((task) => task.sweeps));
  return [`${before} sweeps (${sweep}) before the first sample of a chain and ${between} between samples`];
}
