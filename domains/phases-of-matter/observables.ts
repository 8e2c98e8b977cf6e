// What a physicist measures on one configuration of a square lattice with periodic boundaries.
import type { Dataset } from '../../data-adapters/dataset.ts';

/** Energy per spin, -(1/N) sum over neighbours of s_i s_j, in units of J. @param spins -1 and +1, row-major, [L, L] */
export function energyPerSpin(spins: ArrayLike<number>, size: number): number {
  let sum = 0;
  for (let row = 0; row < size; row++) {
    const below = ((row + 1) % size) * size;
    for (let column = 0; column < size; column++) {
      const s = spins[row * size + column];
      sum += s * (spins[below + column] + spins[row * size + ((column + 1) % size)]);
    }
  }
  return -sum / (size * size);
}

/** Magnetisation per spin, in [-1, 1]. */
export function magnetisation(spins: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < spins.length; i++) sum += spins[i];
  return sum / spins.length;
}

/** Magnetisation per spin of each of the given rows of a dataset of lattices. */
export function magnetisations(dataset: Dataset, rows: ArrayLike<number>): Float64Array {
  const { data, shape } = dataset.column('spins');
  const width = shape[0] * shape[1];
  return Float64Array.from(rows, (row) => magnetisation(data.subarray(row * width, (row + 1) * width)));
}
