// Samples of 128 Metropolis replicas at one temperature.
import { RandomStream } from '../../../../core/random.ts';
import type { ChainTask } from '../chain.ts';
import type { Lattice } from '../lattices/lattice.ts';
import { replicas } from './kernel.ts';
import { MultiSpinMetropolis } from './metropolis.ts';

/**
 * Runs the replicas; each gives one sample, then all of them the next one. Each sample is flipped as a whole with
 * probability 1/2: below T_c a replica keeps its sign for longer than anyone waits.
 *
 * @returns spins -1 and +1, [samples, L, L]
 * @throws UserError as MultiSpinMetropolis does
 */
export function sampleMetropolis(
  { temperature, samples, sweeps, equilibration, seed }: ChainTask,
  lattice: Lattice,
): Int8Array {
  const random = new RandomStream(seed);
  const simulation = new MultiSpinMetropolis(lattice, temperature, random.split('flips'));
  const signs = random.split('signs');
  const spins = new Int8Array(samples * lattice.sites);
  simulation.advance(equilibration);
  for (let sample = 0; sample < samples; sample++) {
    const replica = sample % replicas;
    if (replica === 0) simulation.advance(sweeps);
    simulation.copySpins(replica, spins, sample * lattice.sites, signs.uint32() < 2 ** 31 ? 1 : -1);
  }
  return spins;
}
