// Spontaneous magnetisation of the square-lattice Ising ferromagnet in the thermodynamic limit: Onsager's formula,
// proved by Yang, Phys. Rev. 85, 808 (1952). A finite lattice has <|m|> close to it below T_c and not near T_c.
import { checkTemperature } from '../checks.ts';
import { criticalTemperature } from './onsager.ts';

/**
 * M = (1 - sinh^-4(2/T))^(1/8) below T_c, 0 from T_c on.
 *
 * @param temperature in J / k_B, > 0
 */
export function spontaneousMagnetisation(temperature: number): number {
  checkTemperature(temperature);
  if (temperature >= criticalTemperature) return 0;
  return (1 - Math.sinh(2 / temperature) ** -4) ** 0.125;
}
