// The critical temperature with its interval. The statistical part is a bootstrap over everything that is random: the
// networks (each has its own first weights, order, training and validation lattices) and the test lattices, block by
// block. The systematic part is how far the value moves when one of the sizes is left out (a straight line in 1/L suits
// the smallest least, and the networks of the largest are the least trained), how far it moves when the outputs are
// calibrated without a formula, and how far it is from what outputs of |m| alone give on the same lattices: networks that
// learn more or less than |m| cross elsewhere, by an amount that is not quite a / L.
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
    /**
     * What the interval is made of: half width of the bootstrap interval, largest shift without one of the sizes, shift
     * with another calibration, and distance from what |m| gives (0 where the outputs to tell by are not given).
     */
    readonly statistical: number;
    readonly systematic: number;
    readonly calibration: number;
    readonly training: number;
  };
}

const temperatureOf = ({ temperature }: { readonly temperature: number }): number => temperature;

/** Mean crossing of each size that has one. */
const meanCrossings = (sizes: readonly SizeBlocks[]) =>
  sizes
    .map((blocks) => ({ blocks, values: networkCrossings(blocks).map(temperatureOf) }))
    .filter(({ values }) => values.length > 0)
    .map(({ blocks, values }) => ({ size: blocks.size, blocks, value: mean(values) }));

/**
 * Crossings by size and the critical temperature, at 95 %.
 *
 * @param sizes ascending
 * @param resamplings of the bootstrap
 * @param others the same sizes with outputs calibrated in another way, and with outputs of |m| alone
 */
export function criticalTemperatureOf(
  sizes: readonly SizeBlocks[],
  random: RandomStream,
  resamplings: number,
  others: {
    readonly recalibrated?: readonly SizeBlocks[];
    readonly magnetisation?: readonly SizeBlocks[];
  } = {},
): CriticalTemperature {
  const crossed = meanCrossings(sizes);
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
  const systematic = largestShift(crossed, value, (rest) => fitScaling(rest).criticalTemperature);
  const distanceTo = (blocks: readonly SizeBlocks[] = []): number => {
    const found = meanCrossings(blocks);
    return found.length === crossed.length ? Math.abs(fitScaling(found).criticalTemperature - value) : 0;
  };
  const calibration = distanceTo(others.recalibrated);
  const training = distanceTo(others.magnetisation);
  const around = Math.hypot(systematic, calibration, training);
  return {
    crossings,
    fit,
    estimate: {
      value,
      low: value - Math.hypot(value - statistical.low, around),
      high: value + Math.hypot(statistical.high - value, around),
      statistical: (statistical.high - statistical.low) / 2,
      systematic,
      calibration,
      training,
    },
  };
}
