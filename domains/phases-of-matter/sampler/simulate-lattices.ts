// The embedded source of square-lattice Ising configurations: independent Wolff chains, spread over worker threads.
// Train, validation and test lattices never come from the same chain. What is drawn depends on the stream and
// the block alone, not on the number of threads nor on the other blocks.
import type { Progress } from '../../../core/progress.ts';
import type { RandomStream } from '../../../core/random.ts';
import { consumeFromWorkers } from '../../../core/workers.ts';
import { Dataset, type SplitName, splitNames } from '../../../data-adapters/dataset.ts';
import { checkSize, checkTemperature } from '../checks.ts';
import type { ChainTask } from './chain.ts';

/** Lattices wanted of one size, at one temperature, for one split. */
export interface LatticeBlock {
  /** Linear size L. */
  readonly size: number;
  /** In J / k_B. */
  readonly temperature: number;
  readonly split: SplitName;
  readonly samples: number;
}

export interface SimulateOptions {
  /** Every chain gets a stream of its own, split from this one. */
  readonly random: RandomStream;
  /** Noted in the provenance. */
  readonly seed: number;
  readonly threads: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Sweeps (N flipped spins) between two samples of a chain; 3 by default. */
  readonly sweeps?: number;
  /** Sweeps before a chain's first sample; 20 by default, ten times the longest autocorrelation time up to L = 60. */
  readonly equilibration?: number;
  /** A longer run of samples is shared out over chains of at most this many; 500 by default. */
  readonly samplesPerChain?: number;
}

/** Name of the part that holds the lattices of one size: `L10`. */
export const partName = (size: number): string => `L${size}`;

interface Unit {
  readonly task: ChainTask;
  readonly row: number;
  readonly cost: number;
}

/**
 * Samples lattices of every size into one dataset each: `{ L10, L20, ... }` with the columns `spins` (Int8, -1 and +1,
 * [L, L]) and `temperature` (Float64, J / k_B), rows by split, then in the order of the blocks.
 *
 * @throws UserError for a size or temperature out of range; RangeError for two blocks of the same size, temperature and split
 */
export async function simulateLattices(
  blocks: readonly LatticeBlock[],
  options: SimulateOptions,
): Promise<Record<string, Dataset>> {
  for (const { size, temperature } of blocks) {
    checkSize(size);
    checkTemperature(temperature);
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
          const { spins, row, task, cost } = units[index];
          spins.set(result, row * task.size * task.size);
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
  const { random, seed, sweeps = 3, equilibration = 20, samplesPerChain = 500 } = options;
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
      const chains = Math.ceil(block.samples / samplesPerChain);
      for (let chain = 0; chain < chains; chain++) {
        const row = temperatures.length;
        const share = (i: number) => Math.floor((block.samples * i) / chains);
        const samples = share(chain + 1) - share(chain);
        const words = random.split('wolff', size, temperature, split, chain);
        const chainSeed = Array.from({ length: 4 }, () => words.uint32().toString(16)).join('-');
        units.push({
          task: { size, temperature, samples, sweeps, equilibration, seed: chainSeed },
          row,
          cost: ((samples * sweeps + equilibration) * size * size) / 1e6,
        });
        for (let i = 0; i < samples; i++) temperatures.push(temperature);
      }
    }
    splits[split] = Uint32Array.from({ length: temperatures.length - start }, (_, i) => start + i);
  }
  const spins = new Int8Array(temperatures.length * size * size);
  const dataset = new Dataset(
    {
      spins: { data: spins, shape: [size, size] },
      temperature: { data: Float64Array.from(temperatures), shape: [] },
    },
    splits,
    {
      kind: 'simulated',
      source: 'square-lattice Ising ferromagnet, periodic, sampled by Wolff clusters',
      seed,
      notes: [
        `an independent chain for each temperature and split, and for each ${samplesPerChain} samples`,
        `${equilibration} sweeps (N flipped spins) before the first sample of a chain and ${sweeps} between samples`,
        'each lattice flipped as a whole with probability 1/2',
      ],
    },
  );
  return { size, dataset, spins, units };
}
