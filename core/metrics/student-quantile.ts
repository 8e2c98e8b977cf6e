// Quantiles of Student's t with a whole number of degrees of freedom, for means of few values: its distribution function as the
// finite sums of Abramowitz and Stegun, 26.7.3 and 26.7.4, solved by halving the interval.

/** P(|T| < sqrt(freedom) tan(angle)). */
function probabilityWithin(angle: number, freedom: number): number {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const odd = freedom % 2 === 1;
  let term = odd ? cos : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= ((k - 1) / k) * cos * cos;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + sin * sum) : sin * sum;
}

/**
 * t with P(|T| < t) = level.
 *
 * @param level in (0, 1), 0.95 for the usual interval
 * @param freedom degrees of freedom, a whole number from 1
 */
export function studentQuantile(level: number, freedom: number): number {
  if (!(level > 0 && level < 1 && Number.isInteger(freedom) && freedom >= 1)) {
    throw new RangeError(
      `studentQuantile: expected a level in (0, 1) and freedom >= 1, got ${level} and ${freedom}`,
    );
  }
  let [low, high] = [0, Math.PI / 2];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (probabilityWithin(middle, freedom) < level) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan((low + high) / 2);
}
