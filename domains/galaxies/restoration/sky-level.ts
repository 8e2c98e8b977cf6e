// The sky under an image, where it was left in: networks are trained on images without. Nothing is taken off an image whose sky
// is at zero already, nor from one that a galaxy fills, where there is no sky to be measured.
import { quantile } from '../../../core/metrics/bootstrap.ts';
import { deviationPerMedian, median } from '../../../core/metrics/median.ts';

/** Values looked at, at most. */
const mostValues = 100_000;
/** Share of the pixels that may lie on the other side of zero where the sky was left in. */
const share = 0.1;
/** Distance of the sky from 0, in standard deviations of the noise, below which it counts as taken off. */
const farOff = 3;
const clips = 5;

/** Median of the values within three standard deviations of it, found anew until it stays. @param sorted ascending */
function clippedMedian(sorted: Float64Array): number {
  let kept = sorted;
  for (let clip = 0; clip < clips; clip++) {
    const middle = quantile(kept, 0.5);
    const deviation = deviationPerMedian * median(kept.map((value) => Math.abs(value - middle)));
    const next = kept.filter((value) => Math.abs(value - middle) <= 3 * deviation);
    if (next.length === kept.length || next.length === 0) break;
    kept = next;
  }
  return quantile(kept, 0.5);
}

/**
 * Level of the sky where nine tenths of the pixels are on one side of zero, by more than three standard deviations of the noise;
 * 0 otherwise, as for any image less its sky.
 *
 * @param noise standard deviation of the noise
 */
export function skyLevel(pixels: ArrayLike<number>, noise: number): number {
  const stride = Math.ceil(pixels.length / mostValues);
  const sorted = Float64Array.from(
    { length: Math.ceil(pixels.length / stride) },
    (_, i) => pixels[i * stride],
  ).sort();
  const away = Math.max(0, quantile(sorted, share)) + Math.min(0, quantile(sorted, 1 - share));
  return Math.abs(away) > farOff * noise ? clippedMedian(sorted) : 0;
}
