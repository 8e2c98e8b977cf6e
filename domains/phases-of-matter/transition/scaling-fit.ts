// Finite-size scaling (Fisher and Barber 1972): crossings of lattices of size L approach the critical temperature of the
// infinite one as T*(L) = T_c + a L^(-1/nu), with nu = 1 for the two-dimensional Ising model.
import { lineFit } from '../../../core/metrics/line-fit.ts';

/** The crossing of one lattice size. */
export interface SizeCrossing {
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
export function fitScaling(crossings: readonly SizeCrossing[]): ScalingFit {
  if (crossings.length < 2)
    throw new RangeError(`fitScaling: expected at least 2 sizes, got ${crossings.length}`);
  const points = crossings.map(({ size, value }) => ({ x: 1 / size, y: value, error: 1 / size }));
  const { intercept, slope } = lineFit(points);
  return { criticalTemperature: intercept, slope };
}
