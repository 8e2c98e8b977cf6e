// Stamps of faint galaxies, drawn: one profile or two on ellipses, some with knots of light beside the middle, some with a neighbour. Most
// stamps of deep surveys are of these, and a near galaxy made smaller is none of them: it has the surface and the arms of a large disc.
import type { RandomStream } from '../../../core/random.ts';
import { type SkyImage, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { smooth } from '../psf/sampled-gaussian.ts';
import { dim, emptyPainting, type Light, type Painting } from '../simulator/canvas-bands.ts';
import { between, logBetween } from '../simulator/draws.ts';
import { paintSpheroid } from '../simulator/paint-spheroid.ts';
import { paintSpot } from '../simulator/paint-spot.ts';
import { sersicB, sersicCentre } from '../simulator/sersic.ts';

type Range = readonly [number, number];

/** Sides of the stamps, pixels, and half-light radii over them: stamps are cut to fit their galaxy. */
const sides: Range = [32, 64];
const radii: Range = [0.08, 0.22];
/** Sersic indices, axis ratios, and surface brightness in r at the half-light radius, nanomaggies per pixel. */
const indices: Range = [0.5, 2];
const axisRatios: Range = [0.25, 1];
const surfaces: Range = [0.02, 0.3];
/** Standard deviation of the distance from the middle along each axis, pixels. */
const offset = 1.2;
/** Standard deviation of the PSF that they were recorded with, pixels. */
const widths: Range = [0.6, 1.5];
/** g and i over r. */
const blue: Range = [0.35, 1];
const red: Range = [1, 1.6];
/** Shares of the galaxies with a bulge, with knots, with a neighbour. */
const bulgeShare = 0.4;
const knotShare = 0.5;
const neighbourShare = 0.25;

interface Place {
  readonly x: number;
  readonly y: number;
}

function paintGalaxy(
  painting: Painting,
  { x, y }: Place,
  radius: number,
  surface: number,
  random: RandomStream,
): void {
  const index = logBetween(random, indices);
  const ellipse = { x, y, axisRatio: between(random, ...axisRatios), angle: between(random, 0, Math.PI) };
  const flux = (surface * radius ** 2 * ellipse.axisRatio * Math.exp(sersicB(index))) / sersicCentre(index);
  const light: Light = [flux * between(random, ...blue), flux, flux * between(random, ...red)];
  const knots = random.uniform() < knotShare ? between(random, 0.05, 0.3) : 0;
  paintSpheroid(painting, { ...ellipse, index, radius, light: dim(light, 1 - knots) });
  const count = 1 + random.integer(8);
  for (let i = 0; knots > 0 && i < count; i++) {
    const at = (centre: number): number => centre + radius * random.normal();
    const sigma = between(random, 0.5, Math.max(0.6, 0.4 * radius));
    paintSpot(painting, { x: at(x), y: at(y), sigma, light: dim(light, knots / count) });
  }
  if (random.uniform() >= bulgeShare) return;
  paintSpheroid(painting, {
    ...ellipse,
    axisRatio: between(random, Math.max(0.4, ellipse.axisRatio), 1),
    index: logBetween(random, [0.6, 3]),
    radius: radius * between(random, 0.15, 0.6),
    light: dim(light, between(random, 0.05, 0.5)),
  });
}

/** A stamp of a faint galaxy, of 32 to 64 pixels a side and `most` at most. */
export function faintStamp(most: number, random: RandomStream): SkyImage {
  const size = Math.min(most, Math.round(between(random, ...sides)));
  const painting = emptyPainting(size);
  const middle = (size - 1) / 2;
  const radius = size * logBetween(random, radii);
  const surface = logBetween(random, surfaces);
  const near = (): number => middle + offset * random.normal();
  paintGalaxy(painting, { x: near(), y: near() }, radius, surface, random);
  if (random.uniform() < neighbourShare) {
    const anywhere = { x: size * random.uniform(), y: size * random.uniform() };
    paintGalaxy(
      painting,
      anywhere,
      radius * between(random, 0.2, 0.8),
      surface * between(random, 0.2, 1),
      random,
    );
  }
  const seeing = between(random, ...widths);
  const data = new Float32Array(3 * size * size);
  for (const [band, plane] of painting.planes.entries()) {
    data.set(smooth(plane, size, size, seeing), band * size * size);
  }
  return skyImage({ width: size, height: size }, data);
}
