// Setting a baseline's parameter where it does best: a comparison with anything less would flatter the network.
import type { SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { stretchedError } from '../measures/stretched-psnr.ts';
import type { Baseline, Observation } from './restoration.ts';

export interface TrainingPair {
  readonly observation: Observation;
  /** What it should become. */
  readonly target: SkyImage;
}

export interface TunedBaseline {
  readonly baseline: Baseline;
  /** The best of the candidates. */
  readonly parameter: number;
  /** Mean over the pairs of the stretched PSNR at each candidate, dB. */
  readonly scores: readonly number[];
  restore(observation: Observation): SkyImage;
}

/**
 * The candidate with the highest mean stretched PSNR over the pairs.
 *
 * @throws RangeError when there is no pair
 */
export function tuneBaseline(
  baseline: Baseline,
  pairs: Iterable<TrainingPair>,
  candidates: readonly number[] = baseline.candidates,
): TunedBaseline {
  const sums = candidates.map(() => 0);
  let count = 0;
  for (const { observation, target } of pairs) {
    baseline.restore(observation, candidates).forEach((image, i) => {
      sums[i] -= 10 * Math.log10(stretchedError(image, target));
    });
    count++;
  }
  if (count === 0) throw new RangeError('tuneBaseline: expected a pair of images at least');
  const scores = sums.map((sum) => sum / count);
  const parameter = candidates[scores.indexOf(Math.max(...scores))];
  return {
    baseline,
    parameter,
    scores,
    restore: (observation) => baseline.restore(observation, [parameter])[0],
  };
}
