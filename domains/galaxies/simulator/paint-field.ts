// What else is in the picture: stars of the Milky Way and galaxies far behind. Counts at high galactic latitude: stars some 2000 per
// square degree to r = 21, slope 0.2 per magnitude (Juric et al. 2008, ApJ 673, 864); galaxies 3000 to r = 21, slope 0.43 (Yasuda
// et al. 2001, AJ 122, 1104).
import { logistic } from '../../../core/metrics/logistic.ts';
import type { RandomStream } from '../../../core/random.ts';
import { type Light, lightOf, type Painting } from './canvas-bands.ts';
import { around, between, poissonCount, scattered } from './draws.ts';
import { paintSpheroid } from './paint-spheroid.ts';
import { paintSpot } from './paint-spot.ts';

/** Side of the square that is filled whatever the size of the image, arcsec. */
const side = 200;
const area = (side / 3600) ** 2;
const starsTo21 = 2000 * area;
const galaxiesTo21 = 3000 * area;
const faintest = 22.5;

/** A magnitude with counts 10^(slope m) up to the faintest, above `brightest`. */
function drawMagnitude(random: RandomStream, slope: number, brightest: number): number {
  for (;;) {
    const magnitude = faintest + Math.log10(1 - random.uniform()) / slope;
    if (magnitude > brightest) return magnitude;
  }
}

/** Few of the bright stars are red dwarfs and most of the faint ones (Juric et al. 2008, ApJ 673, 864). */
function starLight(random: RandomStream, magnitude: number): Light {
  if (random.uniform() > 0.67 * logistic((magnitude - 18) / 1.2))
    return lightOf(magnitude, around(random, 0.45, 0.12), around(random, 0.15, 0.05));
  return lightOf(magnitude, around(random, 1.38, 0.08), 0.5 + 0.9 * random.uniform() ** 2);
}

/** Adds stars and background galaxies around the middle of a painting. @param density of stars, relative to the pole's */
export function paintField(painting: Painting, pixelScale: number, random: RandomStream, density = 1): void {
  const middle = (painting.size - 1) / 2;
  const place = (): [number, number] => [
    middle + ((random.uniform() - 0.5) * side) / pixelScale,
    middle + ((random.uniform() - 0.5) * side) / pixelScale,
  ];
  for (
    let left = poissonCount(random, density * starsTo21 * 10 ** (0.2 * (faintest - 21)));
    left > 0;
    left--
  ) {
    const [x, y] = place();
    paintSpot(painting, { x, y, sigma: 0, light: starLight(random, drawMagnitude(random, 0.2, 13.5)) });
  }
  for (let left = poissonCount(random, galaxiesTo21 * 10 ** (0.43 * (faintest - 21))); left > 0; left--) {
    const [x, y] = place();
    const magnitude = drawMagnitude(random, 0.43, 15.5);
    const gMinusR = Math.min(1.6, Math.max(0.2, around(random, 0.8, 0.3)));
    const radius = Math.min(6, scattered(random, 0.75 * 10 ** (-0.13 * (magnitude - 21)), 0.4)) / pixelScale;
    const reach = 6 * radius;
    const index = random.uniform() < 0.7 ? 1 : 2.5;
    const axisRatio = between(random, 0.3, 1);
    const angle = between(random, 0, Math.PI);
    if (x < -reach || y < -reach || x > painting.size + reach || y > painting.size + reach) continue;
    paintSpheroid(
      painting,
      { x, y, axisRatio, angle, index, radius, light: lightOf(magnitude, gMinusR, 0.45 * gMinusR) },
      6,
    );
  }
}
