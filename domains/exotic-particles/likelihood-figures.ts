// What a fit of the whole histogram of the score would find, in place of one cut: the significance to be expected of the
// signal, and the strength that would be excluded if there were none.
import { percentileInterval } from '../../core/metrics/bootstrap.ts';
import type { RandomStream } from '../../core/random.ts';
import type { Estimate, Figure } from '../domain.ts';
import { type Classifier, classifierLabel } from './classifiers.ts';
import type { CollisionsConfig } from './config.ts';
import type { Analysis, ScoredClass } from './cut.ts';
import { level } from './mean-areas.ts';
import type { Problem } from './problems.ts';
import type { BinnedModel } from './statistics/likelihood/binned-model.ts';
import { expectedSignificance, upperLimits } from './statistics/likelihood/signal-strength.ts';

/** Bins of the score, each with the same share of the background. */
const bins = 12;

/** Resamplings: a limit takes a few milliseconds each. */
const replicates = 60;

/** Lower edges of bins that share the background evenly, falling off towards signal by halves at the end. */
function edgesOf({ scores, label }: ScoredClass): number[] {
  const background = scores.filter((_, i) => label[i] === 0).sort();
  const shares = Array.from({ length: bins }, (_, i) => (i < 8 ? i / 10 : 1 - 0.2 / 2 ** (i - 8)));
  return shares.map((share, i) =>
    i === 0 ? Number.NEGATIVE_INFINITY : background[Math.floor(share * (background.length - 1))],
  );
}

function modelOf(
  { scores, label, weight }: ScoredClass,
  rows: Uint32Array,
  edges: readonly number[],
  { yields }: Analysis,
  uncertainty: number,
): BinnedModel {
  const sums = [new Float64Array(bins), new Float64Array(bins)];
  const totals = [0, 0];
  for (const i of rows) {
    let bin = bins - 1;
    while (bin > 0 && scores[i] < edges[bin]) bin -= 1;
    sums[label[i]][bin] += weight[i];
    totals[label[i]] += weight[i];
  }
  // A bin needs some background, and no negative sum of either: weights of mixed sign may leave one.
  const background = Array.from(sums[0], (w) => Math.max(1e-6, (w / totals[0]) * yields.background));
  return {
    signal: Array.from(sums[1], (w) => Math.max(0, (w / totals[1]) * yields.signal)),
    background,
    uncertainty: background.map((events) => uncertainty * events),
  };
}

export function likelihoodFigures(
  problem: Problem,
  leading: Classifier,
  events: ScoredClass,
  analysis: Analysis,
  { significance }: CollisionsConfig,
  random: RandomStream,
): Figure[] {
  const edges = edgesOf(events);
  const n = events.scores.length;
  const read = (rows: Uint32Array): readonly [number, number] => {
    const model = modelOf(events, rows, edges, analysis, significance.uncertainty);
    return [expectedSignificance(model), upperLimits(model, model.background).expected[2]];
  };
  const stream = random.split('likelihood', problem.name);
  const values = read(Uint32Array.from({ length: n }, (_, i) => i));
  const resampled = Array.from({ length: replicates }, () =>
    read(Uint32Array.from({ length: n }, () => stream.integer(n))),
  );
  const estimate = (k: 0 | 1): Estimate =>
    percentileInterval(
      values[k],
      resampled.map((pair) => pair[k]),
      level,
    );
  const share = `${(100 * significance.uncertainty).toFixed(0)} %`;
  return [
    {
      id: `expected-significance-${problem.name}`,
      label: `significance of a fit to the score, ${problem.name}, ${classifierLabel(leading)}`,
      ...estimate(0),
      level,
      n,
      note: `Profile likelihood of ${bins} bins, each background known to ${share} by itself, asymptotic.`,
    },
    {
      id: `expected-limit-${problem.name}`,
      label: `signal strength excluded at 95 %, ${problem.name}, ${classifierLabel(leading)}`,
      ...estimate(1),
      level,
      n,
      note: 'CLs, median of what background alone would give; 1 is the expected signal.',
    },
  ];
}
