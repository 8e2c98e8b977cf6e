// Everything that is measured of one test galaxy: the classical methods, the network's answer, and how near each comes to what was
// recorded and to what was there.
import { ssim } from '../../../core/metrics/ssim.ts';
import { plane, planes, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import type { PowerSpectrum } from '../baselines/power-spectrum.ts';
import type { Observation } from '../baselines/restoration.ts';
import { richardsonLucyBaseline } from '../baselines/richardson-lucy.ts';
import { adaptiveMoments, ellipticityError } from '../measures/adaptive-moments.ts';
import { galaxyMask, grownMask } from '../measures/galaxy-mask.ts';
import { centroid, fluxRatios, fluxWithin, halfLightRadius, magnitudeOf } from '../measures/photometry.ts';
import { stretchedPsnr } from '../measures/stretched-psnr.ts';
import { stretchAll } from '../stretch.ts';
import { fittedShape } from './fitted-shape.ts';
import { paperIterations, paperRichardsonLucy, tunedMethods } from './methods.ts';

export interface MeasureTask {
  readonly original: SkyImage;
  readonly truth?: SkyImage;
  /** Standard deviation of the sky of the original. */
  readonly sky: number;
  readonly observation: Observation;
  readonly restored: SkyImage;
  /** The network's answer before the flux was put right. */
  readonly raw: SkyImage;
  readonly deviation?: SkyImage;
  readonly spectra: readonly PowerSpectrum[];
  /** Parameter of each of the tuned methods. */
  readonly parameters: readonly number[];
  /** Whether the images of the methods are wanted, for a gallery. */
  readonly keep: boolean;
}

/** How well one method did. */
export interface Measured {
  /** Against the image as recorded, as the paper measures, dB. */
  readonly psnr: number;
  /** Against the image without noise, dB; NaN where it is not known. */
  readonly truth: number;
  /** As `psnr`, within the galaxy's mask. */
  readonly galaxy: number;
  readonly ssim: number;
  /** Flux in r over that of the target: within the mask, or beyond it by {@link apertureReach} where the target has noise. */
  readonly flux: number;
  /** Distance of the ellipticities in r; NaN where one cannot be measured. */
  readonly ellipticity: number;
}

export interface GalaxyMeasures {
  /** Of the target, in r, within what its flux is measured in; NaN where there is no flux. */
  readonly magnitude: number;
  /** Of the same, arcsec: with the seeing that it was recorded with. */
  readonly halfLightRadius: number;
  readonly methods: Readonly<Record<string, Measured>>;
  /** Share of the pixels whose error, stretched or not, is below the deviation that the network gives, if it does. */
  readonly coverage?: number;
  readonly images?: Readonly<Record<string, SkyImage>>;
}

/** Id of {@link fittedShape} among the methods: of interest for its flux. */
export const knownShape = 'known-shape';

const meanSsim = (image: SkyImage, target: SkyImage): number => {
  const { width, height } = image;
  const values = planes(image).map((pixels, band) =>
    ssim(stretchAll(pixels), stretchAll(plane(target, band)), width, height),
  );
  return values.reduce((a, b) => a + b, 0) / values.length;
};

/** The band in which fluxes and shapes are measured, and the mask drawn: r. */
const measuredBand = 1;
/** Smoothing of a noisy original before its mask is drawn, pixels. */
const maskSmoothing = 1.5;
/**
 * Pixels beyond the mask of a noisy original within which its flux is measured. The rim of such a mask goes where the noise is
 * high: within it faint galaxies without their noise have .93 to .99 of the flux that was recorded, within this .99 to 1.
 */
export const apertureReach = 4;

function coverageOf(restored: SkyImage, deviation: SkyImage, target: SkyImage): number {
  let within = 0;
  for (let i = 0; i < target.data.length; i++) {
    if (Math.abs(restored.data[i] - target.data[i]) <= deviation.data[i]) within++;
  }
  return within / target.data.length;
}

export function measureGalaxy(task: MeasureTask): GalaxyMeasures {
  const { original, truth, sky, observation, restored, raw, deviation, spectra, parameters, keep } = task;
  const { width, height } = original;
  const target = truth ?? original;
  const red = plane(target, measuredBand);
  const mask = galaxyMask(red, width, height, sky, { smoothing: truth ? 0 : maskSmoothing });
  const aperture = truth ? mask : grownMask(mask, width, height, apertureReach);
  const shape = adaptiveMoments(red, width, height);
  const { x, y } = centroid(red, width, aperture);

  const images: Record<string, SkyImage> = { degraded: observation.image, network: restored, raw };
  for (const [i, method] of tunedMethods(spectra).entries()) {
    const iterates = method.id === richardsonLucyBaseline.id;
    const restored = method.restore(observation, [parameters[i], ...(iterates ? [paperIterations] : [])]);
    images[method.id] = restored[0];
    if (iterates) images[paperRichardsonLucy] = restored[1];
  }
  if (truth !== undefined) images.perfect = truth;

  const measure = (image: SkyImage): Measured => {
    const own = adaptiveMoments(plane(image, measuredBand), width, height);
    return {
      psnr: stretchedPsnr(image, original),
      truth: truth === undefined ? Number.NaN : stretchedPsnr(image, truth),
      galaxy: stretchedPsnr(image, original, mask),
      ssim: meanSsim(image, original),
      flux: fluxRatios(image, target, aperture)[measuredBand],
      ellipticity: shape && own ? ellipticityError(own, shape) : Number.NaN,
    };
  };
  const measured = { ...images, [knownShape]: fittedShape(observation, target, aperture) };
  return {
    magnitude: magnitudeOf(fluxWithin(red, aperture)),
    halfLightRadius: halfLightRadius(red, width, aperture, x, y) * original.pixelScale,
    methods: Object.fromEntries(Object.entries(measured).map(([id, image]) => [id, measure(image)])),
    ...(deviation ? { coverage: coverageOf(restored, deviation, target) } : {}),
    ...(keep ? { images: { ...images, original, ...(truth ? { truth } : {}) } } : {}),
  };
}
