// How well the flux of a galaxy can be known at all: by somebody who knows the shape of everything and fits one number, how bright the
// galaxy is, to the degraded image. Its errors are the noise's alone, and no restoration that keeps fluxes can have smaller ones.
import { mapPlanes, plane, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { type Observation, psfsOf } from '../baselines/restoration.ts';
import { convolve } from '../fourier/convolve.ts';
import { fitBrightness } from '../measures/fit-brightness.ts';

/**
 * The target with the pixels of the mask multiplied by a = sum b (d - o) / sum b^2 in each band: d the degraded image, b and o the target
 * within and outside of the mask, blurred as it was. As it is where there is nothing in the mask.
 */
export function fittedShape(observation: Observation, target: SkyImage, mask: Uint8Array): SkyImage {
  const { width, height } = target;
  const psfs = psfsOf(observation);
  return mapPlanes(target, (own, band) => {
    const blurred = (kept: 0 | 1): Float32Array =>
      convolve(
        own.map((value, i) => (mask[i] === kept ? value : 0)),
        width,
        height,
        psfs[band],
      );
    const [outside, within] = [blurred(0), blurred(1)];
    const degraded = plane(observation.image, band);
    const around = degraded.map((value, i) => value - outside[i]);
    const { brightness } = fitBrightness(within, around, observation.noiseSigma[band]);
    return own.map((value, i) => (mask[i] === 1 ? brightness * value : value));
  });
}
