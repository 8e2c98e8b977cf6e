// A straight line through points of known errors: weighted least squares with its covariance (Press et al., Numerical
// Recipes, section 15.2; Particle Data Group, Statistics, section 40.2.3).

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** Standard error of y, > 0. */
  readonly error: number;
}

export interface LineFit {
  readonly intercept: number;
  readonly slope: number;
  /** Standard errors from those of the points, not from the residuals. */
  readonly interceptError: number;
  readonly slopeError: number;
  readonly covariance: number;
  /** Sum of squared residuals in units of the errors; about `degreesOfFreedom` when line and errors are right. */
  readonly chiSquare: number;
  /** Number of points less two. */
  readonly degreesOfFreedom: number;
}

/**
 * y = intercept + slope x, each point weighted with 1 / error^2.
 *
 * @throws RangeError for fewer than two different x or an error that is not above 0
 */
export function lineFit(points: readonly LinePoint[]): LineFit {
  let [weight, meanX, meanY] = [0, 0, 0];
  for (const { x, y, error } of points) {
    if (!(error > 0)) throw new RangeError(`lineFit: expected errors above 0, got ${error}`);
    const w = 1 / (error * error);
    weight += w;
    meanX += w * x;
    meanY += w * y;
  }
  meanX /= weight;
  meanY /= weight;
  let [spread, product] = [0, 0];
  for (const { x, y, error } of points) {
    spread += ((x - meanX) / error) ** 2;
    product += ((x - meanX) * (y - meanY)) / (error * error);
  }
  if (!(spread > 0)) throw new RangeError('lineFit: expected at least two different x');
  const slope = product / spread;
  const intercept = meanY - slope * meanX;
  const chiSquare = points.reduce(
    (sum, { x, y, error }) => sum + ((y - intercept - slope * x) / error) ** 2,
    0,
  );
  return {
    intercept,
    slope,
    interceptError: Math.sqrt(1 / weight + (meanX * meanX) / spread),
    slopeError: Math.sqrt(1 / spread),
    covariance: -meanX / spread,
    chiSquare,
    degreesOfFreedom: points.length - 2,
  };
}
