// Histograms of the score by class, as shares of the class's weight with their errors, of training and of test events, and
// the test of Kolmogorov and Smirnov whether both follow one distribution.
import { kolmogorovSmirnov } from '../../core/metrics/kolmogorov-smirnov.ts';
import type { OvertrainingTest, ScoreBin } from './curves.ts';
import type { ScoredClass } from './cut.ts';

const bins = 25;

const classes = [
  ['background', 0],
  ['signal', 1],
] as const;

function histogram({ scores, label, weight }: ScoredClass, phase: ScoreBin['phase']): ScoreBin[] {
  return classes.flatMap(([truth, value]) => {
    const sums = new Float64Array(bins);
    const squares = new Float64Array(bins);
    let total = 0;
    for (let i = 0; i < scores.length; i++) {
      if (label[i] !== value) continue;
      const bin = Math.min(bins - 1, Math.floor(scores[i] * bins));
      sums[bin] += weight[i];
      squares[bin] += weight[i] ** 2;
      total += weight[i];
    }
    return Array.from(sums, (sum, bin) => ({
      from: bin / bins,
      to: (bin + 1) / bins,
      share: sum / total,
      error: Math.sqrt(squares[bin]) / total,
      phase,
      truth,
    }));
  });
}

const ofClass = ({ scores, label, weight }: ScoredClass, value: number) => ({
  values: scores.filter((_, i) => label[i] === value),
  weights: weight.filter((_, i) => label[i] === value),
});

export function scoreHistograms(
  training: ScoredClass,
  test: ScoredClass,
): { bins: ScoreBin[]; overtraining: OvertrainingTest } {
  const pValue = (value: number): number =>
    kolmogorovSmirnov(ofClass(training, value), ofClass(test, value)).pValue;
  return {
    bins: [...histogram(training, 'training'), ...histogram(test, 'test')],
    overtraining: { background: pValue(0), signal: pValue(1) },
  };
}
