// One simulated galaxy: the sky as the seeing leaves it, what the survey's camera makes of it, and a row of the catalogue. What comes
// depends on its stream and the size alone; another size shows more or less of the same sky.
import type { RandomStream } from '../../../core/random.ts';
import { type SkyImage, sdssPixelScale, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import type { Psf } from '../psf/psf.ts';
import { drawExposure, exposurePsfs, margin, record, throughSeeing } from './camera.ts';
import { emptyPainting } from './canvas-bands.ts';
import { drawGalaxy, type GalaxyModel } from './draw-galaxy.ts';
import { between, scattered } from './draws.ts';
import { paintField } from './paint-field.ts';
import { paintGalaxy } from './paint-galaxy.ts';
import { galaxyKinds } from './population.ts';

/** One number in each column of the catalogue. Angles in degrees, radii in arcsec, magnitudes in r. */
export interface CatalogueRow {
  readonly index: number;
  /** 0 elliptical, 1 lenticular, 2 spiral, 3 irregular. */
  readonly kind: number;
  readonly redshift: number;
  readonly magnitude: number;
  readonly absoluteMagnitude: number;
  /** Semi-major axis of the ellipse with half of the light, without arms, bar, dust and seeing. */
  readonly halfLightRadius: number;
  readonly bulgeFraction: number;
  readonly sersicIndex: number;
  readonly bulgeRadius: number;
  readonly discScale: number;
  readonly axisRatio: number;
  readonly inclination: number;
  readonly angle: number;
  readonly arms: number;
  readonly pitch: number;
  readonly barFraction: number;
  /** 1 when another galaxy of similar brightness is beside it. */
  readonly companion: number;
  readonly seeingG: number;
  readonly seeingR: number;
  readonly seeingI: number;
  /** Moffat's exponent of the seeing. */
  readonly seeingBeta: number;
  /** Standard deviation of the sky, nanomaggies per pixel. */
  readonly skySigmaG: number;
  readonly skySigmaR: number;
  readonly skySigmaI: number;
}

export interface SimulatedGalaxy {
  /** Without noise, as the seeing leaves it. */
  readonly truth: SkyImage;
  /** With the noise of the camera. */
  readonly original: SkyImage;
  readonly row: CatalogueRow;
}

/** Share of galaxies with another of similar brightness beside them. */
const companions = 0.07;

/** Smallest and largest side of an image, pixels. */
export const smallestSide = 16;
export const largestSide = 976;

/**
 * Simulates a galaxy on a square image of `size` pixels of 0.396 arcsec, in the middle to within a pixel.
 *
 * @param random the galaxy's own stream: `new RandomStream(seed, 'galaxy', index)`
 * @param index its number, for the catalogue
 * @throws RangeError unless size is an integer from 16 to 976
 */
export function simulateGalaxy(random: RandomStream, index: number, size: number): SimulatedGalaxy {
  if (!Number.isInteger(size) || size < smallestSide || size > largestSide) {
    throw new RangeError(
      `simulateGalaxy: expected an integer size from ${smallestSide} to ${largestSide} pixels, got ${size}`,
    );
  }
  const painting = emptyPainting(size + 2 * margin);
  const middle = margin + Math.floor(size / 2);
  const galaxy = drawGalaxy(random.split('galaxy'));
  const exposure = drawExposure(random.split('exposure'), sdssPixelScale);
  const place = random.split('place');
  const [x, y] = [middle + place.uniform() - 0.5, middle + place.uniform() - 0.5];
  paintGalaxy(painting, galaxy, [x, y], sdssPixelScale, random.split('knots'));
  const companion = place.uniform() < companions;
  if (companion) paintCompanion(painting, galaxy, [x, y], random.split('companion'));
  const field = random.split('field');
  paintField(painting, sdssPixelScale, field, scattered(field, 1, 0.6));

  const truth = throughSeeing(painting, exposurePsfs(exposure, sdssPixelScale));
  const shape = { width: size, height: size };
  return {
    truth: skyImage(shape, truth),
    original: skyImage(shape, record(truth, exposure, random.split('noise', size))),
    row: {
      index,
      kind: galaxyKinds.indexOf(galaxy.kind),
      redshift: galaxy.redshift,
      magnitude: galaxy.magnitude,
      absoluteMagnitude: galaxy.absoluteMagnitude,
      halfLightRadius: galaxy.halfLightRadius,
      bulgeFraction: galaxy.bulgeFraction,
      sersicIndex: galaxy.bulge.index,
      bulgeRadius: galaxy.bulge.radius,
      discScale: galaxy.discScale,
      axisRatio: galaxy.axisRatio,
      inclination: galaxy.inclination,
      angle: galaxy.angle,
      arms: galaxy.arms.count,
      pitch: (galaxy.arms.pitch * 180) / Math.PI,
      barFraction: galaxy.barFraction,
      companion: companion ? 1 : 0,
      seeingG: exposure.seeing[0],
      seeingR: exposure.seeing[1],
      seeingI: exposure.seeing[2],
      seeingBeta: exposure.beta,
      skySigmaG: exposure.skySigma[0],
      skySigmaR: exposure.skySigma[1],
      skySigmaI: exposure.skySigma[2],
    },
  };
}

/** The PSFs of g, r and i through which a galaxy of the catalogue was seen. */
export const rowPsfs = ({ seeingG, seeingR, seeingI, seeingBeta }: CatalogueRow): Psf[] =>
  exposurePsfs(
    { seeing: [seeingG, seeingR, seeingI], beta: seeingBeta, skySigma: [0, 0, 0] },
    sdssPixelScale,
  );

function paintCompanion(
  painting: Parameters<typeof paintGalaxy>[0],
  galaxy: GalaxyModel,
  [x, y]: readonly [number, number],
  random: RandomStream,
): void {
  const fainter = between(random, 0, 2);
  const other = drawGalaxy(random, {
    redshift: galaxy.redshift,
    magnitude: galaxy.magnitude + fainter,
    absoluteMagnitude: galaxy.absoluteMagnitude + fainter,
  });
  const azimuth = between(random, 0, 2 * Math.PI);
  const distance =
    (between(random, 0.8, 1.8) * (galaxy.halfLightRadius + other.halfLightRadius)) / sdssPixelScale;
  paintGalaxy(
    painting,
    other,
    [x + distance * Math.cos(azimuth), y + distance * Math.sin(azimuth)],
    sdssPixelScale,
    random.split('knots'),
  );
}
