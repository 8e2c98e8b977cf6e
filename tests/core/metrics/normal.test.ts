import { describe, expect, it } from 'vitest';
import { normalProbability, normalQuantile } from '../../../core/metrics/normal.ts';

describe('normal distribution', () => {
  it('has the probabilities of scipy.stats.norm.cdf, far into the tail', () => {
    const expected = [
      [-30, 4.906713927147908e-198],
      [-10, 7.61985302416047e-24],
      [-8, 6.22096057427174e-16],
      [-5, 2.866515718791933e-7],
      [-2, 0.022750131948179195],
      [-1, 0.15865525393145707],
      [0, 0.5],
      [0.5, 0.6914624612740131],
      [3, 0.9986501019683699],
    ];
    for (const [z, p] of expected) expect(Math.abs(normalProbability(z) / p - 1)).toBeLessThan(1e-12);
    expect(normalProbability(-40)).toBe(0);
    expect(normalProbability(40)).toBe(1);
    expect(normalProbability(Number.NaN)).toBeNaN();
  });

  it('is undone by its quantile', () => {
    for (const p of [1e-12, 0.001, 0.3, 0.5, 0.9, 0.99999])
      expect(Math.abs(normalProbability(normalQuantile(p)) / p - 1)).toBeLessThan(1e-10);
  });
});
