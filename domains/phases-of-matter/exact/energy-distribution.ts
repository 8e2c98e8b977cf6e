// The exact distribution P(E | T) of the energy of the periodic L x L Ising ferromagnet. Kaufman's partition function
// (kaufman.ts has the formula) is entire in K, so its values along K + i kappa are the characteristic function of E:
//   Z(K + i kappa) / Z(K) = sum_E P(E | T) exp(-i kappa E),
// which a discrete Fourier transform over the N + 1 levels E = -2N + 4j inverts exactly. Beale, Phys. Rev. Lett. 76, 78
// (1996) reached the same distribution by counting states; this way needs no big integers.
import { checkSize, checkTemperature } from '../checks.ts';

/** A complex logarithm, defined up to multiples of 2 pi i. */
interface LogComplex {
  re: number;
  im: number;
}

/** ln(1 + s e^z), s = +1 or -1, for Re z <= 0. */
function logOnePlus(s: number, re: number, im: number): LogComplex {
  const size = Math.exp(re);
  const x = s * size * Math.cos(im);
  const y = s * size * Math.sin(im);
  return { re: Math.log1p(2 * x + size * size) / 2, im: Math.atan2(y, 1 + x) };
}

/** ln Z(K), complex K with Re K > 0: Kaufman's sum of four products, each kept as its logarithm. */
function logPartition(size: number, k: LogComplex, cosines: Float64Array): LogComplex {
  const minus = logOnePlus(-1, -2 * k.re, -2 * k.im);
  const plus = logOnePlus(1, -2 * k.re, -2 * k.im);
  // x = cosh 2K coth 2K = (1 + q)^2 / (2 e^{-2K} (1 - q)) with q = e^{-4K}.
  const q = Math.exp(-4 * k.re);
  const [qr, qi] = [q * Math.cos(-4 * k.im), q * Math.sin(-4 * k.im)];
  const p = 2 * Math.exp(-2 * k.re);
  const [pr, pi] = [p * Math.cos(-2 * k.im), p * Math.sin(-2 * k.im)];
  const [nr, ni] = [(1 + qr) * (1 + qr) - qi * qi, 2 * (1 + qr) * qi];
  const [dr, di] = [pr * (1 - qr) + pi * qi, pi * (1 - qr) - pr * qi];
  const d2 = dr * dr + di * di;
  const [xr, xi] = [(nr * dr + ni * di) / d2, (ni * dr - nr * di) / d2];

  // [cosh odd, sinh odd, cosh even, sinh even]; g_j = g_{2L-j}, so that all but j = 0 and j = L come as squares.
  const re = [0, 0, 0, 0];
  const im = [0, 0, 0, 0];
  for (let j = 1; j < size; j++) {
    const cr = xr - cosines[j];
    const rr = (cr - 1) * (cr + 1) - xi * xi;
    const ri = 2 * cr * xi;
    const modulus = Math.sqrt(rr * rr + ri * ri);
    let sr = Math.sqrt((modulus + Math.abs(rr)) / 2);
    let si = sr === 0 ? 0 : ri / (2 * sr);
    if (rr < 0) [sr, si] = [Math.abs(si), sr * (ri < 0 ? -1 : 1)];
    // Of the two roots e^{g} and e^{-g} the one outside the unit circle.
    if (cr * sr + xi * si < 0) [sr, si] = [-sr, -si];
    const gr = Math.max(0, Math.log((cr + sr) ** 2 + (xi + si) ** 2) / 2);
    const gi = Math.atan2(xi + si, cr + sr);
    const first = j % 2 === 1 ? 0 : 2;
    const size2 = Math.exp(-size * gr);
    const x = size2 * Math.cos(size * gi);
    const y = -size2 * Math.sin(size * gi);
    re[first] += size * gr + Math.log1p(2 * x + size2 * size2);
    im[first] += size * gi + 2 * Math.atan2(y, 1 + x);
    re[first + 1] += size * gr + Math.log1p(-2 * x + size2 * size2);
    im[first + 1] += size * gi + 2 * Math.atan2(-y, 1 - x);
  }
  // j = 0 and j = L: L g / 2 = (L / 2) (2K +- ln tanh K), with signs and branches that belong together.
  const half = size / 2;
  for (const sign of [1, -1]) {
    let zr = half * (2 * k.re + sign * (minus.re - plus.re));
    let zi = half * (2 * k.im + sign * (minus.im - plus.im));
    const first = sign === 1 || size % 2 === 0 ? 2 : 0;
    if (zr < 0) {
      [zr, zi] = [-zr, -zi];
      im[first + 1] += Math.PI;
    }
    const cosh = logOnePlus(1, -2 * zr, -2 * zi);
    const sinh = logOnePlus(-1, -2 * zr, -2 * zi);
    re[first] += zr + cosh.re;
    im[first] += zi + cosh.im;
    re[first + 1] += zr + sinh.re;
    im[first + 1] += zi + sinh.im;
  }
  const top = Math.max(...re);
  let [sumRe, sumIm] = [0, 0];
  for (let i = 0; i < 4; i++) {
    const weight = Math.exp(re[i] - top);
    sumRe += weight * Math.cos(im[i]);
    sumIm += weight * Math.sin(im[i]);
  }
  const n2 = (size * size) / 2;
  return {
    re: n2 * (2 * k.re + minus.re + plus.re) + top + Math.log(sumRe * sumRe + sumIm * sumIm) / 2,
    im: n2 * (2 * k.im + minus.im + plus.im) + Math.atan2(sumIm, sumRe),
  };
}

