import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision } from '../../../core/metrics/average-precision.ts';
import { RankedScores } from '../../../core/metrics/ranked-scores.ts';
import { falsePositiveRateAt, rocArea, rocCurve, truePositiveRateAt } from '../../../core/metrics/roc.ts';
import { labels, smooth, tied, weights } from './reference-rows.ts';

/** Few different scores, so that ties are common; weights of both signs whose classes sum to more than 0. */
const weightedRows = fc
  .array(
    fc.record({
      score: fc.integer({ min: -6, max: 6 }),
      label: fc.integer({ min: 0, max: 1 }),
      weight: fc.integer({ min: -2, max: 5 }),
    }),
    { minLength: 2, maxLength: 40 },
  )
  .map((rows) => ({
    scores: [...rows.map(({ score }) => score), 0, 1],
    labels: [...rows.map(({ label }) => label), 0, 1],
    weights: [...rows.map(({ weight }) => weight), 100, 100],
  }));

/** The area by its definition. */
function countPairs(scores: readonly number[], classes: readonly number[], w: readonly number[]): number {
  let [right, all] = [0, 0];
  for (let i = 0; i < scores.length; i++) {
    for (let j = 0; j < scores.length; j++) {
      if (classes[i] !== 1 || classes[j] !== 0) continue;
      all += w[i] * w[j];
      right += w[i] * w[j] * (scores[i] > scores[j] ? 1 : scores[i] === scores[j] ? 0.5 : 0);
    }
  }
  return right / all;
}

describe('area under the ROC curve', () => {
  it('agrees with scikit-learn, with ties and with weights', () => {
    expect(rocArea(tied, labels)).toBeCloseTo(0.7957200567747571, 13);
    expect(rocArea(smooth, labels)).toBeCloseTo(0.6829348182115952, 13);
    expect(rocArea(tied, labels, weights)).toBeCloseTo(0.7900411664355066, 13);
  });

  it('is the share of pairs in the right order, ties one half, whatever the weights', () => {
    fc.assert(
      fc.property(weightedRows, (rows) => {
        const expected = countPairs(rows.scores, rows.labels, rows.weights);
        expect(rocArea(rows.scores, rows.labels, rows.weights)).toBeCloseTo(expected, 10);
      }),
    );
  });

  it('does not change with a monotone change of the scores, and turns to 1 - AUC with the labels', () => {
    fc.assert(
      fc.property(weightedRows, ({ scores, labels: y, weights: w }) => {
        const area = rocArea(scores, y, w);
        const bent = scores.map((s) => Math.atan(s) - 4);
        const turned = y.map((label) => 1 - label);
        expect(rocArea(bent, y, w)).toBe(area);
        expect(rocArea(scores, turned, w)).toBeCloseTo(1 - area, 10);
      }),
    );
  });

  it('counts a row of weight 2 as two rows', () => {
    expect(rocArea([3, 2, 1], [1, 0, 1], [2, 1, 1])).toBe(rocArea([3, 3, 2, 1], [1, 1, 0, 1]));
  });

  it('is the trapezoids below the curve', () => {
    const { falsePositiveRate: f, truePositiveRate: t } = rocCurve(tied, labels, weights);
    let area = 0;
    for (let i = 1; i < f.length; i++) area += ((f[i] - f[i - 1]) * (t[i] + t[i - 1])) / 2;
    expect(rocArea(tied, labels, weights)).toBeCloseTo(area, 12);
  });

  it('refuses what has no area', () => {
    expect(() => rocArea([1, 2], [1, 1])).toThrow('got 2 (label 1) and 0 (label 0)');
    expect(() => rocArea([1, 2], [1, 0], [1, -1])).toThrow('sum to more than 0');
    expect(() => rocArea([1, Number.NaN], [1, 0])).toThrow('score 1 is not a number');
    expect(() => rocArea([1, 2], [1, 2])).toThrow('got 2 in row 1');
    expect(() => rocArea([1, 2], [1])).toThrow('got 1 for 2');
    expect(() => rocArea([1, 2], [1, 0], [1])).toThrow('expected a weight for each score');
  });
});

describe('ROC curve', () => {
  // By hand: at 0.9 one of two positives, at 0.5 a tie of one each, at 0.1 the last negative.
  const curve = rocCurve([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0]);

  it('has a point for each different score and one before the first', () => {
    expect([...curve.thresholds]).toEqual([Number.POSITIVE_INFINITY, 0.9, 0.5, 0.1]);
    expect([...curve.truePositiveRate]).toEqual([0, 0.5, 1, 1]);
    expect([...curve.falsePositiveRate]).toEqual([0, 0, 0.5, 1]);
  });

  it('is read at working points', () => {
    expect([0, 0.5, 0.75, 1].map((rate) => falsePositiveRateAt(curve, rate))).toEqual([0, 0, 0.25, 0.5]);
    expect([0, 0.25, 0.5, 1].map((rate) => truePositiveRateAt(curve, rate))).toEqual([0.5, 0.75, 1, 1]);
    expect(() => truePositiveRateAt(curve, 1.5)).toThrow('expected a rate in [0, 1], got 1.5');
    expect(() => falsePositiveRateAt(curve, -0.1)).toThrow('got -0.1');
  });

  it('orders infinite scores like any other', () => {
    const infinite = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    expect(rocArea(infinite, [0, 1, 1])).toBe(1);
  });
});

describe('ranked scores', () => {
  it('counts and sums what lies above each score', () => {
    const sweep = new RankedScores([2, 1, 2, 0], [1, 1, 0, 0]).sweep([1, 2, 3, 4]);
    expect([...sweep.thresholds]).toEqual([2, 1, 0]);
    expect([...sweep.positive]).toEqual([1, 3, 3]);
    expect([...sweep.negative]).toEqual([3, 3, 7]);
    expect([...sweep.positiveRows]).toEqual([1, 2, 2]);
    expect([...sweep.negativeRows]).toEqual([1, 1, 2]);
  });
});

describe('average precision', () => {
  it('agrees with scikit-learn, with ties and with weights', () => {
    expect(averagePrecision(tied, labels)).toBeCloseTo(0.7065479760817909, 13);
    expect(averagePrecision(tied, labels, weights)).toBeCloseTo(0.6968279748975317, 13);
  });

  it('is the share of positives for a score that says nothing, and 1 for one that says all', () => {
    expect(averagePrecision([1, 1, 1, 1], [1, 0, 0, 0])).toBe(0.25);
    expect(averagePrecision([4, 3, 2, 1], [1, 1, 0, 0])).toBe(1);
  });
});
