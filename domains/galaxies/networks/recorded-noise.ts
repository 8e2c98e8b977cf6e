// What a camera and those who resample, drizzle or compress its images leave on a training galaxy: noise of the sky and of its light, of
// any depth and grain. It belongs to what networks learn towards, as to every image that they are measured against: noise that is
// wider than a blur survives it, and whoever takes it off is further from the recorded image than a linear filter that brings it back.
import type { RandomStream } from '../../../core/random.ts';
import { mapPlanes, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { noiseGain } from '../degrade.ts';
import { sampledGaussianPsf, smooth } from '../psf/sampled-gaussian.ts';
import { electronsPerNanomaggy } from '../simulator/camera.ts';
import { surveyNoise } from '../units.ts';

export interface RecordedNoise {
  /** Standard deviation of the sky, nanomaggies per pixel. */
  readonly level: number;
  /** Variance of the light's own noise over that of the survey at the same noise of the sky: more than 1 where skies are darker. */
  readonly photons: number;
  /** Standard deviation in pixels of the Gaussian by which white noise was smoothed; 0 for white noise. */
  readonly grain: number;
}

/**
 * The image with normal noise of variance (level / surveyNoise)^2 (surveyNoise^2 + photons flux / electrons per nanomaggy): with
 * photons = 1 an exposure of the survey, longer or shorter. Smoothing by the grain keeps the variance of the sky, and neighbours at a distance d are
 * then correlated by exp(-d^2 / (4 grain^2)).
 */
export function withRecordedNoise(
  image: SkyImage,
  { level, photons, grain }: RecordedNoise,
  random: RandomStream,
): SkyImage {
  const { width, height } = image;
  const depth = level / surveyNoise;
  const gain = noiseGain(sampledGaussianPsf(grain));
  return mapPlanes(image, (plane, band) => {
    const perFlux = photons / electronsPerNanomaggy[band];
    const white = plane.map(
      (flux) => depth * Math.sqrt(surveyNoise ** 2 + Math.max(0, flux) * perFlux) * random.normal(),
    );
    const noise = smooth(white, width, height, grain);
    return plane.map((flux, i) => flux + noise[i] / gain);
  });
}
