// Which chains sample the lattices that are wanted, and where the samples of each stand among those of its size. A plan allocates no
// lattices: whoever makes a part of them only needs no room for the others.
import type { RandomStream } from '../../../core/random.ts';
import { type SplitName, splitNames } from '../../../data-adapters/dataset.ts';
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

export interface ChainOptions {
  /** `square-ising` (by default), `triangular-ising`, `square-ice` or `gauge`. */
  readonly model?: string;
  /** `wolff` (by default) or `metropolis` for Ising; `long-loop` (by default) or `short-loop` for ice; `direct` for gauge. */
  readonly algorithm?: string;
  /** Every chain gets a stream of its own, split from this one. */
  readonly random: RandomStream;
  /** Sweeps between two samples of a chain; by default the algorithm's own, 3 (N flipped spins each) for Wolff. */
  readonly sweeps?: number;
  /** Sweeps before a chain's first sample; by default the algorithm's own, at least ten autocorrelation times. */
  readonly equilibration?: number;
  /** A longer run of samples is shared out over chains of at most this many; 500 by default for Wolff. */
  readonly samplesPerChain?: number;
}

export interface PlannedChain {
  readonly task: ChainTask;
  /** Row of its first sample. */
  readonly first: number;
  /** Million flips, about. */
  readonly cost: number;
}

/** All lattices of one size: rows by split, then in the order of the blocks. */
export interface SizePlan {
  readonly size: number;
  /** Of each row. */
  readonly temperatures: readonly number[];
  readonly splits: Readonly<Record<SplitName, Uint32Array>>;
  readonly chains: readonly PlannedChain[];
}

/**
 * The plan of each size, ascending.
 *
 * @throws UserError for an unknown model or algorithm, or a size or temperature that it does not take; RangeError for two blocks of the same size, temperature and split
 */
export function planChains(blocks: readonly LatticeBlock[], options: ChainOptions): SizePlan[] {
  const model = latticeModel(options.model ?? 'square-ising');
  const { algorithm } = samplingAlgorithm(options.model ?? 'square-ising', options.algorithm);
  for (const { size, temperature } of blocks) {
    model.check(size, temperature);
    algorithm.check?.(size, temperature);
  }
  const sizes = [...new Set(blocks.map((block) => block.size))].sort((a, b) => a - b);
  return sizes.map((size) => planSize(size, blocks, options));
}

function planSize(size: number, blocks: readonly LatticeBlock[], options: ChainOptions): SizePlan {
  const { random, model = 'square-ising' } = options;
  const { name, algorithm } = samplingAlgorithm(model, options.algorithm);
  const { samplesPerChain = algorithm.samplesPerChain } = options;
  const labels = model === 'square-ising' ? [name] : [model, name];
  const chains: PlannedChain[] = [];
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
      const count = Math.ceil(block.samples / samplesPerChain);
      for (let chain = 0; chain < count; chain++) {
        const share = (i: number) => Math.floor((block.samples * i) / count);
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
        chains.push({ task, first: temperatures.length, cost: algorithm.flips(task) / 1e6 });
        for (let i = 0; i < samples; i++) temperatures.push(temperature);
      }
    }
    splits[split] = Uint32Array.from({ length: temperatures.length - start }, (_, i) => start + i);
  }
  return { size, temperatures, splits, chains };
}
