import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isotonicFit } from '../../../core/metrics/isotonic.ts';

describe('isotonic regression', () => {
  it('pools what falls, as scikit-learn does', () => {
    // sklearn.isotonic.isotonic_regression([1, 2, 6, 2, 1, 7, 8]) = [1, 2, 3, 3, 3, 7, 8], by hand: mean(6, 2, 1) = 3.
    const values = [0, 1, 2, 3, 4, 5, 6];
    const fitted = isotonicFit(values, [1, 2, 6, 2, 1, 7, 8]);
    expect(values.map(fitted)).toEqual([1, 2, 3, 3, 3, 7, 8]);
    expect([-5, 1.5, 9].map(fitted)).toEqual([1, 3, 8]);
  });

  it('gives equal values one level', () => {
    const fitted = isotonicFit([0.3, 0.3, 0.3, 0.9], [0, 1, 1, 1]);
    expect(fitted(0.3)).toBeCloseTo(2 / 3, 12);
    expect(fitted(0.9)).toBe(1);
  });

  it('never falls, keeps the mean and does not care for a monotone change of the values', () => {
    const point = fc.record({
      value: fc.integer({ min: -50, max: 50 }),
      label: fc.integer({ min: 0, max: 1 }),
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 60 }), (points) => {
        const values = points.map(({ value }) => value / 10);
        const labels = points.map(({ label }) => label);
        const levels = values.map(isotonicFit(values, labels));
        const sorted = points.map((_, i) => i).sort((a, b) => values[a] - values[b]);
        for (let k = 1; k < sorted.length; k++) {
          expect(levels[sorted[k]]).toBeGreaterThanOrEqual(levels[sorted[k - 1]]);
        }
        const total = (of: readonly number[]) => of.reduce((a, b) => a + b, 0);
        expect(total(levels)).toBeCloseTo(total(labels), 9);
        const stretched = values.map(Math.exp);
        expect(stretched.map(isotonicFit(stretched, labels))).toEqual(levels);
      }),
    );
  });

  it('refuses to fit nothing', () => {
    expect(() => isotonicFit([], [])).toThrow(/expected a label for each value, got 0 and 0/);
    expect(() => isotonicFit([1, 2], [1])).toThrow(/got 2 and 1/);
  });
});
