// The square-lattice Ising ferromagnet in the thermodynamic limit: critical temperature (Kramers and Wannier 1941) and
// energy per spin (Onsager, Phys. Rev. 65, 117 (1944)). Units: J = k_B = 1. Finite lattices are in kaufman.ts.
import { checkTemperature } from '../checks.ts';

/** T_c = 2 / ln(1 + sqrt 2) = 2.269185..., in units of J / k_B. */
export const criticalTemperature = 2 / Math.log(1 + Math.SQRT2);

/** Complete elliptic integral of the first kind K(k), modulus k, by the arithmetic-geometric mean; from k'^2 = 1 - k^2. */
function completeElliptic(complementSquared: number): number {
  let a = 1;
  let b = Math.sqrt(complementSquared);
  while (Math.abs(a - b) > 1e-15 * a) [a, b] = [(a + b) / 2, Math.sqrt(a * b)];
  return Math.PI / (a + b);
}

/**
 * Energy per spin, u = -coth 2K [1 + (2/pi) (2 tanh^2 2K - 1) K_1(k)] with K = 1/T, k = 2 sinh 2K / cosh^2 2K and K_1 the
 * complete elliptic integral of the first kind; -sqrt 2 at T_c. Good to about 1e-14.
 *
 * @param temperature in J / k_B, > 0
 * @returns energy per spin in J, between -2 and 0
 */
export function energyPerSpin(temperature: number): number {
  checkTemperature(temperature);
  const tanh = Math.tanh(2 / temperature);
  // k' = 2 tanh^2 2K - 1 exactly, which spares the cancellation of 1 - k^2 near T_c.
  const complement = 2 * tanh * tanh - 1;
  const elliptic = Math.abs(complement) < 1e-15 ? 0 : completeElliptic(complement * complement);
  return (-1 / tanh) * (1 + (2 / Math.PI) * complement * elliptic);
}
