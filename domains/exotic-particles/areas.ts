// Areas under the ROC curves of all networks on the same events, with their covariance: DeLong's, or, where events have
// weights, that of bootstrap resamplings.
import { type DeLong, deLong } from '../../core/metrics/delong.ts';
import { RankedScores } from '../../core/metrics/ranked-scores.ts';
import { rankedRocArea } from '../../core/metrics/roc.ts';
import type { RandomStream } from '../../core/random.ts';

/** Areas and their covariance, classifiers x classifiers. */
export type Areas = DeLong;

/** Resamplings behind the covariance of weighted areas: its entries are known to about a tenth. */
const replicates = 200;

function weightedAreas(
  scores: readonly Float32Array[],
  labels: Uint8Array,
  weights: Float32Array,
  random: RandomStream,
): Areas {
  const ranked = scores.map((own) => new RankedScores(own, labels));
  const areasOf = (given: ArrayLike<number>): number[] => ranked.map((own) => rankedRocArea(own, given));
  const areas = areasOf(weights);
  const drawn = new Float64Array(labels.length);
  const resampled = Array.from({ length: replicates }, () => {
    drawn.fill(0);
    for (let i = 0; i < labels.length; i++) {
      const row = random.integer(labels.length);
      drawn[row] += weights[row];
    }
    return areasOf(drawn);
  });
  const means = areas.map((_, k) => resampled.reduce((sum, values) => sum + values[k], 0) / replicates);
  const covariance = areas.map((_, a) =>
    areas.map(
      (_, b) =>
        resampled.reduce((sum, values) => sum + (values[a] - means[a]) * (values[b] - means[b]), 0) /
        (replicates - 1),
    ),
  );
  return { areas, covariance };
}

/** @param scores of each network, all of the same events */
export function areasOf(
  scores: readonly Float32Array[],
  labels: Uint8Array,
  weights: Float32Array,
  random: RandomStream,
): Areas {
  const equal = weights.every((weight) => weight === weights[0]);
  return equal ? deLong(scores, labels) : weightedAreas(scores, labels, weights, random);
}
