// What some cuts on the score keep, and what they are worth.
import { RankedScores } from '../../core/metrics/ranked-scores.ts';
import type { WorkingPoint } from './curves.ts';
import type { Analysis, ScoredClass } from './cut.ts';
import { cutAt, scanThresholds } from './statistics/threshold-scan.ts';
import { backgroundWorkingPoints, signalWorkingPoints } from './statistics/working-points.ts';

/** The chosen cut first, then from the loosest to the tightest. */
export function workingPointsOf(
  { scores, label, weight }: ScoredClass,
  chosen: number,
  analysis: Analysis,
): WorkingPoint[] {
  const ranked = new RankedScores(scores, label);
  const { yields } = analysis;
  const point = (name: string, threshold: number): WorkingPoint => {
    const { signal, background, value } = cutAt(ranked, threshold, weight, analysis);
    return {
      name,
      threshold,
      signalEfficiency: signal / yields.signal,
      backgroundEfficiency: background / yields.background,
      signal,
      background,
      significance: Number.isNaN(value) ? 0 : value,
    };
  };
  const scan = scanThresholds(ranked, weight, { ...analysis, leastBackgroundRows: 0 });
  const first = (passes: (k: number) => boolean): number[] => {
    const k = scan.thresholds.findIndex((_, i) => passes(i));
    return k < 0 ? [] : [scan.thresholds[k]];
  };
  const last = (passes: (k: number) => boolean): number[] => {
    let k = scan.thresholds.length - 1;
    while (k >= 0 && !passes(k)) k -= 1;
    return k < 0 ? [] : [scan.thresholds[k]];
  };
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  return [
    point('chosen on validation events', chosen),
    ...[
      ...signalWorkingPoints.flatMap((share) =>
        first((k) => scan.signal[k] >= share * yields.signal).map((threshold) =>
          point(`${percent(share)} of the signal`, threshold),
        ),
      ),
      ...backgroundWorkingPoints.flatMap((share) =>
        last((k) => scan.background[k] <= share * yields.background).map((threshold) =>
          point(`${percent(share)} of the background`, threshold),
        ),
      ),
    ].sort((a, b) => a.threshold - b.threshold),
  ];
}
