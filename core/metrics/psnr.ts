// The peak signal-to-noise ratio of one signal against another.

/** Mean of the squared differences. @throws RangeError when the lengths differ or are 0 */
export function meanSquaredError(values: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (values.length !== expected.length || values.length === 0) {
    throw new RangeError(
      `meanSquaredError: expected as many values as there are, got ${values.length} and ${expected.length}`,
    );
  }
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = values[i] - expected[i];
    sum += difference * difference;
  }
  return sum / values.length;
}

/**
 * 10 log10(peak^2 / mean squared error), dB; infinite for equal signals.
 *
 * @param peak largest value that a signal may have, 1 by default
 */
export const psnr = (values: ArrayLike<number>, expected: ArrayLike<number>, peak = 1): number =>
  10 * Math.log10((peak * peak) / meanSquaredError(values, expected));
