// Seconds for the lattices of the paper's square-lattice set, L = 10, 20, 30, 40, 60 at 41 temperatures, 2,750 each, on two
// worker threads, by each algorithm on its own schedule: Wolff at least 3 N cluster spins apart, Metropolis three
// autocorrelation times. And one set of ice and of the gauge theory, 10,000 at T = 0 and as many at infinite temperature.
//   npx tsx benchmarks/lattice-set.ts [threads]
import { silent } from '../core/progress.ts';
import { RandomStream } from '../core/random.ts';
import {
  type LatticeBlock,
  type SimulateOptions,
  simulateLattices,
} from '../domains/phases-of-matter/sampler/simulate-lattices.ts';

const threads = Number(process.argv[2] ?? 2);

const options: SimulateOptions = {
  random: new RandomStream('benchmark'),
  seed: 0,
  threads,
  progress: silent,
  signal: new AbortController().signal,
};

const blocksOf = (
  sizes: readonly number[],
  temperatures: readonly number[],
  samples: number,
): LatticeBlock[] =>
  sizes.flatMap((size) =>
    temperatures.map((temperature) => ({ size, temperature, split: 'train' as const, samples })),
  );

async function time(
  label: string,
  blocks: readonly LatticeBlock[],
  more: Partial<SimulateOptions>,
): Promise<void> {
  const start = performance.now();
  const before = process.cpuUsage();
  await simulateLattices(blocks, { ...options, ...more });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const processor = (user + system) / 1e6;
  console.log(`${label.padEnd(40)}${seconds.toFixed(1).padStart(7)} s ${processor.toFixed(1).padStart(7)} s`);
}

/** T_i = 1 + 0.0634592657106510 i, i = 0 ... 40; i = 20 is T_c. */
const paperGrid = Array.from({ length: 41 }, (_, i) => 1 + 0.063459265710651 * i);
const sizes = [10, 20, 30, 40, 60];

console.log(
  `on ${threads} threads, from the call to the datasets in memory: seconds passed, seconds of processor time`,
);
for (const size of sizes) await time(`square, L = ${size}, wolff`, blocksOf([size], paperGrid, 2750), {});
await time('square, all five, wolff', blocksOf(sizes, paperGrid, 2750), {});
await time('square, all five, metropolis', blocksOf(sizes, paperGrid, 2750), { algorithm: 'metropolis' });
const both = [0, Number.POSITIVE_INFINITY];
await time('square ice, L = 16, 20,000, long-loop', blocksOf([16], both, 10_000), { model: 'square-ice' });
await time('gauge theory, L = 16, 20,000', blocksOf([16], both, 10_000), { model: 'gauge' });
