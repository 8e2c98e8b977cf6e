// Sersic's (1968) profile of surface brightness, exp{-b [(r/Re)^(1/n) - 1]}: n = 1 is an exponential disc, n = 4 de
// Vaucouleurs' law. Formulae: Graham and Driver 2005, PASA 22, 118; b: Ciotti and Bertin 1999, A&A 352, 447, eq. 18.
import { logGamma, regularisedGamma } from './gamma.ts';

/** Half-light radius of an exponential disc over its scale length. */
export const discHalfLight = 1.6783469900166605;

/** b_n, for which half of the light is within Re: P(2n, b) = 1/2, from Ciotti and Bertin's series by Newton's steps; n >= 0.5. */
export function sersicB(n: number): number {
  let b = 2 * n - 1 / 3 + 4 / (405 * n) + 46 / (25_515 * n ** 2) + 131 / (1_148_175 * n ** 3);
  for (let step = 0; step < 2; step++) {
    const slope = Math.exp((2 * n - 1) * Math.log(b) - b - logGamma(2 * n));
    b -= (regularisedGamma(2 * n, b) - 0.5) / slope;
  }
  return b;
}

/** Surface brightness at r = 0 of a profile of unit flux, round, with Re = 1. */
export function sersicCentre(n: number): number {
  const b = sersicB(n);
  return Math.exp(2 * n * Math.log(b) - logGamma(2 * n)) / (2 * Math.PI * n);
}

/** Share of the light within r. @param radius in units of Re */
export const sersicWithin = (n: number, radius: number): number =>
  regularisedGamma(2 * n, sersicB(n) * radius ** (1 / n));
