// The partition function of the Ising ferromagnet on the periodic L x L triangular lattice, in closed form: as for every
// planar lattice on a torus, half the sum of four Pfaffians, one for each pair of boundary conditions of the fermions
// (Kasteleyn, J. Math. Phys. 4, 287 (1963); McCoy and Wu, The Two-Dimensional Ising Model (1973), chapter IV). With K = 1/T,
//   Z = 2^(N-1) [P_00 + P_01 + P_10 + P_11],  P = prod_{a,b} sqrt(C^3 + S^3 - S (cos a + cos b + cos(a + b))),
// C = cosh 2K, S = sinh 2K, a = 2 pi (m + alpha) / L and b = 2 pi (n + beta) / L, alpha and beta 0 or 1/2. In P_00 the factor
// of a = b = 0 is (e^{4K} - 3) / (2 e^K), with its sign: negative above T_c. Tests count the states of 2 x 2 ... 4 x 4.
import { checkSize, checkTemperature } from '../checks.ts';

/** ln |P| of one sector without the factor of a = b = 0, and its derivative in K. */
function sector(size: number, coupling: number, alpha: number, beta: number): { log: number; slope: number } {
  const y = Math.exp(2 * coupling);
  const c = Math.cosh(2 * coupling);
  const s = Math.sinh(2 * coupling);
  const gap = ((y * y - 3) * (y * y - 3)) / (4 * y);
  const gap1 = 2 * y * (y * y - 3) - 2 * gap;
  let log = 0;
  let slope = 0;
  for (let m = 0; m < size; m++) {
    const a = (2 * Math.PI * (m + alpha)) / size;
    for (let n = 0; n < size; n++) {
      const b = (2 * Math.PI * (n + beta)) / size;
      if (a === 0 && b === 0) continue;
      const d = 3 - Math.cos(a) - Math.cos(b) - Math.cos(a + b);
      const factor = gap + s * d;
      log += Math.log(factor) / 2;
      slope += (gap1 + 2 * c * d) / factor / 2;
    }
  }
  return { log, slope };
}

/** Exact thermodynamics of one finite lattice at one temperature. */
export interface FiniteTriangularLattice {
  /** ln Z. */
  readonly logPartition: number;
  /** Energy per spin e = -(d ln Z / dK) / N, in J. */
  readonly energy: number;
}

/**
 * ln Z and energy of the periodic L x L triangular lattice. Relative error about 1e-12; takes of the order of 4 L^2 steps.
 *
 * @param size L >= 2; below L = 3 some pairs of neighbours have two bonds
 * @param temperature in J / k_B, > 0; below 0.1 as at 0.1
 * @throws UserError for a size or temperature out of range
 */
export function finiteTriangularLattice(size: number, temperature: number): FiniteTriangularLattice {
  checkSize(size);
  checkTemperature(temperature);
  const n = size * size;
  const coupling = 1 / Math.max(temperature, 0.1);
  const y = Math.exp(2 * coupling);
  const others = [
    sector(size, coupling, 0, 0.5),
    sector(size, coupling, 0.5, 0),
    sector(size, coupling, 0.5, 0.5),
  ];
  const periodic = sector(size, coupling, 0, 0);
  const zero = (y * y - 3) / (2 * Math.sqrt(y));
  const zero1 = (3 * y * y + 3) / (2 * Math.sqrt(y));
  const top = Math.max(periodic.log, ...others.map(({ log }) => log));
  const weight = Math.exp(periodic.log - top);
  let sum = weight * zero;
  let slope = weight * (zero1 + zero * periodic.slope);
  for (const other of others) {
    const term = Math.exp(other.log - top);
    sum += term;
    slope += term * other.slope;
  }
  return {
    logPartition: (n - 1) * Math.LN2 + top + Math.log(sum),
    energy: -slope / sum / n,
  };
}
