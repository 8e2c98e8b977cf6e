// A periodic lattice of spins as the Ising samplers see it: a table of neighbours, and sublattices within which no two
// sites are neighbours. square.ts and triangular.ts are the two that there are.
import { checkSize } from '../../checks.ts';

/** An L x L lattice with periodic boundaries. Site = L row + column. */
export interface Lattice {
  /** Linear size L. */
  readonly size: number;
  /** Number of sites, N = L^2. */
  readonly sites: number;
  /** Neighbours of a site, z. */
  readonly coordination: number;
  /** Sites of the neighbours, [N, z]. */
  readonly neighbours: Int32Array;
  /** Site (row, column) is on sublattice (row + column) mod this; no two neighbours share one when it divides L. */
  readonly sublattices: number;
}

/** Row and column from a site to one of its neighbours. */
export type Offset = readonly [row: number, column: number];

/** @throws UserError for a size out of range */
export function periodicLattice(size: number, offsets: readonly Offset[], sublattices: number): Lattice {
  checkSize(size);
  const coordination = offsets.length;
  const neighbours = new Int32Array(coordination * size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      offsets.forEach(([down, right], k) => {
        const neighbour = ((row + down + size) % size) * size + ((column + right + size) % size);
        neighbours[coordination * (row * size + column) + k] = neighbour;
      });
    }
  }
  return { size, sites: size * size, coordination, neighbours, sublattices };
}
