// What an imperfectly known detector does to the analysis: shifted events are scored anew by the leading classifier.
import type { StoredRows } from '../../data-adapters/stored/stored-rows.ts';
import type { EvaluateContext } from '../domain.ts';
import type { Classifier } from './classifiers.ts';
import type { CollisionsConfig } from './config.ts';
import type { Systematics } from './curves.ts';
import type { Analysis } from './cut.ts';
import { featuresOf, type Problem } from './problems.ts';
import { scoreTogether } from './scored-events.ts';
import { backgroundNormalisation, type Events, systematicBand } from './statistics/systematic-band.ts';
import { detectorVariations } from './systematics/detector-variations.ts';

/** Test events that are shifted. */
const eventsShifted = 20_000;
const bins = 20;

/** Sum of the weights of a class in each bin of the score. */
function histogram(scores: Float32Array, { labels, weights }: Events, truth: number): Float64Array {
  const sums = new Float64Array(bins);
  for (let i = 0; i < scores.length; i++) {
    if (labels[i] === truth) sums[Math.min(bins - 1, Math.floor(scores[i] * bins))] += weights[i];
  }
  return sums;
}

/** Shifts of the figure of merit at a cut, and of the expected histogram of the score. */
export async function systematicsOf(
  problem: Problem,
  leading: Classifier,
  rows: StoredRows,
  threshold: number,
  { yields, figure }: Analysis,
  { models, config }: EvaluateContext<CollisionsConfig>,
): Promise<{ systematics?: Systematics }> {
  const { size, columns } = await rows.sample(eventsShifted, ['features', 'label', 'weight']);
  const width = featuresOf(problem).length;
  const events: Events = {
    features: columns.features.data as Float32Array,
    labels: columns.label.data,
    weights: columns.weight.data,
  };
  const totals = [0, 0];
  for (let i = 0; i < size; i++) totals[events.labels[i]] += events.weights[i];
  // Events that a shift moves keep their expectation: efficiencies are of the events as they were.
  const expected = (scores: Float32Array, given: Events): Float64Array => {
    const background = histogram(scores, given, 0).map((w) => (w / totals[0]) * yields.background);
    const signal = histogram(scores, given, 1).map((w) => (w / totals[1]) * yields.signal);
    return Float64Array.from([...background, ...signal]);
  };
  const meritOf = (scores: Float32Array, given: Events): number => {
    const taken = [0, 0];
    for (let i = 0; i < scores.length; i++) {
      if (scores[i] >= threshold) taken[given.labels[i]] += given.weights[i];
    }
    const background = (taken[0] / totals[0]) * yields.background;
    return background > 0 ? figure((taken[1] / totals[1]) * yields.signal, background) : 0;
  };
  const { nominal, low, high, variations } = await systematicBand({
    events,
    variations: [...detectorVariations(problem), backgroundNormalisation(config.significance.uncertainty)],
    score: (features) => scoreTogether(features, width, leading.ids, models),
    figure: (scores, given) => [meritOf(scores, given), ...expected(scores, given)],
  });
  return {
    systematics: {
      shifts: variations.map(({ name, up, down }) => ({ name, up: up[0], down: down[0] })),
      band: { value: nominal[0], low: low[0], high: high[0] },
      bins: (['background', 'signal'] as const).flatMap((truth, t) =>
        Array.from({ length: bins }, (_, bin) => {
          const k = 1 + t * bins + bin;
          return {
            from: bin / bins,
            to: (bin + 1) / bins,
            truth,
            events: nominal[k],
            low: low[k],
            high: high[k],
          };
        }),
      ),
    },
  };
}
