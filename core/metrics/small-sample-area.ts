// Intervals of areas under ROC curves of few rows, where DeLong's shrink to nothing: an area of 1 on five cases is no
// certainty. The score-like interval of Newcombe, Statistics in Medicine 25, 559 (2006), method 5, on the variance of
// Hanley and McNeil, Radiology 143, 29 (1982); differences by his square-and-add rule (MOVER).
import type { Interval } from './interval.ts';
import { normalQuantile } from './normal.ts';

/** Var(theta) = theta (1 - theta) [1 + (N* - 1) ((1 - theta) / (2 - theta) + theta / (1 + theta))] / (m n), N* = (m + n) / 2. */
function variance(theta: number, m: number, n: number): number {
  const spread = (1 - theta) / (2 - theta) + theta / (1 + theta);
  return (theta * (1 - theta) * (1 + ((m + n) / 2 - 1) * spread)) / (m * n);
}

/**
 * The thetas with |area - theta| <= z sqrt(Var(theta)).
 *
 * @param area in [0, 1]
 * @param positives rows of either class, >= 1
 * @param level two-sided, 0.95 by default
 * @throws RangeError for an area outside [0, 1] or a class without rows
 */
export function smallSampleAreaInterval(
  area: number,
  positives: number,
  negatives: number,
  level = 0.95,
): Interval {
  if (!(area >= 0 && area <= 1 && positives >= 1 && negatives >= 1))
    throw new RangeError(
      `smallSampleAreaInterval: expected an area in [0, 1] and rows of both classes, got ${area}, ${positives} and ${negatives}`,
    );
  const z = normalQuantile((1 + level) / 2);
  const outside = (theta: number): boolean =>
    Math.abs(area - theta) > z * Math.sqrt(variance(theta, positives, negatives));
  /** Where theta, going from the area to an end, leaves the interval; the end itself has no variance. */
  const bound = (end: 0 | 1): number => {
    if (area === end) return end;
    let [inside, out] = [area, end as number];
    // At an area of 0 or 1 the variance is 0 there, and so is the distance.
    for (let i = 0; i < 60; i++) {
      const middle = (inside + out) / 2;
      if (outside(middle)) out = middle;
      else inside = middle;
    }
    return inside;
  };
  return { value: area, low: bound(0), high: bound(1) };
}

/** The difference of two quantities with intervals of their own, taken as independent: wider than need be where they agree. */
export function squareAndAdd(first: Interval, second: Interval): Interval {
  const value = first.value - second.value;
  const low = Math.hypot(first.value - first.low, second.high - second.value);
  const high = Math.hypot(first.high - first.value, second.value - second.low);
  return { value, low: value - low, high: value + high };
}
