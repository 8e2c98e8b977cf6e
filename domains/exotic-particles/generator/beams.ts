// Two protons that collide: which mass and which speed along the beam the colliding partons have. Toy parton distributions
// x f(x) = x^-a (1 - x)^b stand for fitted ones; their powers were set so that the columns of the real sets come out.
import type { RandomStream } from '../../../core/random.ts';
import { uniform } from './distributions.ts';
import { TableSampler } from './table-sampler.ts';

/** Energy of the collisions, GeV. */
export const collisionEnergy = 8000;

/** x f(x) = x^-low (1 - x)^high */
export interface PartonDistribution {
  readonly low: number;
  readonly high: number;
}

export const gluons: PartonDistribution = { low: 0.45, high: 10 };
export const quarks: PartonDistribution = { low: 0.25, high: 4 };

/**
 * Rapidity of a pair of partons of mass M: density x1 f(x1) x2 f(x2) with x1,2 = (M / sqrt s) exp(+-y), that is
 * [1 + tau - 2 sqrt(tau) cosh y]^high, by rejection.
 */
export function drawRapidity(random: RandomStream, mass: number, { high }: PartonDistribution): number {
  const root = mass / collisionEnergy;
  const limit = -Math.log(root);
  const peak = (1 - root) * (1 - root);
  for (;;) {
    const y = limit * (2 * uniform(random) - 1);
    const e = Math.exp(y);
    const ratio = (1 + root * root - root * (e + 1 / e)) / peak;
    if (ratio > 0 && uniform(random) < ratio ** high) return y;
  }
}

/** The integral over rapidity of x1 f(x1) x2 f(x2) at mass M. */
export function luminosity(mass: number, { low, high }: PartonDistribution): number {
  const root = mass / collisionEnergy;
  const limit = -Math.log(root);
  const steps = 32;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const y = (limit * (i + 0.5)) / steps;
    sum += Math.max(0, 1 + root * root - 2 * root * Math.cosh(y)) ** high;
  }
  return (root ** (-2 * low) * sum * 2 * limit) / steps;
}

/** Masses of pairs above `threshold` (GeV) whose cross-section at mass M is `crossSection`(M): density cross-section x luminosity. */
export function pairMasses(
  threshold: number,
  most: number,
  partons: PartonDistribution,
  crossSection: (mass: number) => number,
): TableSampler {
  return new TableSampler((mass) => crossSection(mass) * luminosity(mass, partons), threshold, most, 512);
}
