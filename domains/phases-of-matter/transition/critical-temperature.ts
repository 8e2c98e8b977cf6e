// The critical temperature with its interval. The statistical part is a bootstrap over everything that is random: the
// networks (each has its own first weights, order and training lattices) and the test lattices, block by block. The
// systematic part is how far the value moves when one of the sizes is left out: a straight line in 1/L suits the smallest
// least, and the networks of the largest are the least trained.
//
// Why not a line through the crossings on the paper's own grid? That gives 2.244: with temperatures 0.063 apart the
// labels leave a gap of 2.206 to 2.333 in which nothing constrains a network of L >= 40, and the crossings of the small
// sizes are moved by over-confidence. Here the grid is fine, even and symmetric about T_c in units of 1/L for every
// size, and outputs are calibrated.
import { percentileInterval, resample } from '../../../core/metrics/bootstrap.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { Estimate } from '../../domain.ts';
import type { TemperatureBlocks } from './block-means.ts';
import { crossing } from './crossing.ts';
import { type Crossing, fitScaling, type ScalingFit } from './scaling-fit.ts';

/** The outputs of the networks of one size, temperature by temperature. */
export interface SizeBlocks {
  readonly size: number;
  readonly blocks: readonly TemperatureBlocks[];
}

export interface CriticalTemperature {
  readonly crossings: readonly (Estimate & { readonly size: number })[];
  /** Missing with fewer than two sizes. */
  readonly fit?: ScalingFit;
  readonly estimate?: Estimate & {
    /** Half width of the bootstrap interval, and the largest shift without one of the sizes. */
    readonly statistical: number;
    readonly systematic: number;
  };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** One network's crossing, over all blocks or a resampling of them. */
function networkCrossing(
  { blocks }: SizeBlocks,
  network: number,
  picks?: readonly Uint32Array[],
): number | undefined {
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
const allCrossings = (sizeBlocks: SizeBlocks, picks?: readonly Uint32Array[]): number[] =>
  sizeBlocks.blocks[0].means
    .map((_, network) => networkCrossing(sizeBlocks, network, picks))
    .filter((value) => value !== undefined);

/**
 * One bootstrap value of a size's crossing: networks and blocks drawn with replacement. The mean of K draws has only
 * (K - 1)/K of the variance it stands for, so deviations from the mean of the networks are widened by sqrt(K / (K - 1)).
 */
function resampledCrossing(sizeBlocks: SizeBlocks, plain: number, random: RandomStream): number {
  const picks = sizeBlocks.blocks.map(({ means }) => resample(means[0].length, random));
  const values = allCrossings(sizeBlocks, picks);
  if (values.length === 0) return plain;
  const centre = mean(values);
  const drawn = mean(values.map(() => values[random.integer(values.length)]));
  const widening = values.length > 1 ? Math.sqrt(values.length / (values.length - 1)) : 1;
  return centre + (drawn - centre) * widening;
}

/** How far the critical temperature moves when the size that matters most is left out; 0 with only two sizes. */
function largestShift(crossings: readonly Crossing[], criticalTemperature: number): number {
  if (crossings.length < 3) return 0;
  const shifts = crossings.map((_, left) => {
    const others = crossings.filter((_crossing, i) => i !== left);
    return Math.abs(fitScaling(others).criticalTemperature - criticalTemperature);
  });
  return Math.max(...shifts);
}

/**
 * Crossings by size and the critical temperature, at 95 %.
 *
 * @param sizes ascending
 * @param resamplings of the bootstrap
 */
export function criticalTemperatureOf(
  sizes: readonly SizeBlocks[],
  random: RandomStream,
  resamplings: number,
): CriticalTemperature {
  const crossed = sizes
    .map((blocks) => ({ blocks, values: allCrossings(blocks) }))
    .filter(({ values }) => values.length > 0)
    .map(({ blocks, values }) => ({ size: blocks.size, blocks, value: mean(values) }));
  const replicas: Crossing[][] = Array.from({ length: resamplings }, () =>
    crossed.map(({ size, blocks, value }) => ({ size, value: resampledCrossing(blocks, value, random) })),
  );
  const crossings = crossed.map(({ size, value }, i) => ({
    size,
    ...percentileInterval(
      value,
      replicas.map((replica) => replica[i].value),
    ),
  }));
  if (crossed.length < 2) return { crossings };
  const fit = fitScaling(crossed);
  const statistical = percentileInterval(
    fit.criticalTemperature,
    replicas.map((replica) => fitScaling(replica).criticalTemperature),
  );
  const systematic = largestShift(crossed, fit.criticalTemperature);
  const value = fit.criticalTemperature;
  return {
    crossings,
    fit,
    estimate: {
      value,
      low: value - Math.hypot(value - statistical.low, systematic),
      high: value + Math.hypot(statistical.high - value, systematic),
      statistical: (statistical.high - statistical.low) / 2,
      systematic,
    },
  };
}
