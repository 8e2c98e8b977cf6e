// ROC curves and scans thinned to what a plot shows.
import type { RankedScores } from '../../core/metrics/ranked-scores.ts';
import type { RocCurve } from '../../core/metrics/roc.ts';
import type { Classifier } from './classifiers.ts';
import type { CutPoint, RocPoint } from './curves.ts';
import { type Analysis, fewestLeft } from './cut.ts';
import { scanThresholds } from './statistics/threshold-scan.ts';
import { backgroundRejection } from './statistics/working-points.ts';

const efficiencies = Array.from({ length: 98 }, (_, i) => (i + 2) / 100);

/** Rejection against signal efficiency; points that no background event passes are left out. */
export function rocPoints({ kind, group }: Classifier, curve: RocCurve): RocPoint[] {
  return efficiencies
    .map((signalEfficiency) => ({
      kind,
      group,
      signalEfficiency,
      rejection: backgroundRejection(curve, signalEfficiency),
    }))
    .filter(({ rejection }) => Number.isFinite(rejection));
}

/** Figure of merit against signal efficiency. */
export function cutPoints(
  { kind, group }: Classifier,
  ranked: RankedScores,
  weights: Float32Array,
  analysis: Analysis,
): CutPoint[] {
  const leastBackgroundRows = fewestLeft(ranked.labels as Uint8Array, 30);
  const { signal, values } = scanThresholds(ranked, weights, { ...analysis, leastBackgroundRows });
  const points: CutPoint[] = [];
  let next = 0;
  for (let k = 0; k < values.length && next < efficiencies.length; k++) {
    const signalEfficiency = signal[k] / analysis.yields.signal;
    if (signalEfficiency < efficiencies[next] || Number.isNaN(values[k])) continue;
    points.push({ kind, group, signalEfficiency, significance: values[k] });
    while (next < efficiencies.length && efficiencies[next] <= signalEfficiency) next += 1;
  }
  return points;
}
