// Square ice at T = 0 (the six-vertex model with equal weights), exactly. Spins +-1 on bonds, two up and two down at every
// vertex. Small periodic lattices by Lieb's transfer matrix (Phys. Rev. 162, 162 (1967)), the infinite one from his solution.
import { UserError } from '../../../core/errors.ts';

/** Ground states per vertex of the infinite lattice, W = (4/3)^(3/2) = 1.5396 (Lieb 1967): their number is W^V. */
export const liebConstant = (4 / 3) ** 1.5;

/**
 * <h(x) h(x + 1)> of successive spins along a row (or a column) of the infinite lattice: 3 sqrt 3 - 13/3 - 2 sqrt 3 / pi
 * = -0.2398387. A vertex with equal left and right spins is of type c, and the number of these is the derivative of the
 * free energy of the F model in its weight: with Delta = -cos mu, c = 2 cos(mu / 2), a = b = 1,
 *   ln W = int_{-inf}^{inf} sinh(mu x) sinh((pi - mu) x) / (2 x sinh(pi x) cosh(mu x)) dx
 * (Lieb, Phys. Rev. Lett. 18, 1046 (1967); Baxter, Exactly Solved Models (1982), eq. 8.8.17), at mu = 2 pi / 3. The closed
 * form was found from the derivative's first 29 digits; a test integrates.
 */
export const iceRowCorrelation = 3 * Math.sqrt(3) - 13 / 3 - (2 * Math.sqrt(3)) / Math.PI;

/** <h v> of a horizontal and a vertical spin at one vertex, from the square of the vertex rule: 2 + 2 <hh> + 4 <hv> = 0. */
export const cornerCorrelation = (rowCorrelation: number): number => -(1 + rowCorrelation) / 2;

/** Exact figures of one periodic lattice. */
export interface FiniteIce {
  /** Number of ground states: 18, 2970, 16448400 and 2901094068042 for L = 2, 4, 6, 8 (also OEIS A054759). */
  readonly states: number;
  /** <h(x) h(x + 1)> of successive spins along a row. */
  readonly rowCorrelation: number;
}

/**
 * Counts the ground states of the periodic L x L lattice: Z = tr T^L, where T_{uv} is the number of rows of horizontal
 * spins that fit between the vertical spins u above and v below. A vertex with equal spins above and below (type c) has
 * equal ones left and right; its share is tr(T^(L-1) n T) / (L Z), n the number of such in a row.
 *
 * @param size 2, 4, 6 or 8
 * @throws UserError for another size
 */
export function finiteIce(size: number): FiniteIce {
  if (![2, 4, 6, 8].includes(size)) {
    throw new UserError({
      what: `square ice of size ${size} is not counted here`,
      how: 'give L = 2, 4, 6 or 8',
    });
  }
  const rows = 2 ** size;
  const matrix = new Float64Array(rows * rows);
  const marked = new Float64Array(rows * rows);
  for (let above = 0; above < rows; above++) {
    for (let below = 0; below < rows; below++) {
      const fits = horizontalRows(size, above, below);
      matrix[above * rows + below] = fits;
      marked[above * rows + below] = fits * equalBits(size, above, below);
    }
  }
  let power = matrix;
  for (let i = 2; i < size; i++) power = multiply(power, matrix, rows);
  const states = traceOfProduct(power, matrix, rows);
  const share = traceOfProduct(power, marked, rows) / (size * states);
  return { states, rowCorrelation: 2 * share - 1 };
}

/**
 * Share of all 2^(2 L^2) lattices that are ground states: what infinite temperature draws by chance. Exact for L = 2, 4, 6
 * and 8; beyond, where it is below 1e-40, by Lieb's W^(L^2) for their number.
 *
 * @throws UserError for an odd or smaller L
 */
export function groundStateShare(size: number): number {
  if (size > 8 && size % 2 === 0) return (liebConstant / 4) ** (size * size);
  return finiteIce(size).states / 4 ** (size * size);
}

/** Bits in which two rows agree. */
function equalBits(size: number, above: number, below: number): number {
  let count = 0;
  for (let x = 0; x < size; x++) count += 1 - (((above ^ below) >> x) & 1);
  return count;
}

/** Rows of horizontal spins that fit between two rows of vertical ones: 0, 1 or 2. */
function horizontalRows(size: number, above: number, below: number): number {
  let fits = 0;
  for (const first of [0, 1]) {
    let spin = first;
    let allowed = true;
    for (let x = 0; x < size && allowed; x++) {
      const up = (above >> x) & 1;
      if (up === ((below >> x) & 1)) allowed = spin === 1 - up;
      else spin = 1 - spin;
    }
    if (allowed && spin === first) fits++;
  }
  return fits;
}

function multiply(a: Float64Array, b: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k];
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) product[i * n + j] += factor * b[k * n + j];
    }
  }
  return product;
}

function traceOfProduct(a: Float64Array, b: Float64Array, n: number): number {
  let trace = 0;
  for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) trace += a[i * n + k] * b[k * n + i];
  return trace;
}
