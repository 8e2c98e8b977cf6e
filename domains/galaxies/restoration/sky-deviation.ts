// How much the sky of an image varies, correlated noise included: for the scale of images whose unit is not known.
import { quantile } from '../../../core/metrics/bootstrap.ts';

/** Side of the squares in which deviations are taken: small beside galaxies, large beside what resampling correlates. */
const side = 8;
/** Quantile of the squares: those without sources, in images that are mostly full of them. */
const quiet = 0.25;

/**
 * Standard deviation of the quieter squares of 8 x 8 pixels; a few percent low in white noise. NaN where no square is whole or
 * varies.
 */
export function skyDeviation(pixels: ArrayLike<number>, width: number, height: number): number {
  const found: number[] = [];
  for (let top = 0; top + side <= height; top += side) {
    for (let left = 0; left + side <= width; left += side) {
      let [sum, squares] = [0, 0];
      for (let y = top; y < top + side; y++) {
        for (let x = left; x < left + side; x++) {
          const value = pixels[y * width + x];
          sum += value;
          squares += value * value;
        }
      }
      const variance = (squares - (sum * sum) / side ** 2) / (side ** 2 - 1);
      if (variance > 0) found.push(Math.sqrt(variance));
    }
  }
  return found.length === 0 ? Number.NaN : quantile(Float64Array.from(found).sort(), quiet);
}
