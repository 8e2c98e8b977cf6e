import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaDifference, areaInterval, deLong, midranks } from '../../../core/metrics/delong.ts';
import { rocArea } from '../../../core/metrics/roc.ts';
import { RandomStream } from '../../../core/random.ts';
import { labels, smooth, tied } from './reference-rows.ts';

describe('DeLong', () => {
  it('has the areas of scikit-learn and the covariance of the definition', () => {
    // scikit-learn-reference.py compares all pairs of rows.
    const { areas, covariance } = deLong([tied, smooth], labels);
    expect(areas[0]).toBeCloseTo(0.7957200567747571, 13);
    expect(areas[1]).toBeCloseTo(0.6829348182115952, 13);
    expect(covariance[0][0]).toBeCloseTo(0.0009764585369515925, 15);
    expect(covariance[0][1]).toBeCloseTo(-0.00011879414807063705, 15);
    expect(covariance[1][0]).toBeCloseTo(-0.00011879414807063705, 15);
    expect(covariance[1][1]).toBeCloseTo(0.0015200090770784256, 15);
  });

  it('agrees with the area counted otherwise, and does not change with a monotone change of the scores', () => {
    const row = fc.record({ score: fc.integer({ min: -5, max: 5 }), label: fc.integer({ min: 0, max: 1 }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const scores = [...rows.map(({ score }) => score), 0, 1, 2, 3];
        const y = [...rows.map(({ label }) => label), 1, 0, 1, 0];
        const { areas, covariance } = deLong([scores, scores.map((s) => s ** 3 + s)], y);
        expect(areas[0]).toBeCloseTo(rocArea(scores, y), 12);
        expect(covariance[1][1]).toBe(covariance[0][0]);
        expect(areaDifference({ areas, covariance }, 0, 1)).toMatchObject({ value: 0, pValue: 1 });
      }),
    );
  });

  // 300 experiments of 60 + 60 rows; 95 % of the intervals should hold the true difference of 0: standard error 1.3 %.
  it('covers a true difference as often as it says, although both scores share their rows', () => {
    const random = new RandomStream('delong test');
    let [covered, rejected] = [0, 0];
    for (let experiment = 0; experiment < 300; experiment++) {
      const y = Array.from({ length: 120 }, (_, i) => i % 2);
      const common = y.map((label) => label + random.normal());
      const scores = [0, 1].map(() => common.map((c) => c + 0.7 * random.normal()));
      const { low, high, pValue } = areaDifference(deLong(scores, y), 0, 1);
      if (low <= 0 && high >= 0) covered++;
      if (pValue < 0.05) rejected++;
    }
    expect(covered).toBe(300 - rejected);
    expect(covered / 300).toBeGreaterThan(0.91);
    expect(covered / 300).toBeLessThan(0.985);
  });

  it('gives the normal interval, cut to [0, 1]', () => {
    const { value, low, high } = areaInterval(deLong([tied], labels));
    // 0.79572 +- 1.959964 sqrt(0.00097645854)
    expect(value - low).toBeCloseTo(0.0612458, 6);
    expect(high - value).toBeCloseTo(0.0612458, 6);
    expect(areaInterval({ areas: [0.99], covariance: [[0.01]] }).high).toBe(1);
  });

  it('refuses what has no variance', () => {
    expect(() => deLong([[1, 2, 3]], [1, 0, 0])).toThrow('two rows of each class');
    expect(() => deLong([[1, 2, 3]], [1, 0, 2])).toThrow('labels 0 and 1');
    expect(() => deLong([[1, 2]], [1, 0, 1, 0])).toThrow('expected 4 scores of classifier 0, got 2');
    expect(() => deLong([[1, 2, Number.NaN, 3]], [1, 0, 1, 0])).toThrow('not a number');
  });
});

describe('midranks', () => {
  it('shares ranks among equals', () => {
    expect([...midranks([10, 20, 10, 30, 10])]).toEqual([2, 4, 2, 5, 2]);
  });
});
