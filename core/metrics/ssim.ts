// The structural similarity of two images (Wang, Bovik, Sheikh and Simoncelli 2004, IEEE Trans. Image Process. 13, 600): means, variances
// and covariance under a Gaussian window of 11 x 11 pixels, sigma 1.5, as in the paper, of one plane. Colour images: the mean over
// their planes.

const half = 5;
const sigma = 1.5;
const stability = { luminance: 0.01, contrast: 0.03 } as const;

const weights = Float64Array.from({ length: 2 * half + 1 }, (_, i) =>
  Math.exp(-((i - half) ** 2) / (2 * sigma * sigma)),
);
const sum = weights.reduce((total, weight) => total + weight, 0);
for (let i = 0; i < weights.length; i++) weights[i] /= sum;

/** Weighted means under the window at every place where it lies within the plane: (width - 10) x (height - 10) of them. */
function windowed(width: number, height: number, at: (i: number) => number): Float64Array {
  const columns = width - 2 * half;
  const rows = new Float64Array(columns * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < columns; x++) {
      let total = 0;
      for (let k = 0; k < weights.length; k++) total += weights[k] * at(y * width + x + k);
      rows[y * columns + x] = total;
    }
  }
  const means = new Float64Array(columns * (height - 2 * half));
  for (let i = 0; i < means.length; i++) {
    let total = 0;
    for (let k = 0; k < weights.length; k++) total += weights[k] * rows[i + k * columns];
    means[i] = total;
  }
  return means;
}

/**
 * Mean structural similarity of two planes, 1 for equal ones, where the window lies within them.
 *
 * @param range difference of the largest and the smallest value that a pixel may have, 1 by default
 * @throws RangeError when the planes do not fill the rectangle, or it is smaller than the window of 11 x 11
 */
export function ssim(
  values: ArrayLike<number>,
  expected: ArrayLike<number>,
  width: number,
  height: number,
  range = 1,
): number {
  const pixels = width * height;
  if (values.length !== pixels || expected.length !== pixels || Math.min(width, height) < weights.length) {
    throw new RangeError(
      `ssim: expected two planes of ${width} x ${height}, 11 x 11 at least, got ${values.length} and ${expected.length} pixels`,
    );
  }
  const mean = windowed(width, height, (i) => values[i]);
  const expectedMean = windowed(width, height, (i) => expected[i]);
  const square = windowed(width, height, (i) => values[i] * values[i]);
  const expectedSquare = windowed(width, height, (i) => expected[i] * expected[i]);
  const product = windowed(width, height, (i) => values[i] * expected[i]);
  const c1 = (stability.luminance * range) ** 2;
  const c2 = (stability.contrast * range) ** 2;
  let total = 0;
  for (let i = 0; i < mean.length; i++) {
    const [m, e] = [mean[i], expectedMean[i]];
    const covariance = product[i] - m * e;
    const variances = square[i] - m * m + expectedSquare[i] - e * e;
    total += ((2 * m * e + c1) * (2 * covariance + c2)) / ((m * m + e * e + c1) * (variances + c2));
  }
  return total / mean.length;
}
