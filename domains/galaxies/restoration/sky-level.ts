// Whether the sky of an image lies at zero, as networks have it in training. Not a measurement of the sky: where galaxies fill an
// image there is none to be measured.
import { quantile } from '../../../core/metrics/bootstrap.ts';

/** Values looked at, at most. */
const mostValues = 100_000;
/** Share of the pixels that may lie beyond. */
const share = 0.1;

/**
 * The flux that nine tenths of the pixels are above, where that is positive; that nine tenths are below, where that is negative;
 * 0 otherwise, as for any image less its sky.
 */
export function skyOffset(pixels: ArrayLike<number>): number {
  const stride = Math.ceil(pixels.length / mostValues);
  const sorted = Float64Array.from(
    { length: Math.ceil(pixels.length / stride) },
    (_, i) => pixels[i * stride],
  ).sort();
  return Math.max(0, quantile(sorted, share)) + Math.min(0, quantile(sorted, 1 - share));
}
