// The square lattice: four neighbours, two sublattices (the checkerboard).
import { type Lattice, periodicLattice } from './lattice.ts';

/**
 * The periodic L x L square lattice.
 *
 * @param size L >= 2; at L = 2 each pair of neighbours has two bonds
 * @throws UserError for a size out of range
 */
export const squareLattice = (size: number): Lattice =>
  periodicLattice(
    size,
    [
      [0, 1],
      [0, -1],
      [1, 0],
      [-1, 0],
    ],
    2,
  );
