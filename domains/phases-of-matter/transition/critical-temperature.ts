// The critical temperature with its interval. The statistical part is a bootstrap over everything that is random: the
// networks (each has its own first weights, order and training lattices) and the test lattices, block by block. The
// systematic part is how far the value moves when one of the sizes is left out: a straight line in 1/L suits the smallest
// least, and the networks of the largest are the least trained.
//
// Why not a line through the crossings on the paper's own grid? That gives 2.244: with temperatures 0.063 apart the
// labels leave a gap of 2.206 to 2.333 in which nothing constrains a network of L >= 40, and the crossings of the small
// sizes are moved by over-confidence. Here the grid is fine, even and symmetric about T_c in units of 1/L for every
// size, and outputs are calibrated.
import { percentileInterval } from '../../../core/metrics/bootstrap.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { Estimate } from '../../domain.ts';
import { largestShift, mean, networkCrossings, resampledMean, type SizeBlocks } from './network-crossings.ts';
import { fitScaling, type ScalingFit, type SizeCrossing } from './scaling-fit.ts';

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

const temperatureOf = ({ temperature }: { readonly temperature: number }): number => temperature;

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
    .map((blocks) => ({ blocks, values: networkCrossings(blocks).map(temperatureOf) }))
    .filter(({ values }) => values.length > 0)
    .map(({ blocks, values }) => ({ size: blocks.size, blocks, value: mean(values) }));
  const replicas: SizeCrossing[][] = Array.from({ length: resamplings }, () =>
    crossed.map(({ size, blocks, value }) => ({
      size,
      value: resampledMean(blocks, temperatureOf, value, random),
    })),
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
  const value = fit.criticalTemperature;
  const systematic = largestShift(crossed, value, (others) => fitScaling(others).criticalTemperature);
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
