// The door of this adapter: Ising configurations of others, for training and testing (openLattices) and for
// prediction (readLattice). It knows files and spins, no physics beyond the sign's symmetry.
export { type LatticesSeen, lookAtLattices } from './look-at-lattices.ts';
export { type LatticeOptions, openLattices } from './open-lattices.ts';
export { type Lattice, readLattice } from './read-lattice.ts';
export type { Shares } from './splits.ts';
