// The exponent nu of the correlation length, xi ~ |T - T_c|^(-nu), from how fast the outputs change: near the transition
// they are a function of (T - T_c) L^(1/nu) alone (Fisher and Barber 1972), so that their slope at the crossing grows as
// L^(1/nu). The interval is made as that of the critical temperature.
import { percentileInterval } from '../../../core/metrics/bootstrap.ts';
import { lineFit } from '../../../core/metrics/line-fit.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { Estimate } from '../../domain.ts';
import type { Crossing } from './crossing.ts';
import { largestShift, mean, networkCrossings, resampledMean, type SizeBlocks } from './network-crossings.ts';

/** How fast the outputs of one lattice size change at their crossing. */
export interface SizeSlope {
  readonly size: number;
  /** ln of -d(output)/dT in units of kB/J, mean over the networks. */
  readonly logSlope: number;
}

export interface CorrelationLengthExponent extends Estimate {
  /** -d(output)/dT at the crossing by size, kB/J. */
  readonly slopes: readonly (Estimate & { readonly size: number })[];
  /** ln of the slope that the line has at L = 1. */
  readonly intercept: number;
  /** nu from outputs of |m| alone on the same lattices, where they are given. */
  readonly magnetisation?: Estimate & { readonly slopes: CorrelationLengthExponent['slopes'] };
  /**
   * What the interval is made of: half width of the bootstrap interval, largest shift without one of the sizes, and
   * distance from the exponent of |m|.
   */
  readonly statistical: number;
  readonly systematic: number;
  readonly training: number;
}

/**
 * The line ln(-slope) = intercept + ln(L) / nu. All sizes weigh the same: the relative error of a slope hardly depends
 * on L.
 *
 * @throws RangeError for fewer than two sizes
 */
export function fitExponent(slopes: readonly SizeSlope[]): {
  readonly nu: number;
  readonly intercept: number;
} {
  const { slope, intercept } = lineFit(
    slopes.map(({ size, logSlope }) => ({ x: Math.log(size), y: logSlope, error: 1 })),
  );
  return { nu: 1 / slope, intercept };
}

const logSlopeOf = ({ slope }: Crossing): number => Math.log(-slope);

/**
 * nu at 95 %.
 *
 * @param sizes ascending
 * @param resamplings of the bootstrap
 * @param magnetisation the same sizes with outputs of |m| alone: the networks of large lattices fall shortest of what |m|
 * tells, which no bootstrap sees, so that the distance between the two exponents is part of the interval
 * @returns undefined when fewer than three sizes cross: two points lie on a line whatever they are
 */
export function correlationLengthExponent(
  sizes: readonly SizeBlocks[],
  random: RandomStream,
  resamplings: number,
  magnetisation?: readonly SizeBlocks[],
): CorrelationLengthExponent | undefined {
  const crossed = sizes
    .map((blocks) => ({ blocks, values: networkCrossings(blocks).map(logSlopeOf) }))
    .filter(({ values }) => values.length > 0)
    .map(({ blocks, values }) => ({ size: blocks.size, blocks, logSlope: mean(values) }));
  if (crossed.length < 3) return undefined;
  const { nu, intercept } = fitExponent(crossed);
  const replicas: SizeSlope[][] = Array.from({ length: resamplings }, () =>
    crossed.map(({ size, blocks, logSlope }) => ({
      size,
      logSlope: resampledMean(blocks, logSlopeOf, logSlope, random),
    })),
  );
  const { low, high } = percentileInterval(
    nu,
    replicas.map((replica) => fitExponent(replica).nu),
  );
  const systematic = largestShift(crossed, nu, (others) => fitExponent(others).nu);
  const reference = magnetisation && correlationLengthExponent(magnetisation, random, resamplings);
  const training = reference ? Math.abs(reference.value - nu) : 0;
  return {
    value: nu,
    low: nu - Math.hypot(nu - low, systematic, training),
    high: nu + Math.hypot(high - nu, systematic, training),
    ...(reference ? { magnetisation: reference } : {}),
    statistical: (high - low) / 2,
    systematic,
    training,
    intercept,
    slopes: crossed.map(({ size, logSlope }, i) => {
      const bounds = percentileInterval(
        logSlope,
        replicas.map((replica) => replica[i].logSlope),
      );
      return {
        size,
        value: Math.exp(logSlope),
        low: Math.exp(bounds.low),
        high: Math.exp(bounds.high),
      };
    }),
  };
}
