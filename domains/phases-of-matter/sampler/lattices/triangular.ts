// The triangular lattice as a sheared square one: six neighbours, (0, +-1), (+-1, 0), (1, 1) and (-1, -1) in rows and
// columns, and three sublattices.
import { type Lattice, periodicLattice } from './lattice.ts';

/**
 * The periodic L x L triangular lattice.
 *
 * @param size L >= 2; below L = 3 some pairs of neighbours have two bonds
 * @throws UserError for a size out of range
 */
export const triangularLattice = (size: number): Lattice =>
  periodicLattice(
    size,
    [
      [0, 1],
      [0, -1],
      [1, 0],
      [-1, 0],
      [1, 1],
      [-1, -1],
    ],
    3,
  );
