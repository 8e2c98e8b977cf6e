// Wilson's score interval for a proportion (E. B. Wilson, J. Am. Stat. Assoc. 22, 209 (1927)): unlike p +- z sqrt(p q / n)
// it stays within [0, 1] and is honest when nearly everything is right.

/** Two-sided quantile of the normal distribution at 95 %. */
const z95 = 1.959963984540054;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * (p + z^2/2n +- z sqrt(p q / n + z^2 / 4 n^2)) / (1 + z^2 / n)
 *
 * @param successes out of `n`; may be a mean over several classifiers, and so no whole number
 * @param z 1.96 for 95 %
 * @throws RangeError unless 0 <= successes <= n and n > 0
 */
export function wilsonInterval(successes: number, n: number, z = z95): Interval {
  if (!(n > 0 && successes >= 0 && successes <= n)) {
    throw new RangeError(`wilsonInterval: expected 0 <= successes <= n and n > 0, got ${successes} of ${n}`);
  }
  const p = successes / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}
