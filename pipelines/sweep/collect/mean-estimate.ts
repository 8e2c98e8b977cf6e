// The mean of independent values with Student's interval.
import { studentQuantile } from '../../../core/metrics/student-quantile.ts';
import type { Estimate } from '../../../domains/domain.ts';

/** Without an interval (low = high) for one value. */
export function meanEstimate(values: readonly number[], level: number): Estimate {
  const n = values.length;
  const value = values.reduce((a, b) => a + b, 0) / n;
  if (n < 2) return { value, low: value, high: value };
  const variance = values.reduce((sum, v) => sum + (v - value) ** 2, 0) / (n - 1);
  const half = studentQuantile(level, n - 1) * Math.sqrt(variance / n);
  return { value, low: value - half, high: value + half };
}
