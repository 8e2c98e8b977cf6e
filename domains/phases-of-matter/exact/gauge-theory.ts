// The two-dimensional Ising (Z2) gauge theory (Wegner, J. Math. Phys. 12, 2259 (1971); Kogut, Rev. Mod. Phys. 51, 659 (1979)),
// exactly. On the torus the N = L^2 plaquettes are independent spins but for one rule: their product is +1, since every
// bond is in two of them. So Z is proportional to (2 cosh K)^N (1 + t^N) with K = 1/T, t = tanh K. Units: J = k_B = 1.
import { checkSize, checkTemperature } from '../checks.ts';

/** log2 of the number of ground states, L^2 + 1: L^2 - 1 gauge transforms that differ, and two loops around the torus. */
export function gaugeGroundStateBits(size: number): number {
  checkSize(size);
  return size * size + 1;
}

const plaquetteField = (temperature: number): number => {
  if (temperature === 0) return 1;
  if (temperature === Number.POSITIVE_INFINITY) return 0;
  checkTemperature(temperature);
  return Math.tanh(1 / temperature);
};

/**
 * Energy per plaquette, -(t + t^(N-1)) / (1 + t^N) in J; half of it per spin. -1 at T = 0, 0 at infinite temperature.
 *
 * @param size L >= 2
 * @param temperature in J / k_B, >= 0, Infinity allowed
 * @throws UserError for a size or temperature out of range
 */
export function gaugeEnergyPerPlaquette(size: number, temperature: number): number {
  checkSize(size);
  const t = plaquetteField(temperature);
  const n = size * size;
  return 0 - (t + t ** (n - 1)) / (1 + t ** n);
}

/**
 * Probability that no plaquette is violated, 2 ((1 + t) / 2)^N / (1 + t^N): 2^-(N-1) at infinite temperature.
 *
 * @param size L >= 2
 * @param temperature in J / k_B, >= 0, Infinity allowed
 * @throws UserError for a size or temperature out of range
 */
export function gaugeGroundStateProbability(size: number, temperature: number): number {
  checkSize(size);
  const t = plaquetteField(temperature);
  const n = size * size;
  return (2 * ((1 + t) / 2) ** n) / (1 + t ** n);
}
