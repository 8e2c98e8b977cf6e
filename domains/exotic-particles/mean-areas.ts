// AUC of several networks of one kind as their mean, and of two kinds as the difference of their means: what chance does to
// the test events (DeLong's covariance) and what it does to the networks (their spread), in quadrature.

import { normalQuantile } from '../../core/metrics/normal.ts';
import type { Estimate } from '../domain.ts';
import type { Areas } from './areas.ts';

export const level = 0.95;
const halfWidths = normalQuantile((1 + level) / 2);

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Mean of a block of the covariance: that of the means of two sets of classifiers. */
const meanCovariance = ({ covariance }: Areas, a: readonly number[], b: readonly number[]): number =>
  mean(a.flatMap((i) => b.map((j) => covariance[i][j])));

/** Squared standard error of the mean that the spread of the members shows; 0 for a single one, which shows none. */
function spread(areas: readonly number[]): number {
  if (areas.length < 2) return 0;
  const centre = mean(areas);
  return areas.reduce((sum, a) => sum + (a - centre) ** 2, 0) / (areas.length - 1) / areas.length;
}

const around = (value: number, variance: number): Estimate => {
  const half = halfWidths * Math.sqrt(Math.max(0, variance));
  return { value, low: value - half, high: value + half };
};

/** @param members numbers of the classifiers whose mean it is */
export function meanArea(areas: Areas, members: readonly number[]): Estimate {
  const own = members.map((i) => areas.areas[i]);
  return around(mean(own), meanCovariance(areas, members, members) + spread(own));
}

/** Mean area of `first` less that of `second`, on the same events. */
export function meanAreaDifference(
  areas: Areas,
  first: readonly number[],
  second: readonly number[],
): Estimate {
  const [a, b] = [first, second].map((members) => members.map((i) => areas.areas[i]));
  const variance =
    meanCovariance(areas, first, first) +
    meanCovariance(areas, second, second) -
    2 * meanCovariance(areas, first, second);
  return around(mean(a) - mean(b), variance + spread(a) + spread(b));
}
