// The paper's measure: the peak signal-to-noise ratio of images stretched and clipped as it does, all bands together, with the peak 1
// (its eight bits add rounding noise at 59 dB, which none of its images is near).
import { meanSquaredError } from '../../../core/metrics/psnr.ts';
import type { SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { stretchAll } from '../stretch.ts';

/**
 * Mean squared difference of two stretched images.
 *
 * @param mask pixels of a plane that count where it is not 0; all without
 * @throws RangeError when the images differ in size, or the mask is empty
 */
export function stretchedError(image: SkyImage, target: SkyImage, mask?: Uint8Array): number {
  const [values, expected] = [stretchAll(image.data), stretchAll(target.data)];
  if (!mask) return meanSquaredError(values, expected);
  const counts = (_: number, i: number): boolean => mask[i % mask.length] !== 0;
  return meanSquaredError(values.filter(counts), expected.filter(counts));
}

/** 10 log10(1 / {@link stretchedError}), dB; infinite for equal images. */
export const stretchedPsnr = (image: SkyImage, target: SkyImage, mask?: Uint8Array): number =>
  -10 * Math.log10(stretchedError(image, target, mask));
