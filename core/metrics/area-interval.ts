// Areas under ROC curves and their differences with intervals that hold for a cohort of thousands and for one of five.
import { areaDifference, areaInterval, type DeLong } from './delong.ts';
import type { Interval } from './interval.ts';
import { smallSampleAreaInterval, squareAndAdd } from './small-sample-area.ts';

/** Rows of the rarer class below which DeLong's intervals are too short. */
const few = 30;

const counts = (labels: ArrayLike<number>): [number, number] => {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) positives += labels[i];
  return [positives, labels.length - positives];
};

/** DeLong's interval, or Newcombe's where a class has fewer than 30 rows. */
export function areaOf(areas: DeLong, labels: ArrayLike<number>, k = 0): Interval {
  const [positives, negatives] = counts(labels);
  return Math.min(positives, negatives) >= few
    ? areaInterval(areas, k)
    : smallSampleAreaInterval(areas.areas[k], positives, negatives);
}

/** The difference of two areas on the same rows. */
export function areaDifferenceOf(
  areas: DeLong,
  labels: ArrayLike<number>,
  first: number,
  second: number,
): Interval {
  if (Math.min(...counts(labels)) < few)
    return squareAndAdd(areaOf(areas, labels, first), areaOf(areas, labels, second));
  const { value, low, high } = areaDifference(areas, first, second);
  return { value, low, high };
}
