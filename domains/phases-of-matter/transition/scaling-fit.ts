// Finite-size scaling (Fisher and Barber 1972): crossings of lattices of size L approach the critical temperature of the
// infinite one as T*(L) = T_c + a L^(-1/nu), with nu = 1 for the two-dimensional Ising model.

export interface Crossing {
  readonly size: number;
  readonly value: number;
}

export interface ScalingFit {
  readonly criticalTemperature: number;
  /** a */
  readonly slope: number;
}

/**
 * Weighted least squares of T*(L) on 1/L. All widths near the transition, the error of a crossing among them, scale as
 * 1/L; so the weights are L^2.
 *
 * @throws RangeError for fewer than two sizes
 */
export function fitScaling(crossings: readonly Crossing[]): ScalingFit {
  if (crossings.length < 2)
    throw new RangeError(`fitScaling: expected at least 2 sizes, got ${crossings.length}`);
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  for (const { size, value } of crossings) {
    const weight = size * size;
    const x = 1 / size;
    w += weight;
    wx += weight * x;
    wy += weight * value;
    wxx += weight * x * x;
    wxy += weight * x * value;
  }
  const slope = (w * wxy - wx * wy) / (w * wxx - wx * wx);
  return { criticalTemperature: (wy - slope * wx) / w, slope };
}
