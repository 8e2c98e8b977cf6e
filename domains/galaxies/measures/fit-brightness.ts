// How bright something of a known shape is in an image that was blurred.

export interface FittedBrightness {
  /** c = sum b data / sum b^2, least squares; 0 where the shape is empty. */
  readonly brightness: number;
  /** Its standard deviation under white noise, noise / sqrt(sum b^2); 0 where the shape is empty. */
  readonly error: number;
}

/**
 * @param blurredShape b: the shape as the image was blurred
 * @param data pixels of the image
 * @param noise standard deviation of a pixel
 */
export function fitBrightness(
  blurredShape: ArrayLike<number>,
  data: ArrayLike<number>,
  noise: number,
): FittedBrightness {
  let [product, power] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    product += blurredShape[i] * data[i];
    power += blurredShape[i] ** 2;
  }
  if (power === 0) return { brightness: 0, error: 0 };
  return { brightness: product / power, error: noise / Math.sqrt(power) };
}
