// Networks that learn in a compressed scale answer with too little flux, more so the fainter the source (Akhaury et al. 2024,
// A&A 688 A6). What they lost is in the residual: the degraded image less the restored one, blurred as it was. Its smooth
// part is put back, so that fluxes over more than the smoothing's width are those of the degraded image.
import { mapPlanes, plane, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { convolve } from '../fourier/convolve.ts';
import { gaussianPsf, type Psf } from '../psf/psf.ts';

/**
 * restored + G * (degraded - psf * restored), G a Gaussian.
 *
 * @param width full width at half maximum of G, pixels: narrower puts back more of the noise, wider less of small sources
 */
export function conserveFlux(restored: SkyImage, degraded: SkyImage, psf: Psf, width: number): SkyImage {
  const { width: across, height: down } = restored;
  const smoothing = gaussianPsf(width, 1);
  return mapPlanes(restored, (own, band) => {
    const blurred = convolve(own, across, down, psf);
    const residual = plane(degraded, band).map((value, i) => value - blurred[i]);
    const back = convolve(residual, across, down, smoothing);
    return own.map((value, i) => value + back[i]);
  });
}
