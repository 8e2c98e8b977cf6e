// Counts the states of a small periodic Ising lattice by brute force: the independent reference of the exact formulae.
import type { Lattice } from '../../../domains/phases-of-matter/sampler/lattices/lattice.ts';

/** Number of configurations of each level E = -2N + 4j, j = 0 ... N. Practical up to L = 4 (65,536 states). */
export function densityOfStates(size: number): Float64Array {
  const sites = size * size;
  const counts = new Float64Array(sites + 1);
  for (let state = 0; state < 2 ** sites; state++) {
    let broken = 0;
    for (let site = 0; site < sites; site++) {
      const right = Math.floor(site / size) * size + ((site + 1) % size);
      const down = (site + size) % sites;
      const spin = (state >> site) & 1;
      broken += (spin ^ ((state >> right) & 1)) + (spin ^ ((state >> down) & 1));
    }
    counts[broken / 2]++;
  }
  return counts;
}

/** Number of configurations with E = -zN/2 + 2j, j = 0 ... zN/2, on any lattice. Practical up to 16 sites. */
export function densityOfStatesOf({ sites, coordination, neighbours }: Lattice): Float64Array {
  const counts = new Float64Array((coordination * sites) / 2 + 1);
  for (let state = 0; state < 2 ** sites; state++) {
    let broken = 0;
    for (let site = 0; site < sites; site++) {
      for (let k = 0; k < coordination; k++) {
        broken += ((state >> site) ^ (state >> neighbours[coordination * site + k])) & 1;
      }
    }
    counts[broken / 2]++;
  }
  return counts;
}

/** Energy per spin of one configuration on any lattice. */
export function energyOn(
  { sites, coordination, neighbours }: Lattice,
  spins: ArrayLike<number>,
  start = 0,
): number {
  let sum = 0;
  for (let site = 0; site < sites; site++) {
    let field = 0;
    for (let k = 0; k < coordination; k++) field += spins[start + neighbours[coordination * site + k]];
    sum += spins[start + site] * field;
  }
  return -sum / (2 * sites);
}

/** Energy per spin -J sum s s of one configuration of -1 and +1. */
export function energyPerSite(spins: ArrayLike<number>, size: number, start = 0): number {
  let sum = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const right = start + row * size + ((column + 1) % size);
      const down = start + ((row + 1) % size) * size + column;
      sum -= spins[start + row * size + column] * (spins[right] + spins[down]);
    }
  }
  return sum / (size * size);
}
