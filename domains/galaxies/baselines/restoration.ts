// What every classical restoration is given and gives back.
import type { SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import type { Psf } from '../psf/psf.ts';

/** A degraded image and what is known of it. */
export interface Observation {
  readonly image: SkyImage;
  /** One PSF for all bands, or one for each. */
  readonly psf: Psf | readonly Psf[];
  /** Standard deviation of the noise in each band, nanomaggies per pixel. */
  readonly noiseSigma: readonly number[];
}

/** The PSF of each band. @throws RangeError when there is not one for each */
export function psfsOf({ image, psf }: Observation): Psf[] {
  const psfs = 'data' in psf ? image.bands.map(() => psf) : [...psf];
  if (psfs.length !== image.bands.length) {
    throw new RangeError(
      `psfsOf: expected a PSF for each of ${image.bands.length} bands, got ${psfs.length}`,
    );
  }
  return psfs;
}

/** A restoration with one parameter to be set. */
export interface Baseline {
  /** kebab-case. */
  readonly id: string;
  readonly label: string;
  /** Name and unit of the parameter. */
  readonly parameter: string;
  /** Values worth trying, in order. */
  readonly candidates: readonly number[];
  /** The image restored with each of the values. */
  restore(observation: Observation, values: readonly number[]): SkyImage[];
}
