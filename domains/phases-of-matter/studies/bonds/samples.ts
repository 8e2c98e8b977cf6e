// Lattices of bonds that an evaluation keeps for a picture.
import type { LabelledBonds } from './calls.ts';

export interface BondSample {
  readonly size: number;
  /** -1 and +1, [L, L, 2]. */
  readonly spins: readonly number[];
}

/** The lattice of row `row`. */
export function sampleOf({ size, spins }: Pick<LabelledBonds, 'size' | 'spins'>, row: number): BondSample {
  const width = 2 * size * size;
  return { size, spins: Array.from(spins.subarray(row * width, (row + 1) * width)) };
}

/** The first ground state (`ground` 1) or lattice of infinite temperature (0). */
export const firstSample = (bonds: LabelledBonds, ground: 0 | 1): BondSample =>
  sampleOf(bonds, bonds.ground.indexOf(ground));
