// The round part of a galaxy: all of an elliptical, the bulge of a disc. Indices and sizes follow Graham and Worley 2008 (MNRAS 388,
// 1708), axis ratios of ellipticals Padilla and Strauss 2008 (MNRAS 388, 1321).
import { logistic } from '../../../core/metrics/logistic.ts';
import type { RandomStream } from '../../../core/random.ts';
import { around, between, scattered } from './draws.ts';
import type { GalaxyKind } from './population.ts';
import { discHalfLight, sersicWithin } from './sersic.ts';

export interface BulgeDraw {
  /** Flux over the galaxy's. */
  readonly fraction: number;
  /** Sersic's index. */
  readonly index: number;
  /** Half-light radius in scale lengths of the disc; 1 without a disc. */
  readonly radius: number;
  /** Of an elliptical as it is seen, of a bulge seen edge-on. */
  readonly axisRatio: number;
}

export function drawBulge(random: RandomStream, kind: GalaxyKind, absoluteMagnitude: number): BulgeDraw {
  if (kind === 'elliptical') {
    // Brighter ellipticals are more concentrated.
    const index = Math.min(6, Math.max(1.5, around(random, 3.2 - 0.6 * (absoluteMagnitude + 19.5), 0.7)));
    const axisRatio = Math.min(1, Math.max(0.35, around(random, 0.76, 0.14)));
    return { fraction: 1, index, radius: 1, axisRatio };
  }
  const axisRatio = between(random, 0.65, 0.95);
  if (kind === 'irregular') return { fraction: between(random, 0, 0.04), index: 1, radius: 0.2, axisRatio };
  if (kind === 'lenticular') {
    const [fraction, index] = [between(random, 0.2, 0.65), between(random, 1.5, 4)];
    return { fraction, index, radius: between(random, 0.3, 0.7), axisRatio };
  }
  const median = 0.05 + 0.13 * logistic((-19.8 - absoluteMagnitude) / 0.8);
  const [fraction, index] = [Math.min(0.5, scattered(random, median, 0.6)), between(random, 0.8, 3.2)];
  return { fraction, index, radius: between(random, 0.15, 0.35), axisRatio };
}

/** Radius with half of the light of a bulge and a disc of scale length 1, on ellipses of one shape. */
export function halfLightOf({ fraction, index, radius }: BulgeDraw): number {
  if (fraction === 1) return radius;
  let [low, high] = [0, 10 * Math.max(discHalfLight, radius)];
  for (let step = 0; step < 50; step++) {
    const r = (low + high) / 2;
    const disc = 1 - (1 + r) * Math.exp(-r);
    if (fraction * sersicWithin(index, r / radius) + (1 - fraction) * disc < 0.5) low = r;
    else high = r;
  }
  return (low + high) / 2;
}

/** Apparent axis ratio of a spheroid or disc: sqrt(cos^2 i (1 - q^2) + q^2), q being the true one, i the inclination. */
export const seenAxisRatio = (trueRatio: number, cosine: number): number =>
  Math.sqrt(cosine ** 2 * (1 - trueRatio ** 2) + trueRatio ** 2);
