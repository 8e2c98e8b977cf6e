// The Ising ferromagnet on the triangular lattice in the thermodynamic limit: free energy and energy per spin (Houtappel,
// Physica 16, 425 (1950); Wannier, Phys. Rev. 79, 357 (1950)) and spontaneous magnetisation (Potts, Phys. Rev. 88, 352
// (1952)). Units: J = k_B = 1, K = 1/T. Finite lattices are in triangular-torus.ts.
//   -f/T = ln 2 + 1/2 < ln[C^3 + S^3 - S (cos a + cos b + cos(a + b))] >,  C = cosh 2K, S = sinh 2K,
// the mean over a and b from 0 to 2 pi. That over b is ln[(A + sqrt(A^2 - B^2)) / 2] with A = C^3 + S^3 - S cos a and
// B = 2 S cos(a/2); A - B = (e^{4K} - 3)^2 / (4 e^{2K}) + 4 S s (3 - 2s), s = sin^2(a/4), has no cancellation near T_c.
import { checkTemperature } from '../checks.ts';

/** T_c = 4 / ln 3 = 3.640957..., in units of J / k_B. */
export const triangularCriticalTemperature = 4 / Math.log(3);

/** Colder than this, all but the ground states is lost in double precision, and powers of e^{1/T} would overflow. */
const coldest = 0.1;

/** Mean of f(a), with its mirror image, over 0 ... 2 pi: tanh-sinh quadrature, which forgives a singularity at a = 0. */
function meanOverCircle(f: (a: number) => number): number {
  const step = 1 / 32;
  let sum = 0;
  for (let i = -128; i <= 128; i++) {
    const t = i * step;
    const u = (Math.PI / 2) * Math.sinh(t);
    // The distance from the nearer end, pi / (1 + e^{2|u|}), keeps its digits where a itself would lose them.
    const near = Math.PI / (1 + Math.exp(2 * Math.abs(u)));
    const weight = Math.cosh(t) / Math.cosh(u) ** 2;
    if (weight > 1e-300) sum += weight * f(t < 0 ? near : Math.PI - near);
  }
  return (sum * step * Math.PI) / 4;
}

/** The integrand ln(A + sqrt(A^2 - B^2)) at one angle, and its derivative in K. */
function integrand(angle: number, coupling: number): { value: number; slope: number } {
  const y = Math.exp(2 * coupling);
  const c = Math.cosh(2 * coupling);
  const s = Math.sinh(2 * coupling);
  const q = Math.sin(angle / 4) ** 2;
  const gap = y * y - 3;
  // D = A - B and E = A + B, with their derivatives.
  const d = (gap * gap) / (4 * y) + 4 * s * q * (3 - 2 * q);
  const d1 = 2 * y * gap - (gap * gap) / (2 * y) + 8 * c * q * (3 - 2 * q);
  const b = 2 * s * Math.cos(angle / 2);
  const e = d + 2 * b;
  const e1 = d1 + 8 * c * Math.cos(angle / 2);
  const root = Math.sqrt(d * e);
  const sum = (d + e) / 2 + root;
  const root1 = root === 0 ? 0 : (d1 * e + d * e1) / (2 * root);
  return { value: Math.log(sum), slope: ((d1 + e1) / 2 + root1) / sum };
}

/**
 * Free energy per spin f in J; ln Z = -N f / T. Good to about 1e-13.
 *
 * @param temperature in J / k_B, > 0; below 0.1 the ground-state energy, to double precision
 */
export function triangularFreeEnergy(temperature: number): number {
  checkTemperature(temperature);
  const coupling = 1 / Math.max(temperature, coldest);
  const mean = meanOverCircle((a) => integrand(a, coupling).value);
  return temperature < coldest ? -3 : -temperature * (Math.LN2 / 2 + mean / 2);
}

/**
 * Energy per spin u = -d(ln Z / N) / dK, in J, between -3 and 0; -2 at T_c. Good to about 1e-13.
 *
 * @param temperature in J / k_B, > 0
 */
export function triangularEnergyPerSpin(temperature: number): number {
  checkTemperature(temperature);
  const coupling = 1 / Math.max(temperature, coldest);
  return -meanOverCircle((a) => integrand(a, coupling).slope) / 2;
}

/**
 * M = [1 - 16 x^3 / ((1 + 3x)(1 - x)^3)]^(1/8) with x = e^{-4/T} below T_c, 0 from T_c on.
 *
 * @param temperature in J / k_B, > 0
 */
export function triangularMagnetisation(temperature: number): number {
  checkTemperature(temperature);
  if (temperature >= triangularCriticalTemperature) return 0;
  const x = Math.exp(-4 / temperature);
  return (1 - (16 * x ** 3) / ((1 + 3 * x) * (1 - x) ** 3)) ** 0.125;
}
