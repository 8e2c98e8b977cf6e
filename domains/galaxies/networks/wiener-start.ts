// The Wiener filter that a restoration network is shown: with the PSF and the noise of the image at hand, and one power spectrum
// for all galaxies, so that a finished network needs no other data.
import type { SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { wienerFilter } from '../baselines/wiener.ts';
import { reachOf } from '../fourier/convolve.ts';
import type { Psf } from '../psf/psf.ts';

/**
 * Power of galaxies at a frequency, squared nanomaggies per pixel: 3 / (1 + (f / 0.039)^2)^1.6, which follows the geometric mean
 * over simulated galaxies from r = 13.5 to 17.5 mag, each weighted by a cosine window.
 *
 * @param squared f^2, f in cycles per pixel
 */
export const galaxyPower = (squared: number): number => 3 / (1 + squared / 0.039 ** 2) ** 1.6;

/** @param noise standard deviation of each band, nanomaggies per pixel */
export const wienerStart = (image: SkyImage, psf: Psf, noise: readonly number[]): SkyImage =>
  wienerFilter(
    { image, psf, noiseSigma: noise },
    [(kx, ky, band) => noise[band] ** 2 / galaxyPower(kx * kx + ky * ky)],
    reachOf(psf),
  )[0];
