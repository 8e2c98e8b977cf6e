// Square ice wants an even lattice: only there are its states those of arrows, two in and two out at every vertex.
import { UserError } from '../../../../core/errors.ts';
import { checkSize } from '../../checks.ts';

/** @throws UserError unless `size` is even and in range */
export function checkEvenSize(size: number): void {
  checkSize(size);
  if (size % 2 !== 0) {
    throw new UserError({
      what: `lattice size ${size} is odd; loops alternate between up and down on even lattices only`,
      how: 'give an even L, such as 16',
    });
  }
}
