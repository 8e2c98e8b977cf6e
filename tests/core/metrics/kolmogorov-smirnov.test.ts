import { describe, expect, it } from 'vitest';
import { kolmogorovSmirnov, kolmogorovTail } from '../../../core/metrics/kolmogorov-smirnov.ts';
import { RandomStream } from '../../../core/random.ts';
import { labels, smooth } from './reference-rows.ts';

const ones = smooth.filter((_, i) => labels[i] === 1);
const zeros = smooth.filter((_, i) => labels[i] === 0);

describe('Kolmogorov and Smirnov', () => {
  it('has the distance of scipy, and its exact p-value to a few per cent', () => {
    // scipy.stats.ks_2samp(method='exact'); 71 and 129 values.
    const { distance, pValue } = kolmogorovSmirnov({ values: ones }, { values: zeros });
    expect(distance).toBeCloseTo(0.2535211267605634, 13);
    expect(Math.abs(pValue / 0.004291543904378825 - 1)).toBeLessThan(0.05);
  });

  it('counts a value of weight 2 as two values in the distance', () => {
    const weighted = kolmogorovSmirnov(
      { values: [1, 2, 3], weights: [2, 1, 1] },
      { values: [2.5, 4, 5], weights: [1, 1, 2] },
    );
    const repeated = kolmogorovSmirnov({ values: [1, 1, 2, 3] }, { values: [2.5, 4, 5, 5] });
    expect(weighted.distance).toBe(repeated.distance);
    expect(weighted.pValue).toBeGreaterThan(repeated.pValue);
  });

  it('does not take equal values for a difference', () => {
    expect(kolmogorovSmirnov({ values: [1, 1, 2] }, { values: [1, 1, 2] })).toEqual({
      distance: 0,
      pValue: 1,
    });
    expect(kolmogorovSmirnov({ values: [1, 1] }, { values: [2, 2] }).distance).toBe(1);
  });

  // 400 pairs of samples of 100 and 80, weighted: 5 % should lie below p = 0.05; standard error 1.1 %.
  it('rejects what is equal as often as it says, weights included', () => {
    const random = new RandomStream('kolmogorov');
    const sample = (n: number) => ({
      values: Array.from({ length: n }, () => random.normal()),
      weights: Array.from({ length: n }, () => 0.2 + random.uniform()),
    });
    let rejected = 0;
    for (let i = 0; i < 400; i++) if (kolmogorovSmirnov(sample(100), sample(80)).pValue < 0.05) rejected++;
    expect(rejected / 400).toBeGreaterThan(0.02);
    expect(rejected / 400).toBeLessThan(0.085);
  });

  it('has the limiting distribution of scipy.special.kolmogorov', () => {
    const expected = [
      [0.3, 0.9999906941986655],
      [0.5, 0.9639452436648751],
      [0.9, 0.3927307079406543],
      [1, 0.26999967167735456],
      [1.36, 0.049485876755377876],
      [2, 0.0006709252557796953],
      [3, 3.045995948942526e-8],
    ];
    for (const [z, p] of expected) expect(Math.abs(kolmogorovTail(z) / p - 1)).toBeLessThan(1e-12);
    expect(kolmogorovTail(0)).toBe(1);
  });

  it('refuses samples without weight', () => {
    expect(() => kolmogorovSmirnov({ values: [] }, { values: [1] })).toThrow('weights of the first sample');
    expect(() => kolmogorovSmirnov({ values: [1] }, { values: [Number.NaN] })).toThrow(
      'value 0 of the second',
    );
    expect(() => kolmogorovSmirnov({ values: [1] }, { values: [1], weights: [] })).toThrow('for each value');
  });
});
