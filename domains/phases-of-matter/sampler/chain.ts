// Samples of one Markov chain at one temperature: how long it is run before the first sample and between two, and the
// symmetry that is restored in each. Justified by the integrated autocorrelation times of Wolff's algorithm, measured
// here in sweeps (N flipped spins), the largest over T = 1.5 ... 3.5, which is near T_c for every L:
//   L            10    20    40    60
//   tau(E)      1.2   1.6   1.9   2.1
//   tau(|m|)    1.1   1.4   1.4   1.5
import { RandomStream } from '../../../core/random.ts';
import { WolffChain } from './wolff.ts';

/** One chain to run, as it is handed to a worker thread. */
export interface ChainTask {
  /** Linear size L. */
  readonly size: number;
  /** In J / k_B. */
  readonly temperature: number;
  readonly samples: number;
  /** Sweeps (N flipped spins) between two samples, on average. */
  readonly sweeps: number;
  /** Sweeps before the first sample, on average. */
  readonly equilibration: number;
  /** Seed of the chain's own stream; no other chain has it. */
  readonly seed: string;
}

/**
 * Runs one chain. Starts ordered; the first half of the equilibration is dropped, the second half tells how many clusters make a
 * sweep, and samples are then taken after a fixed number of clusters. (Taken after a fixed number of flipped spins, they
 * follow large clusters too often: 3 N flips at T_c and L = 20 give an energy of -1.486 where the exact one is -1.445.)
 * Each sample is flipped as a whole with probability 1/2, so that both signs are equally likely at every temperature.
 *
 * @returns spins -1 and +1, [samples, L, L]
 * @throws UserError for a size or temperature out of range
 */
export function sampleChain({
  size,
  temperature,
  samples,
  sweeps,
  equilibration,
  seed,
}: ChainTask): Int8Array {
  const random = new RandomStream(seed);
  const chain = new WolffChain(size, temperature, random.split('clusters'));
  const signs = random.split('signs');
  const sites = size * size;
  const dropped = chain.advance(Number.POSITIVE_INFINITY, (sites * equilibration) / 2);
  const measured = chain.advance(dropped.clusters);
  const meanCluster = measured.flips / measured.clusters;
  const clusters = Math.max(1, Math.ceil((sweeps * sites) / meanCluster));
  const spins = new Int8Array(samples * sites);
  for (let sample = 0; sample < samples; sample++) {
    chain.advance(clusters);
    const sign = signs.uint32() < 2 ** 31 ? 1 : -1;
    const start = sample * sites;
    for (let site = 0; site < sites; site++) spins[start + site] = sign * chain.spins[site];
  }
  return spins;
}
