import { describe, expect, it } from 'vitest';
import { RankedScores } from '../../../../core/metrics/ranked-scores.ts';
import { rankedRocCurve } from '../../../../core/metrics/roc.ts';
import { scoreBootstrap } from '../../../../core/metrics/score-bootstrap.ts';
import { RandomStream } from '../../../../core/random.ts';
import {
  asimovSignificance,
  countingSignificance,
} from '../../../../domains/exotic-particles/statistics/significance.ts';
import {
  bestFigure,
  cutAt,
  paperYields,
  scanThresholds,
} from '../../../../domains/exotic-particles/statistics/threshold-scan.ts';
import {
  backgroundRejection,
  efficiencyFigure,
  rejectionFigure,
  signalEfficiency,
} from '../../../../domains/exotic-particles/statistics/working-points.ts';

/** Normal scores of unit width whose means lie `apart`. */
function gaussianScores(rows: number, apart: number): RankedScores {
  const random = new RandomStream('threshold scan');
  const labels = Array.from({ length: rows }, (_, i) => i % 2);
  return new RankedScores(
    labels.map((label) => apart * label + random.normal()),
    labels,
  );
}

describe('threshold scan', () => {
  // By hand: signal at 3, 2, 1 and background at 2, 1, 0; 60 signal and 30 background events.
  const ranked = new RankedScores([3, 2, 1, 2, 1, 0], [1, 1, 1, 0, 0, 0]);
  const yields = { signal: 60, background: 30 };

  it('scales what stays above each cut to the events expected', () => {
    const scan = scanThresholds(ranked, undefined, {
      yields,
      figure: countingSignificance,
      leastBackgroundRows: 1,
    });
    expect([...scan.thresholds]).toEqual([3, 2, 1, 0]);
    expect([...scan.signal]).toEqual([20, 40, 60, 60]);
    expect([...scan.background]).toEqual([0, 10, 20, 30]);
    // The cut at 3 leaves no background: nothing is known of it.
    expect(scan.values[0]).toBeNaN();
    expect(scan.best).toEqual({
      threshold: 1,
      signal: 60,
      background: 20,
      value: countingSignificance(60, 20),
    });
    // Z0(40, 10) = 9.00 < Z0(60, 20) = 10.09 > Z0(60, 30) = 8.64.
    expect(scan.values[1]).toBeCloseTo(8.996877, 6);
  });

  it('does not believe a cut that leaves few background rows', () => {
    const scan = scanThresholds(ranked, undefined, { yields, leastBackgroundRows: 3 });
    expect(scan.best).toMatchObject({ threshold: 0, value: asimovSignificance(60, 30, 1.5) });
    expect(() => scanThresholds(ranked, undefined, { yields })).toThrow('no cut leaves 10 background rows');
  });

  it('takes the weights for the events when no yields are given', () => {
    const cut = cutAt(ranked, 2, [1, 2, 3, 4, 5, 6]);
    expect(cut).toMatchObject({ signal: 3, background: 4, value: asimovSignificance(3, 4, 0.2) });
    expect(cutAt(ranked, 3).value).toBeNaN();
    expect(cutAt(ranked, 2, undefined, { yields, figure: countingSignificance })).toMatchObject({
      signal: 40,
      background: 10,
    });
  });

  // Page, section 1.4: equal-variance normal scores of AUC 0.816 (means 1.273 apart) reach 4.3 for 100 v 1000 +- 5 %.
  it('finds the best significance of normal scores', () => {
    const scores = gaussianScores(40_000, Math.SQRT2 * 0.900226);
    const { best } = scanThresholds(scores, undefined, { yields: paperYields });
    expect(best.value).toBeGreaterThan(4.1);
    expect(best.value).toBeLessThan(4.6);
  });

  it('gives bootstrap intervals of the best significance and of working points', () => {
    const scores = gaussianScores(2000, 1);
    const random = new RandomStream('bootstrap');
    for (const figure of [bestFigure({ yields: paperYields }), rejectionFigure(0.5), efficiencyFigure(0.1)]) {
      const { value, low, high } = scoreBootstrap(scores, figure, { random, replicates: 100 });
      expect(low).toBeLessThan(value * 1.02);
      expect(high).toBeGreaterThan(value);
    }
  });
});

describe('working points', () => {
  it('are those of the normal distribution', () => {
    const curve = rankedRocCurve(gaussianScores(200_000, 1));
    // Means 1 apart: eff_s = 0.5 at a cut of 1, where eff_b = 0.158655; binomial error 0.0012.
    expect(1 / backgroundRejection(curve, 0.5)).toBeCloseTo(0.1587, 2);
    // eff_b = 0.1 at a cut of 1.28155, where eff_s = P(Z > 0.28155) = 0.389145.
    expect(signalEfficiency(curve, 0.1)).toBeCloseTo(0.389, 2);
  });
});
