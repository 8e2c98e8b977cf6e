// The distributions of closed form from which collisions are drawn.
import type { RandomStream } from '../../../core/random.ts';

/** Uniform in [0, 1) in steps of 2^-32: fine enough for angles and choices, and half the work of `random.uniform()`. */
export const uniform = (random: RandomStream): number => random.uint32() / 4_294_967_296;

/** Uniform in [-1, 1): the cosine of an isotropic polar angle. */
export const isotropic = (random: RandomStream): number => 2 * uniform(random) - 1;

/** Uniform in [-pi, pi). */
export const azimuth = (random: RandomStream): number => Math.PI * (2 * uniform(random) - 1);

/**
 * Cosine of the helicity angle of a fermion from a longitudinal W: density 3/4 (1 - c^2), by its inverse distribution
 * c = 2 cos{[arccos(1 - 2u) + 4 pi] / 3}.
 */
export const longitudinal = (random: RandomStream): number =>
  2 * Math.cos((Math.acos(1 - 2 * uniform(random)) + 4 * Math.PI) / 3);

/** The same from a left-handed W: density 3/8 (1 - c)^2. */
export const leftHanded = (random: RandomStream): number => 1 - 2 * Math.cbrt(uniform(random));

/** The same from a right-handed W: density 3/8 (1 + c)^2. */
export const rightHanded = (random: RandomStream): number => -leftHanded(random);

/** Density 1/(1 - beta^2 c^2) on [-1, 1]: production by exchange in the t channel, 0 < beta < 1. */
export const exchanged = (random: RandomStream, beta: number): number =>
  Math.tanh(isotropic(random) * Math.atanh(beta)) / beta;

/** A mass in GeV of density 1/[(m - mass)^2 + width^2/4] between `low` and `high` (Breit and Wigner). */
export function breitWigner(mass: number, width: number, low: number, high: number) {
  const half = width / 2;
  const first = Math.atan((low - mass) / half);
  const range = Math.atan((high - mass) / half) - first;
  return (random: RandomStream): number => mass + half * Math.tan(first + range * uniform(random));
}

/** Counts k = 0, 1, ... of Poisson's probability mean^k exp(-mean) / k!, those above `most` taken as `most`. */
export function poisson(mean: number, most: number) {
  const cumulative = new Float64Array(most);
  for (let k = 0, term = Math.exp(-mean), sum = 0; k < most; k++, term *= mean / k) {
    sum += term;
    cumulative[k] = sum;
  }
  return (random: RandomStream): number => {
    const u = uniform(random);
    let k = 0;
    while (k < most && u >= cumulative[k]) k++;
    return k;
  };
}
