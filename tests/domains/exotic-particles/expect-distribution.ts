// The test of Kolmogorov and Smirnov, for samples whose distribution is known.
import { expect } from 'vitest';

/**
 * Expects that `values` follow the distribution function `cumulative`: the largest distance of the empirical one is below
 * 1.95/sqrt(n), which the true one exceeds once in a thousand times (2 exp(-2 x^2)); seeds are fixed.
 */
export function expectDistribution(values: Float64Array, cumulative: (x: number) => number): void {
  const sorted = values.slice().sort();
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((x, i) => {
    const expected = cumulative(x);
    distance = Math.max(distance, expected - i / n, (i + 1) / n - expected);
  });
  expect(distance).toBeLessThan(1.95 / Math.sqrt(n));
}