/** Energy of level j of a lattice of N spins: E = -2N + 4j, j = 0 ... N, in J. */
export const energyOfLevel = (spins: number, level: number): number => -2 * spins + 4 * level;

/**
 * P(E | T) on the levels E = -2N + 4j, j = 0 ... N, N = L^2 (for odd L the highest levels are empty). Absolute error
 * about 1e-13 at L = 40; probabilities under that are noise, and negative noise is set to zero. Takes of the order of
 * L^4 steps: 1 ms at L = 10, some 20 ms at L = 40.
 *
 * @param size L >= 2; at L = 2 each pair of neighbours has two bonds
 * @param temperature in J / k_B, > 0; below 0.1 as at 0.1, where only the two ground states are left to double precision
 * @returns probabilities [N + 1], their sum 1
 * @throws UserError for a size or temperature out of range
 */
export function energyDistribution(size: number, temperature: number): Float64Array {
  checkSize(size);
  checkTemperature(temperature);
  const spins = size * size;
  const levels = spins + 1;
  const coupling = 1 / Math.max(temperature, 0.1);
  const cosines = Float64Array.from({ length: size }, (_, j) => Math.cos((Math.PI * j) / size));
  const cosine = Float64Array.from({ length: levels }, (_, i) => Math.cos((2 * Math.PI * i) / levels));
  const sine = Float64Array.from({ length: levels }, (_, i) => Math.sin((2 * Math.PI * i) / levels));
  const reference = logPartition(size, { re: coupling, im: 0 }, cosines).re;
  const probabilities = new Float64Array(levels).fill(1);
  // The characteristic function of a real distribution: frequencies k and N + 1 - k are conjugate.
  for (let k = 1; 2 * k <= levels; k++) {
    const kappa = (Math.PI * k) / (2 * levels);
    const z = logPartition(size, { re: coupling, im: kappa }, cosines);
    const weight = (2 * k === levels ? 1 : 2) * Math.exp(z.re - reference);
    if (weight < 1e-18) continue;
    // Z(K + i kappa) / Z(K) times exp(i kappa E_0) leaves exp(-2 pi i k j / (N + 1)) for level j.
    const phase = z.im - kappa * 2 * spins;
    const a = weight * Math.cos(phase);
    const b = weight * Math.sin(phase);
    for (let j = 0, index = 0; j < levels; j++) {
      probabilities[j] += a * cosine[index] - b * sine[index];
      index += k;
      if (index >= levels) index -= levels;
    }
  }
  let total = 0;
  for (let j = 0; j < levels; j++) {
    probabilities[j] = Math.max(0, probabilities[j] / levels);
    total += probabilities[j];
  }
  return probabilities.map((p) => p / total);
}
