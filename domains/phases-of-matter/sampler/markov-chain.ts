// From a Markov chain of cluster or loop moves to samples: how long it runs before the first and between two.
import { RandomStream } from '../../../core/random.ts';
import type { ChainTask } from './chain.ts';

/** Moves done and spins flipped by them. */
export interface Moves {
  readonly moves: number;
  readonly flips: number;
}

/** A configuration that moves of varying size change: Wolff's clusters, loops of ice. */
export interface MarkovChain {
  /** The configuration, -1 and +1. Changed in place. */
  readonly spins: Int8Array;
  /** Moves until `moves` of them are done or `flips` spins are flipped, whichever is first. */
  advance(moves: number, flips?: number): Moves;
}

/**
 * Runs one chain. The first half of the equilibration is dropped, the second half tells how many moves make a
 * sweep, and samples are then taken after a fixed number of moves. (Taken after a fixed number of flipped spins, they
 * follow large clusters too often, and large clusters live in ordered configurations: 3 N flips at T_c and L = 20 give an
 * energy of -1.486 where the exact one is -1.445.)
 * Each sample is flipped as a whole with probability 1/2, so that both signs are equally likely at every temperature.
 *
 * @param start makes the chain from its task's stream
 * @returns spins -1 and +1, [samples, N]
 */
export function sampleMarkovChain(
  { samples, sweeps, equilibration, seed }: ChainTask,
  start: (random: RandomStream) => MarkovChain,
): Int8Array {
  const random = new RandomStream(seed);
  const chain = start(random);
  const signs = random.split('signs');
  const sites = chain.spins.length;
  const dropped = chain.advance(Number.POSITIVE_INFINITY, (sites * equilibration) / 2);
  const measured = chain.advance(Math.max(1, dropped.moves));
  const meanFlips = measured.flips / measured.moves;
  const moves = Math.max(1, Math.ceil((sweeps * sites) / meanFlips));
  const spins = new Int8Array(samples * sites);
  for (let sample = 0; sample < samples; sample++) {
    chain.advance(moves);
    const sign = signs.uint32() < 2 ** 31 ? 1 : -1;
    const start = sample * sites;
    for (let site = 0; site < sites; site++) spins[start + site] = sign * chain.spins[site];
  }
  return spins;
}
