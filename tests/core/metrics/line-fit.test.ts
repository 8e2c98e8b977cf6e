import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineFit } from '../../../core/metrics/line-fit.ts';

describe('lineFit', () => {
  it('fits four points as worked out by hand', () => {
    // Equal errors 1: x mean 1.5, Sxx 5, Sxy 4.5 -> slope 0.9, intercept 1.15; residuals -0.15, 0.05, 0.35, -0.25.
    const fit = lineFit([1, 2.1, 3.3, 3.6].map((y, x) => ({ x, y, error: 1 })));
    expect(fit.slope).toBeCloseTo(0.9, 12);
    expect(fit.intercept).toBeCloseTo(1.15, 12);
    expect(fit.chiSquare).toBeCloseTo(0.21, 12);
    expect(fit.degreesOfFreedom).toBe(2);
    expect(fit.slopeError).toBeCloseTo(Math.sqrt(1 / 5), 12);
    expect(fit.interceptError).toBeCloseTo(Math.sqrt(1 / 4 + 2.25 / 5), 12);
    expect(fit.covariance).toBeCloseTo(-1.5 / 5, 12);
  });

  it('goes through any exact line, whatever the errors', () => {
    const finite = fc.double({ min: -100, max: 100, noNaN: true });
    const errors = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(finite, finite, errors, (a, b, sizes) => {
        const fit = lineFit(sizes.map((error, x) => ({ x, y: a + b * x, error })));
        expect(fit.intercept).toBeCloseTo(a, 8);
        expect(fit.slope).toBeCloseTo(b, 8);
        expect(fit.chiSquare).toBeLessThan(1e-15 + 1e-15 * (a * a + b * b));
      }),
    );
  });

  it('refuses what has no line', () => {
    expect(() => lineFit([{ x: 1, y: 1, error: 1 }])).toThrow('two different x');
    expect(() => lineFit([])).toThrow('two different x');
    expect(() => lineFit([{ x: 1, y: 1, error: 0 }])).toThrow('errors above 0');
  });
});
