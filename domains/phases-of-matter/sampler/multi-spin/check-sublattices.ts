// A lattice splits into its sublattices only when L is a multiple of their number: even for the square lattice's
// checkerboard, a multiple of three for the triangular lattice.
import { UserError } from '../../../../core/errors.ts';

/** @throws UserError unless `size` is a multiple of `sublattices` */
export function checkSublattices(size: number, sublattices: number): void {
  if (size % sublattices !== 0) {
    throw new UserError({
      what: `lattice size ${size} is no multiple of ${sublattices}, the number of sublattices that metropolis updates in turn`,
      how: 'give an L that is, or take the algorithm wolff',
    });
  }
}
