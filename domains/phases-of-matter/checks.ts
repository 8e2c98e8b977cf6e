// The two checks that every formula and sampler of a lattice makes on what it is given.
import { UserError } from '../../core/errors.ts';

/** @throws UserError unless `temperature` is a finite number above 0 (units of J / k_B) */
export function checkTemperature(temperature: number): void {
  if (!(temperature > 0 && temperature < Number.POSITIVE_INFINITY)) {
    throw new UserError({
      what: `temperature ${temperature} is not above 0`,
      how: 'give temperatures > 0 in units of J / k_B',
    });
  }
}

/** @throws UserError unless `size` is an integer from 2 to 1024 */
export function checkSize(size: number): void {
  if (!(Number.isInteger(size) && size >= 2 && size <= 1024)) {
    throw new UserError({
      what: `lattice size ${size} is not an integer from 2 to 1024`,
      how: 'give the linear size L, such as 10',
    });
  }
}
