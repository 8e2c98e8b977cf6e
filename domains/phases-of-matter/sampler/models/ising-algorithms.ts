// The two algorithms of an Ising ferromagnet, on any lattice.
import { checkSize, checkTemperature } from '../../checks.ts';
import type { Lattice } from '../lattices/lattice.ts';
import { sampleMarkovChain } from '../markov-chain.ts';
import { checkSublattices } from '../multi-spin/check-sublattices.ts';
import { replicas } from '../multi-spin/kernel.ts';
import { sampleMetropolis } from '../multi-spin/sample-metropolis.ts';
import { metropolisSchedule } from '../multi-spin/schedule.ts';
import { WolffChain } from '../wolff.ts';
import type { LatticeModel, SamplingAlgorithm } from './model.ts';

const signNote = 'each lattice flipped as a whole with probability 1/2';

/**
 * Wolff clusters. Three sweeps between samples and 20 before the first are justified by the integrated autocorrelation
 * times measured here in sweeps (N flipped spins), the largest over T = 1.5 ... 3.5, which is near T_c for every L:
 *   L            10    20    40    60
 *   tau(E)      1.2   1.6   1.9   2.1
 *   tau(|m|)    1.1   1.4   1.4   1.5
 */
const wolff = (lattice: (size: number) => Lattice): SamplingAlgorithm => ({
  title: 'Wolff clusters',
  sweep: 'N flipped spins',
  note: signNote,
  samplesPerChain: 500,
  schedule: () => ({ sweeps: 3, equilibration: 20 }),
  flips: ({ samples, sweeps, equilibration, size }) => (samples * sweeps + equilibration) * size * size,
  sample: (task) =>
    sampleMarkovChain(
      task,
      (random) => new WolffChain(lattice(task.size), task.temperature, random.split('clusters')),
    ),
});

const metropolis = (
  lattice: (size: number) => Lattice,
  sublattices: number,
  critical: number,
): SamplingAlgorithm => ({
  title: `Metropolis flips, ${replicas} replicas at a time with random numbers of their own`,
  sweep: 'N attempted flips',
  note: signNote,
  samplesPerChain: 32 * replicas,
  schedule: (size, temperature) => metropolisSchedule(size, temperature, critical),
  flips: ({ samples, sweeps, equilibration, size }) =>
    (Math.ceil(samples / replicas) * sweeps + equilibration) * replicas * size * size,
  sample: (task) => sampleMetropolis(task, lattice(task.size)),
  check: (size) => checkSublattices(size, sublattices),
});

/**
 * An Ising ferromagnet, H = -sum over neighbours of s_i s_j, spins on sites.
 *
 * @param sublattices of `lattice`; @param critical its T_c in J / k_B
 */
export const isingModel = (
  title: string,
  lattice: (size: number) => Lattice,
  sublattices: number,
  critical: number,
): LatticeModel => ({
  title,
  shape: (size) => [size, size],
  check: (size, temperature) => {
    checkSize(size);
    checkTemperature(temperature);
  },
  algorithms: { wolff: wolff(lattice), metropolis: metropolis(lattice, sublattices, critical) },
});
