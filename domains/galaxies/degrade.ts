// The paper's degradation (Schawinski et al. 2017; roou.m of GalaxyGAN): a galaxy is blurred as by worse seeing, and white noise
// is added until the sky is as noisy as asked. The blur comes on top of the seeing that the image has. No clipping, no JPEG.
import type { RandomStream } from '../../core/random.ts';
import { mapPlanes, plane, type SkyImage } from '../../data-adapters/galaxies/sky-image.ts';
import { convolve } from './fourier/convolve.ts';
import type { Psf } from './psf/psf.ts';
import { paperSigma, sampledGaussianPsf, smooth } from './psf/sampled-gaussian.ts';

export interface DegradeOptions {
  /** Blur by a Gaussian of this full width at half maximum, arcsec; 0 leaves the image as it is. */
  readonly fwhm?: number;
  /** Blur by this PSF instead. */
  readonly psf?: Psf;
  /** Noise of the sky afterwards, in standard deviations of the noise it has. */
  readonly noise: number;
  /** `independent` in each band (as detectors are), or one field `shared` by all bands, as in the paper's code. */
  readonly noiseMode?: 'independent' | 'shared';
  /** Standard deviation of the sky of each band, nanomaggies per pixel, where it is known; measured by {@link skySigma} otherwise. */
  readonly sky?: readonly number[];
}

export interface Degraded {
  readonly image: SkyImage;
  /** What the image was blurred with. */
  readonly psf: Psf;
  /** Standard deviation of the sky of each band: what is left after the blur, and what was added. Nanomaggies per pixel. */
  readonly noiseSigma: readonly number[];
  /** Standard deviation of the noise added. */
  readonly added: number;
  /** Standard deviation of the sky before, all bands together. */
  readonly sky: number;
}

/** Fluxes that are taken for sky lie between -0.1 and 0.1 nanomaggies per pixel. */
const skyRange = 0.1;
/** Least variance of the noise added. */
const leastVariance = 1e-8;

/**
 * The paper's measure of the noise: standard deviation (n - 1) of the fluxes between -0.1 and 0.1 nanomaggies per pixel. Faint
 * outskirts of the galaxy count, so that it is too high where they fill the image. NaN when fewer than two are there.
 */
export function skySigma(pixels: ArrayLike<number>): number {
  let [count, sum, squares] = [0, 0, 0];
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i];
    if (!(value > -skyRange && value < skyRange)) continue;
    count++;
    sum += value;
    squares += value * value;
  }
  if (count < 2) return Number.NaN;
  return Math.sqrt(Math.max(0, squares - (sum * sum) / count) / (count - 1));
}

const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** Root of the sum of squares of a PSF: by how much it lowers the standard deviation of white noise. */
export const noiseGain = ({ data }: Psf): number =>
  Math.sqrt(data.reduce((sum, value) => sum + value * value, 0));

/** An image blurred with a PSF; `fwhm` in arcsec of the paper's Gaussian, cut off at two standard deviations, without. */
export function blurImage(
  image: SkyImage,
  { fwhm = 0, psf }: Pick<DegradeOptions, 'fwhm' | 'psf'>,
): { blurred: SkyImage; psf: Psf } {
  const { width, height, pixelScale } = image;
  if (psf) {
    return { psf, blurred: mapPlanes(image, (pixels) => convolve(pixels, width, height, psf, 'replicate')) };
  }
  const sigma = paperSigma(fwhm, pixelScale);
  return {
    psf: sampledGaussianPsf(sigma),
    blurred: sigma === 0 ? image : mapPlanes(image, (pixels) => smooth(pixels, width, height, sigma)),
  };
}

/**
 * Blurs an image and adds Gaussian noise of variance max((noise s)^2 - s2^2, 1e-8), where s and s2 are {@link skySigma} of all
 * bands together before and after the blur. With a known `sky`, s is its root mean square and s2 what white noise of that width comes to.
 *
 * @throws RangeError when `noise`, `fwhm` or `sky` is negative or not finite, `sky` is not given for each band, or the image has no sky to be measured
 */
export function degrade(image: SkyImage, options: DegradeOptions, random: RandomStream): Degraded {
  const { noise, noiseMode = 'independent', fwhm = 0 } = options;
  const known = options.sky;
  for (const [name, value] of Object.entries({ noise, fwhm, sky: known ? rootMeanSquare(known) : 0 })) {
    if (!(value >= 0 && Number.isFinite(value))) {
      throw new RangeError(`degrade: expected ${name} >= 0, got ${value}`);
    }
  }
  if (known && known.length !== image.bands.length) {
    throw new RangeError(
      `degrade: expected sky for each of ${image.bands.length} bands, got ${known.length}`,
    );
  }
  const { blurred, psf } = blurImage(image, options);
  const sky = known ? rootMeanSquare(known) : skySigma(image.data);
  if (Number.isNaN(sky)) {
    throw new RangeError('degrade: no flux lies between -0.1 and 0.1 nanomaggies; say how noisy the sky is');
  }
  const allLeft = known ? sky * noiseGain(psf) : skySigma(blurred.data) || 0;
  const left = (band: number): number =>
    known ? known[band] * noiseGain(psf) : skySigma(plane(blurred, band)) || 0;
  const added = Math.sqrt(Math.max(leastVariance, (noise * sky) ** 2 - allLeft ** 2));
  const pixels = image.width * image.height;
  const field = (): Float64Array => Float64Array.from({ length: pixels }, () => added * random.normal());
  const shared = noiseMode === 'shared' ? field() : undefined;
  const noisy = mapPlanes(blurred, (old) => {
    const drawn = shared ?? field();
    return old.map((value, i) => value + drawn[i]);
  });
  return {
    image: noisy,
    psf,
    noiseSigma: image.bands.map((_, band) => Math.hypot(left(band), added)),
    added,
    sky,
  };
}
