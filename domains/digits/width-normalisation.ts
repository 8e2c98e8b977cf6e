// Digits made equally wide: each is cut to its ink and its width set to so many pixels, its height kept. Networks trained on several
// widths make a committee that disagrees enough to be worth asking (D. Ciresan, U. Meier, J. Schmidhuber, Multi-column deep neural
// networks for image classification, CVPR 2012: 10, 12, ..., 20 px and the original).

/** Widths of the paper, pixels. */
export const normalisedWidths = [10, 12, 14, 16, 18, 20] as const;

/**
 * Writes the image with its ink `inkWidth` px wide, in the middle of the rows; every new pixel is the mean of what it covers.
 *
 * @param image width x height numbers, 0 the background; one that is all background stays so
 * @param normalised where the outcome goes, of the same length; not the image itself
 * @throws RangeError unless 1 <= inkWidth <= width
 */
export function normaliseWidth<T extends Uint8Array | Float32Array>(
  image: T,
  width: number,
  height: number,
  inkWidth: number,
  normalised: T,
): T {
  if (!Number.isInteger(inkWidth) || inkWidth < 1 || inkWidth > width) {
    throw new RangeError(`normaliseWidth: expected an integer from 1 to ${width}, got ${inkWidth}`);
  }
  normalised.fill(0);
  let [first, last] = [width, -1];
  for (let i = 0; i < image.length; i++) {
    if (image[i] === 0) continue;
    const x = i % width;
    if (x < first) first = x;
    if (x > last) last = x;
  }
  if (last < 0) return normalised;
  const step = (last - first + 1) / inkWidth;
  const left = Math.floor((width - inkWidth) / 2);
  const round = normalised instanceof Uint8Array ? 0.5 : 0;
  for (let x = 0; x < inkWidth; x++) {
    // A new pixel covers `step` old ones or, where the digit is made wider, one about its middle, within the ink.
    const middle = first + (x + 0.5) * step;
    const half = Math.max(1, step) / 2;
    const low = Math.min(Math.max(middle - half, first), last + 1 - 2 * half);
    const end = Math.min(last, Math.ceil(low + 2 * half - 1e-9) - 1);
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let p = Math.floor(low + 1e-9); p <= end; p++) {
        sum += image[y * width + p] * (Math.min(low + 2 * half, p + 1) - Math.max(low, p));
      }
      normalised[y * width + left + x] = sum / (2 * half) + round;
    }
  }
  return normalised;
}
