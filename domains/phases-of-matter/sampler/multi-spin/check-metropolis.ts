// What the Metropolis sampler cannot do, said before it starts.
import { UserError } from '../../../../core/errors.ts';

const hottest = 100;

/** @throws UserError unless L is a multiple of the number of sublattices, and the temperature at most 100 */
export function checkMetropolis(sublattices: number, size: number, temperature: number): void {
  if (size % sublattices !== 0) {
    throw new UserError({
      what: `lattice size ${size} is no multiple of ${sublattices}, the number of sublattices that metropolis updates in turn`,
      how: `give an L that is, or take the algorithm wolff`,
    });
  }
  if (temperature > hottest) {
    throw new UserError({
      what: `temperature ${temperature} is above ${hottest}, where metropolis flips nearly every spin at every sweep and forgets slowly`,
      how: 'take the algorithm wolff',
    });
  }
}
