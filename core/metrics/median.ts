// The middle of a sample.
import { quantile } from './bootstrap.ts';

/** Median of the values, which need not be sorted; NaN of none. */
export const median = (values: ArrayLike<number>): number =>
  values.length === 0 ? Number.NaN : quantile(Float64Array.from(values).sort(), 0.5);
