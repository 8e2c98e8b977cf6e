import { describe, expect, it } from 'vitest';
import { brierScore, calibrationError, reliability } from '../../../core/metrics/reliability.ts';
import { labels, probabilities, weights } from './reference-rows.ts';

describe('reliability', () => {
  // By hand: two bins; 0.2 and 0.4 with one of two labels 1, 0.5 and 1 with two of two.
  const bins = reliability([0.2, 0.4, 0.5, 1], [1, 0, 1, 1], { bins: 2 });

  it('puts probabilities beside what came true', () => {
    expect(bins).toEqual([
      { low: 0, high: 0.5, weight: 2, rows: 2, predicted: expect.closeTo(0.3, 12), observed: 0.5 },
      { low: 0.5, high: 1, weight: 2, rows: 2, predicted: 0.75, observed: 1 },
    ]);
    // (2 x 0.2 + 2 x 0.25) / 4
    expect(calibrationError(bins)).toBeCloseTo(0.225, 12);
  });

  it('leaves empty bins out of the error and weighs rows', () => {
    const weighted = reliability([0.1, 0.1], [1, 0], { bins: 4, weights: [3, 1] });
    expect(weighted[3].observed).toBeNaN();
    expect(calibrationError(weighted)).toBeCloseTo(0.65, 12);
  });

  it('refuses what is no probability', () => {
    expect(() => reliability([1.2], [1])).toThrow('expected probabilities in [0, 1], got 1.2 in row 0');
    expect(() => brierScore([], [])).toThrow('expected a label for each probability');
  });
});

describe('Brier score', () => {
  it('agrees with scikit-learn', () => {
    expect(brierScore(probabilities, labels, weights)).toBeCloseTo(0.3367364744142369, 13);
    expect(brierScore([0.5, 1], [1, 1])).toBe(0.125);
  });
});
