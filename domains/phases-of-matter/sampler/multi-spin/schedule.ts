// How many Metropolis sweeps two samples of a replica are apart, and how many come before the first: three and twenty
// integrated autocorrelation times tau of |m|, in sweeps, from a bound on those measured here, and in either case some lazy
// sweeps (metropolis.ts), which are what the hottest lattices want. Square lattice at T_c, triangular one at T_c, and the
// square one at L = 30 around it:
//   L      10    30    60   |  L     30   |  T     2.1   2.2   2.35   2.6   3.0   3.5
//   tau   5.0    39   197   |  tau   42   |  tau   9.7    28     31   6.6   2.0   1.1
// At T_c tau grows as L^z, z = 2.1665 (Nightingale and Bloete, Phys. Rev. Lett. 76, 4548 (1996)).
import type { Schedule } from '../models/model.ts';
import { lazyEvery } from './metropolis.ts';

/** tau in sweeps, at most. @param critical T_c of the lattice, in J / k_B */
function autocorrelationTime(size: number, temperature: number, critical: number): number {
  const distance = Math.abs(temperature - critical) / critical;
  const length = Math.min(size, (temperature < critical ? 1 : 1.6) / distance);
  return 1 + 0.03 * length ** 2.17;
}

/** Sweeps of the Metropolis sampler. @param critical T_c of the lattice, in J / k_B */
export function metropolisSchedule(size: number, temperature: number, critical: number): Schedule {
  const tau = autocorrelationTime(size, temperature, critical);
  return { sweeps: Math.ceil(3 * tau + lazyEvery), equilibration: Math.ceil(20 * tau + 10 * lazyEvery) };
}
