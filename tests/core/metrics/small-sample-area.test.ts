import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallSampleAreaInterval, squareAndAdd } from '../../../core/metrics/small-sample-area.ts';

describe('smallSampleAreaInterval', () => {
  it('solves its equation, as scipy.optimize.brentq does', () => {
    const expected = [
      [0.8, 5, 7, 0.4566941761850151, 0.9450369074345795],
      [0.95, 10, 40, 0.7922951215704087, 0.988298589803085],
      [0.5, 3, 3, 0.15277353611043457, 0.8472264638895655],
      [0.62, 30, 200, 0.5090053795703865, 0.7177850426783194],
      [1, 4, 6, 0.6328553494330459, 1],
    ];
    for (const [area, positives, negatives, low, high] of expected) {
      const interval = smallSampleAreaInterval(area, positives, negatives);
      // brentq stops at 2e-12.
      expect(interval.low).toBeCloseTo(low, 9);
      expect(interval.high).toBeCloseTo(high, 9);
    }
  });

  it('is no point, holds its value, and is mirrored with it', () => {
    const rows = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), rows, rows, (area, m, n) => {
        const { low, high } = smallSampleAreaInterval(area, m, n);
        expect(low).toBeLessThanOrEqual(area);
        expect(high).toBeGreaterThanOrEqual(area);
        expect(high - low).toBeGreaterThan(0);
        expect(smallSampleAreaInterval(1 - area, m, n).low).toBeCloseTo(1 - high, 9);
      }),
    );
  });

  it('refuses what is no area', () => {
    expect(() => smallSampleAreaInterval(1.1, 3, 3)).toThrow(/area in \[0, 1\]/);
    expect(() => smallSampleAreaInterval(0.5, 0, 3)).toThrow(/rows of both classes/);
  });
});

describe('squareAndAdd', () => {
  it('adds distances to the bounds in squares, by hand', () => {
    const { value, low, high } = squareAndAdd(
      { value: 0.8, low: 0.5, high: 0.9 },
      { value: 0.6, low: 0.2, high: 1 },
    );
    expect(value).toBeCloseTo(0.2, 12);
    expect(low).toBeCloseTo(0.2 - Math.hypot(0.3, 0.4), 12);
    expect(high).toBeCloseTo(0.2 + Math.hypot(0.1, 0.4), 12);
  });
});
