// How many Metropolis sweeps two samples of a replica are apart, and how many come before the first. Three and twenty
// integrated autocorrelation times tau of |m|, in sweeps, from a bound on those measured here. Square and triangular
// lattice at their T_c, and the square one at L = 30 around it:
//   L      10    30    60    |  L     30   |  T     2.0   2.1   2.2   2.35  2.45  2.6   3.0   3.5
//   tau   4.3    35   171    |  tau   47   |  tau   2.8   4.9    19    29    14   5.7   1.8   1.0
// tau grows as the smaller of L and the correlation length to the power z = 2.17 (Nightingale and Bloete, Phys. Rev. Lett.
// 76, 4548 (1996), z = 2.1665). Far above T_c, where nearly every spin is flipped at every sweep, memory lasts T / 3 sweeps.
import type { Schedule } from '../models/model.ts';

/** tau in sweeps, at most. @param critical T_c of the lattice, in J / k_B */
function autocorrelationTime(size: number, temperature: number, critical: number): number {
  const distance = Math.abs(temperature - critical) / critical;
  const length = Math.min(size, (temperature < critical ? 0.9 : 1.6) / distance);
  return 1 + 0.028 * length ** 2.17;
}

/** Sweeps of the Metropolis sampler. @param critical T_c of the lattice, in J / k_B */
export function metropolisSchedule(size: number, temperature: number, critical: number): Schedule {
  const tau = autocorrelationTime(size, temperature, critical);
  return {
    sweeps: Math.ceil(3 * tau + temperature),
    equilibration: Math.ceil(20 * tau + 10 * temperature),
  };
}
