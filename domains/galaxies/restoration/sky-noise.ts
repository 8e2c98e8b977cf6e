// How noisy an image is, measured from itself: the part of it that differs from pixel to pixel, which neither sky nor galaxy
// does after blurring. After Immerkaer (1996, Comput. Vis. Image Underst. 64, 300), with a median in place of the mean, so
// that stars and cores do not count.
import { deviationPerMedian, median } from '../../../core/metrics/median.ts';

/** Root of the sum of squares of the mask [1 -2 1; -2 4 -2; 1 -2 1]. */
const maskNorm = 6;

/** Values looked at, at most: the error of a standard deviation is then below half a percent. */
const mostValues = 250_000;

/**
 * Standard deviation of white noise in a plane. Pixels that are no numbers are left out, and so are runs of equal ones (edges
 * that were filled). NaN when hardly anything is left.
 *
 * Noise that is correlated between neighbours, as where images were resampled, comes out too low.
 */
export function noiseSigma(pixels: ArrayLike<number>, width: number, height: number): number {
  const found: number[] = [];
  const stride = Math.max(1, Math.floor(Math.sqrt((width * height) / mostValues)));
  for (let y = 1; y < height - 1; y += stride) {
    for (let x = 1; x < width - 1; x += stride) {
      const at = y * width + x;
      const [above, below] = [at - width, at + width];
      const value =
        4 * pixels[at] -
        2 * (pixels[at - 1] + pixels[at + 1] + pixels[above] + pixels[below]) +
        pixels[above - 1] +
        pixels[above + 1] +
        pixels[below - 1] +
        pixels[below + 1];
      if (Number.isFinite(value) && value !== 0) found.push(Math.abs(value));
    }
  }
  if (found.length < 20) return Number.NaN;
  return (deviationPerMedian * median(found)) / maskNorm;
}
