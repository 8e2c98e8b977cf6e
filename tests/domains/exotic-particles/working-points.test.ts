import { describe, expect, it } from 'vitest';
import { collisionsConfig } from '../../../domains/exotic-particles/config.ts';
import { analysisOf } from '../../../domains/exotic-particles/cut.ts';
import { higgs } from '../../../domains/exotic-particles/problems.ts';
import { workingPointsOf } from '../../../domains/exotic-particles/working-point-table.ts';

describe('workingPointsOf', () => {
  // Signal at 0.01, 0.02, ... 1; background at half of these: what passes a cut can be counted.
  const label = Uint8Array.from({ length: 200 }, (_, i) => (i < 100 ? 1 : 0));
  const scores = Float32Array.from({ length: 200 }, (_, i) => (i < 100 ? (i + 1) / 100 : (i - 99) / 200));
  const weight = new Float32Array(200).fill(1);
  const points = workingPointsOf(
    { scores, label, weight },
    0.4,
    analysisOf(higgs, collisionsConfig.parse({})),
  );
  const named = (name: string) => points.find((point) => point.name === name)!;

  it('counts what stays', () => {
    // Scores of 0.40 and more: 61 signal; background from 0.80 / 2 on: 21.
    const { signalEfficiency, backgroundEfficiency, signal, background } = points[0];
    expect([signalEfficiency, backgroundEfficiency]).toEqual([
      expect.closeTo(0.61, 12),
      expect.closeTo(0.21, 12),
    ]);
    // Of the paper's 100 and 1,000.
    expect([signal, background]).toEqual([expect.closeTo(61, 10), expect.closeTo(210, 10)]);
  });

  it('finds the cut of a share', () => {
    expect(named('50 % of the signal').threshold).toBeCloseTo(0.51, 6);
    expect(named('50 % of the signal').backgroundEfficiency).toBe(0);
    // Ten of a hundred background events have 0.455 and more; a signal score of 0.46 is the first above.
    expect(named('10 % of the background').backgroundEfficiency).toBeCloseTo(0.1, 12);
    expect(named('1 % of the background').backgroundEfficiency).toBeCloseTo(0.01, 12);
  });

  it('is in the order of the thresholds behind the chosen cut', () => {
    const thresholds = points.slice(1).map(({ threshold }) => threshold);
    expect(thresholds).toEqual([...thresholds].sort((a, b) => a - b));
  });
});
