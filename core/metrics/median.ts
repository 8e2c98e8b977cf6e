// The middle of a sample, and the width that goes with it.
import { quantile } from './bootstrap.ts';

/** Median of the values, which need not be sorted; NaN of none. */
export const median = (values: ArrayLike<number>): number =>
  values.length === 0 ? Number.NaN : quantile(Float64Array.from(values).sort(), 0.5);

/** Standard deviation of a normal over its median absolute deviation: 1 / (the normal's upper quartile). */
export const deviationPerMedian = 1.482602218505602;
