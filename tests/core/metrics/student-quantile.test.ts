import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../core/metrics/normal.ts';
import { studentQuantile } from '../../../core/metrics/student-quantile.ts';

describe('studentQuantile', () => {
  // scipy.stats.t.ppf(0.975, freedom)
  it.each([
    [1, 12.706204736174694],
    [2, 4.302652729749462],
    [3, 3.1824463052837078],
    [4, 2.7764451051977934],
    [9, 2.262157162798205],
    [29, 2.0452296421327034],
  ])('at 95 %% with %i degrees of freedom is %f', (freedom, expected) => {
    // Sixty halvings leave the rounding of tan alone.
    expect(studentQuantile(0.95, freedom) / expected).toBeCloseTo(1, 12);
  });

  it('nears the normal quantile: the difference is (z^3 + z) / (4 freedom) and less (Abramowitz and Stegun 26.7.5)', () => {
    const z = normalQuantile(0.975);
    expect(studentQuantile(0.95, 2000) - z).toBeCloseTo((z ** 3 + z) / 8000, 5);
  });

  it.each([
    [0, 3],
    [1, 3],
    [0.95, 0],
    [0.95, 1.5],
  ])('refuses %f with %f degrees of freedom', (level, freedom) => {
    expect(() => studentQuantile(level, freedom)).toThrow(RangeError);
  });
});
