// The distributions from which patients and their records are drawn.
import type { RandomStream } from '../../../core/random.ts';

/** Uniform in [0, 1) in steps of 2^-32: fine enough for choices, and half the work of `random.uniform()`. */
export const uniform = (random: RandomStream): number => random.uint32() / 4_294_967_296;

/** True with the given probability; at most 0 is never, at least 1 always. */
export const happens = (random: RandomStream, probability: number): boolean => uniform(random) < probability;

/** One item of a list, each as likely. */
export const pick = <T>(random: RandomStream, items: readonly T[]): T =>
  items[Math.floor(uniform(random) * items.length)];

/** Exponential of mean 1. */
export const exponential = (random: RandomStream): number => -Math.log(1 - random.uniform());

/** Log-normal of the given median. */
export const logNormal = (random: RandomStream, median: number, deviation: number): number =>
  median * Math.exp(deviation * random.normal());

/** A count of Poisson's distribution, for means up to some hundreds (Knuth's product of uniform numbers). */
export function poissonCount(random: RandomStream, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
}

/** Numbers 0 ... n-1 with fixed weights, drawn by bisection of their cumulative sum. */
export class Weighted {
  private readonly cumulative: Float64Array;

  constructor(weights: ArrayLike<number>) {
    let sum = 0;
    this.cumulative = Float64Array.from(weights, (weight) => {
      sum += weight;
      return sum;
    });
  }

  draw(random: RandomStream): number {
    const { cumulative } = this;
    const wanted = random.uniform() * cumulative[cumulative.length - 1];
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Weights of Zipf and Mandelbrot: 1 / (rank + shift)^exponent. */
export const zipf = (n: number, exponent: number, shift: number): Float64Array =>
  Float64Array.from({ length: n }, (_, rank) => 1 / (rank + 1 + shift) ** exponent);
