// The crossings of the networks of one lattice size, and how chance would have moved their mean: a bootstrap over
// everything that is random, the networks (each has its own first weights, order and training lattices) and the test
// lattices, block by block.
import { resample } from '../../../core/metrics/bootstrap.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { TemperatureBlocks } from './block-means.ts';
import { type Crossing, crossing } from './crossing.ts';

/** The outputs of the networks of one size, temperature by temperature. */
export interface SizeBlocks {
  readonly size: number;
  readonly blocks: readonly TemperatureBlocks[];
}

/** One network's crossing, over all blocks or a resampling of them. */
function networkCrossing(
  { blocks }: SizeBlocks,
  network: number,
  picks?: readonly Uint32Array[],
): Crossing | undefined {
  return crossing(
    blocks.map(({ temperature, lattices, means }, i) => {
      const values = means[network];
      let sum = 0;
      for (let k = 0; k < values.length; k++) sum += values[picks ? picks[i][k] : k];
      return { temperature, lattices, ordered: sum / values.length };
    }),
  );
}

/** Crossings of all networks of a size; networks whose output does not cross are left out. */
export const networkCrossings = (sizeBlocks: SizeBlocks, picks?: readonly Uint32Array[]): Crossing[] =>
  sizeBlocks.blocks[0].means
    .map((_, network) => networkCrossing(sizeBlocks, network, picks))
    .filter((found) => found !== undefined);

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/**
 * One bootstrap value of the mean of `statistic` over a size's networks: networks and blocks drawn with replacement. The
 * mean of K draws has only (K - 1)/K of the variance it stands for, so deviations from the mean of the networks are
 * widened by sqrt(K / (K - 1)).
 *
 * @param plain answered when no network crosses on the resampled blocks
 */
export function resampledMean(
  sizeBlocks: SizeBlocks,
  statistic: (crossing: Crossing) => number,
  plain: number,
  random: RandomStream,
): number {
  const picks = sizeBlocks.blocks.map(({ means }) => resample(means[0].length, random));
  const values = networkCrossings(sizeBlocks, picks).map(statistic);
  if (values.length === 0) return plain;
  const centre = mean(values);
  const drawn = mean(values.map(() => values[random.integer(values.length)]));
  const widening = values.length > 1 ? Math.sqrt(values.length / (values.length - 1)) : 1;
  return centre + (drawn - centre) * widening;
}

/** The largest distance from `value` of an estimate that is made without one of the items; 0 with fewer than three. */
export function largestShift<T>(
  items: readonly T[],
  value: number,
  estimate: (items: readonly T[]) => number,
): number {
  if (items.length < 3) return 0;
  return Math.max(
    ...items.map((_, left) => Math.abs(estimate(items.filter((_item, i) => i !== left)) - value)),
  );
}
