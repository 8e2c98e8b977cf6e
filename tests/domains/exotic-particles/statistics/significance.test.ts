// Test vectors: computed in 50 digits from the formulas for the project's page on this domain (section 1.4).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approximateMedianSignificance } from '../../../../domains/exotic-particles/statistics/ams.ts';
import {
  asimovSignificance,
  countingSignificance,
} from '../../../../domains/exotic-particles/statistics/significance.ts';

describe('significance of a counting experiment', () => {
  it.each([
    [10, 100, 0.983992],
    [30, 20, 5.623973],
  ])('Z0(%d, %d) = %d', (s, b, z) => {
    expect(countingSignificance(s, b)).toBeCloseTo(z, 6);
  });

  it.each([
    [10, 100, 0.05, 0.877246],
    [30, 20, 0.05, 5.434656],
    [5, 1, 0.3, 3.110266],
  ])('Z_A(%d, %d, %d b) = %d', (s, b, relative, z) => {
    expect(asimovSignificance(s, b, relative * b)).toBeCloseTo(z, 6);
  });

  it('tends to s / sqrt(b + v) for little signal', () => {
    expect(countingSignificance(1e-4, 1000) / (1e-4 / Math.sqrt(1000))).toBeCloseTo(1, 6);
    expect(asimovSignificance(1e-4, 1000, 50) / (1e-4 / Math.sqrt(1000 + 2500))).toBeCloseTo(1, 6);
  });

  it('grows with the signal, falls with the uncertainty, and is Z0 without one', () => {
    const events = fc.double({ min: 0.1, max: 1e4, noNaN: true });
    const share = fc.double({ min: 0.001, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(events, events, share, (s, b, r) => {
        const z = asimovSignificance(s, b, r * b);
        expect(z).toBeLessThanOrEqual(countingSignificance(s, b) * (1 + 1e-9));
        expect(asimovSignificance(1.1 * s, b, r * b)).toBeGreaterThan(z);
        expect(asimovSignificance(s, b, 1.1 * r * b)).toBeLessThan(z);
        expect(asimovSignificance(s, b, 0)).toBe(countingSignificance(s, b));
      }),
    );
  });

  it('has no step where the uncertainty becomes too small to count', () => {
    for (const relative of [1e-6, 0.99e-5, 1.01e-5, 1e-4])
      expect(asimovSignificance(30, 20, relative * 20)).toBeCloseTo(5.623973, 5);
  });

  it('refuses counts that cannot be', () => {
    expect(() => countingSignificance(1, 0)).toThrow('got 1 and 0');
    expect(() => asimovSignificance(-1, 2, 0.1)).toThrow('got -1 and 2');
    expect(() => asimovSignificance(1, 2, Number.NaN)).toThrow('an uncertainty of at least 0');
  });
});

describe('AMS', () => {
  it('is Z0 with ten more background events', () => {
    // By hand: sqrt(2 (130 ln(130 / 30) - 100)).
    expect(approximateMedianSignificance(100, 20)).toBeCloseTo(
      Math.sqrt(2 * (130 * Math.log(130 / 30) - 100)),
      12,
    );
    expect(approximateMedianSignificance(30, 10, 10)).toBe(countingSignificance(30, 20));
    expect(approximateMedianSignificance(5, 0)).toBeGreaterThan(0);
  });
});
