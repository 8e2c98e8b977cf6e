// Networks that learn in a compressed scale answer with too little flux, more so the fainter the source (Akhaury et al. 2024,
// A&A 688 A6). What they lost is in the residual: the degraded image less the restored one, blurred as it was. Its smooth
// part is put back where there is a source, so that fluxes of whatever is wider than the smoothing are those of the
// degraded image, and the sky stays as quiet as the network made it.
import { mapPlanes, plane, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { noiseGain } from '../degrade.ts';
import { convolve } from '../fourier/convolve.ts';
import type { DegradedImage } from '../networks/network-inputs.ts';
import { gaussianPsf } from '../psf/psf.ts';

/** Height above the noise, both smoothed, in standard deviations, at which half of the residual is put back. */
const halfHeight = 3;

/**
 * restored + w G * (degraded - psf * restored), G a Gaussian, w = f^4 / (f^4 + (3 s)^4) with f = G * restored where that is positive
 * and s the standard deviation of the noise after G.
 *
 * @param width full width at half maximum of G, pixels
 */
export function conserveFlux(
  restored: SkyImage,
  { image, psf, noise }: Pick<DegradedImage, 'image' | 'psf' | 'noise'>,
  width: number,
): SkyImage {
  const { width: across, height: down } = restored;
  const smoothing = gaussianPsf(width, 1);
  const gain = noiseGain(smoothing);
  return mapPlanes(restored, (own, band) => {
    const blurred = convolve(own, across, down, psf);
    const residual = plane(image, band).map((value, i) => value - blurred[i]);
    const back = convolve(residual, across, down, smoothing);
    const source = convolve(own, across, down, smoothing);
    const floor = (halfHeight * noise[band] * gain) ** 4;
    return own.map((value, i) => {
      const power = Math.max(0, source[i]) ** 4;
      return value + (back[i] * power) / (power + floor);
    });
  });
}
