// The Ising (Z2) gauge theory of Wegner, J. Math. Phys. 12, 2259 (1971): spins on the bonds of the periodic square lattice,
// H = -J sum_p prod_{i in p} s_i over plaquettes p. At T = 0 every product is +1. All such states follow from the one with
// every spin +1 by gauge transformations, which flip the four bonds of a vertex, and by flips of the bonds that cross a
// loop around the torus, one loop for each direction: 2^(L^2 - 1) times 4 states, drawn here alike and independently.
import type { RandomStream } from '../../../../core/random.ts';
import { checkSize } from '../../checks.ts';
import { randomSigns } from '../random-spins.ts';

/**
 * Independent ground states.
 *
 * @param size L >= 2
 * @returns bonds -1 and +1, [samples, L, L, 2]: of vertex (row, column) the one to its right, then the one below it
 * @throws UserError for a size out of range
 */
export function gaugeGroundStates(size: number, samples: number, random: RandomStream): Int8Array {
  checkSize(size);
  const vertices = size * size;
  const spins = new Int8Array(2 * vertices * samples);
  for (let sample = 0; sample < samples; sample++) {
    const gauge = randomSigns(vertices, random);
    const [across, along] = randomSigns(2, random);
    for (let vertex = 0; vertex < vertices; vertex++) {
      const row = Math.floor(vertex / size);
      const column = vertex % size;
      const right = row * size + ((column + 1) % size);
      const down = ((row + 1) % size) * size + column;
      const bond = 2 * (sample * vertices + vertex);
      spins[bond] = gauge[vertex] * gauge[right] * (column === 0 ? across : 1);
      spins[bond + 1] = gauge[vertex] * gauge[down] * (row === 0 ? along : 1);
    }
  }
  return spins;
}
