// Interval of a proportion, such as an accuracy: the score interval of Wilson, J. Am. Stat. Assoc. 22, 209 (1927).
// It stays inside [0, 1] and is right near its ends, where value +- 2 standard errors is not.
import type { Interval } from './interval.ts';
import { normalQuantile } from './normal.ts';

/**
 * Wilson's score interval of `successes / n`.
 *
 * @param successes 0 ... n; need not be whole (a mean over several classifiers on the same n cases)
 * @param n independent trials, > 0
 * @param level two-sided level, 0.95 by default
 * @throws RangeError unless 0 <= successes <= n and n > 0
 */
export function wilsonInterval(successes: number, n: number, level = 0.95): Interval {
  if (!(n > 0 && successes >= 0 && successes <= n)) {
    throw new RangeError(`wilsonInterval: expected 0 <= successes <= n and n > 0, got ${successes} of ${n}`);
  }
  const z = normalQuantile((1 + level) / 2);
  const p = successes / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { value: p, low: p === 0 ? 0 : centre - half, high: p === 1 ? 1 : centre + half };
}
