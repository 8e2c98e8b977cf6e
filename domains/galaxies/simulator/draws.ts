// The distributions of closed form from which galaxies are drawn.
import type { RandomStream } from '../../../core/random.ts';

/** Uniform between two numbers. */
export const between = (random: RandomStream, low: number, high: number): number =>
  low + (high - low) * random.uniform();

/** Uniform in the logarithm, between two positive numbers. */
export const logBetween = (random: RandomStream, [low, high]: readonly [number, number]): number =>
  Math.exp(between(random, Math.log(low), Math.log(high)));

/** Normal, within three standard deviations. */
export function around(random: RandomStream, mean: number, deviation: number): number {
  return mean + deviation * Math.min(3, Math.max(-3, random.normal()));
}

/** Log-normal of the given median, within three standard deviations of its logarithm. */
export const scattered = (random: RandomStream, median: number, deviation: number): number =>
  median * Math.exp(around(random, 0, deviation));

/** Density x^-slope between two positive numbers, slope > 1. */
export function powerLaw(random: RandomStream, slope: number, low: number, high: number): number {
  const power = 1 - slope;
  return (low ** power + random.uniform() * (high ** power - low ** power)) ** (1 / power);
}

/** One of several, with the given weights. */
export function choose<T>(random: RandomStream, choices: readonly (readonly [T, number])[]): T {
  let rest = random.uniform() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    rest -= weight;
    if (rest < 0) return choice;
  }
  return choices[choices.length - 1][0];
}

/** A count of Poisson's distribution; for means up to some hundreds (Knuth's product of uniform numbers, in parts). */
export function poissonCount(random: RandomStream, mean: number): number {
  let count = 0;
  for (let rest = mean; rest > 0; rest -= 50) {
    const limit = Math.exp(-Math.min(50, rest));
    for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  }
  return count;
}
