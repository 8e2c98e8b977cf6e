// The partition function of the Ising ferromagnet on the periodic L x L square lattice, in closed form: Kaufman,
// Phys. Rev. 76, 1232 (1949); energy and specific heat as in Ferdinand and Fisher, Phys. Rev. 185, 832 (1969). With K = 1/T and
//   Z = 1/2 (2 sinh 2K)^(N/2) [prod 2cosh(L g_odd / 2) + prod 2sinh(L g_odd / 2) + prod 2cosh(L g_even / 2) + prod 2sinh(L g_even / 2)],
//   cosh g_j = cosh 2K coth 2K - cos(pi j / L),  g_0 = 2K + ln tanh K (signed: negative above T_c).
// Everything is kept as logarithms with their first and second derivatives in K, so that no size overflows.
// The whole distribution of the energy is in energy-distribution.ts. Valid for odd L as well (tests count 3 x 3 and 5 x 5).
import { checkSize, checkTemperature } from '../checks.ts';

/** A product P of factors by scale, value and derivatives: P = e^scale v, dP/dK = e^scale v1, d2P/dK2 = e^scale v2. */
interface Jet {
  readonly scale: number;
  readonly v: number;
  readonly v1: number;
  readonly v2: number;
}

/** Sums of the logarithm and its two derivatives over factors, as a jet. */
const fromLogarithm = (log: number, d1: number, d2: number): Jet => ({
  scale: log,
  v: 1,
  v1: d1,
  v2: d2 + d1 * d1,
});

/** The products of 2cosh(L g_j / 2) and of 2sinh(L g_j / 2) over every second j from `first`; j = 0 is left out. */
function products(size: number, coupling: number, first: 0 | 1): { cosh: Jet; sinh: Jet } {
  const sinh2 = Math.sinh(2 * coupling);
  const cosh2 = Math.cosh(2 * coupling);
  const c = (cosh2 * cosh2) / sinh2;
  const c1 = 2 * cosh2 - (2 * cosh2) / (sinh2 * sinh2);
  const c2 = 4 * sinh2 - 4 / sinh2 + (8 * cosh2 * cosh2) / sinh2 ** 3;
  const half = size / 2;
  let [coshLog, cosh1, cosh2nd, sinhLog, sinh1, sinh2nd] = [0, 0, 0, 0, 0, 0];
  for (let j = first === 0 ? 2 : 1; j < 2 * size; j += 2) {
    const x = c - Math.cos((Math.PI * j) / size);
    const root = Math.sqrt((x - 1) * (x + 1));
    const g = Math.log(x + root);
    const g1 = c1 / root;
    const g2 = c2 / root - (x * c1 * c1) / root ** 3;
    const tanh = Math.tanh(half * g);
    const decay = Math.exp(-size * g);
    coshLog += half * g + Math.log1p(decay);
    cosh1 += half * g1 * tanh;
    cosh2nd += half * g2 * tanh + (half * g1) ** 2 * (1 - tanh * tanh);
    sinhLog += half * g + Math.log1p(-decay);
    sinh1 += (half * g1) / tanh;
    sinh2nd += (half * g2) / tanh + (half * g1) ** 2 * (1 - 1 / (tanh * tanh));
  }
  return { cosh: fromLogarithm(coshLog, cosh1, cosh2nd), sinh: fromLogarithm(sinhLog, sinh1, sinh2nd) };
}

/** Multiplies a jet with 2cosh(y) or 2sinh(y), given y and its derivatives; `t` is 1 or tanh y. */
function timesFactor(p: Jet, y: number, y1: number, y2: number, kind: 'cosh' | 'sinh'): Jet {
  const scale = p.scale + Math.abs(y) + Math.log1p(Math.exp(-2 * Math.abs(y)));
  const tanh = Math.tanh(y);
  const [f, df] = kind === 'cosh' ? [1, tanh] : [tanh, 1];
  const f1 = df * y1;
  const f2 = df * y2 + f * y1 * y1;
  return { scale, v: f * p.v, v1: f1 * p.v + f * p.v1, v2: f2 * p.v + 2 * f1 * p.v1 + f * p.v2 };
}

/** Exact thermodynamics of one finite lattice at one temperature. */
export interface FiniteLattice {
  /** ln Z. */
  readonly logPartition: number;
  /** Energy per spin e = -(d ln Z / dK) / N, in J. */
  readonly energy: number;
  /** Specific heat per spin c = K^2 (d^2 ln Z / dK^2) / N = (<E^2> - <E>^2) / (N T^2), in k_B. */
  readonly specificHeat: number;
}

/**
 * ln Z, energy and specific heat of the periodic L x L lattice. Relative error about 1e-13.
 *
 * @param size L >= 2; at L = 2 each pair of neighbours has two bonds
 * @param temperature in J / k_B, > 0.01
 * @throws UserError for a size or temperature out of range
 */
export function finiteLattice(size: number, temperature: number): FiniteLattice {
  checkSize(size);
  checkTemperature(temperature);
  const n = size * size;
  const k = 1 / Math.max(temperature, 0.01);
  const sinh2 = Math.sinh(2 * k);
  const cosh2 = Math.cosh(2 * k);
  const odd = products(size, k, 1);
  const even = products(size, k, 0);
  const half = size / 2;
  const y = half * (2 * k + Math.log(Math.tanh(k)));
  const y1 = half * (2 + 2 / sinh2);
  const y2 = (half * -4 * cosh2) / (sinh2 * sinh2);
  const terms = [
    odd.cosh,
    odd.sinh,
    timesFactor(even.cosh, y, y1, y2, 'cosh'),
    timesFactor(even.sinh, y, y1, y2, 'sinh'),
  ];
  const top = Math.max(...terms.map((term) => term.scale));
  let [sum, sum1, sum2] = [0, 0, 0];
  for (const term of terms) {
    const weight = Math.exp(term.scale - top);
    sum += weight * term.v;
    sum1 += weight * term.v1;
    sum2 += weight * term.v2;
  }
  const mean = sum1 / sum;
  // ln(2 sinh 2K), its first derivative 2 coth 2K and its second -4 / sinh^2 2K.
  const first = n * (cosh2 / sinh2) + mean;
  const second = (-2 * n) / (sinh2 * sinh2) + sum2 / sum - mean * mean;
  return {
    logPartition: (n / 2) * Math.log(2 * sinh2) - Math.LN2 + top + Math.log(sum),
    energy: -first / n,
    specificHeat: (k * k * second) / n,
  };
}
