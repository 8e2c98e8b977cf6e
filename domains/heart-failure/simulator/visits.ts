// On which days somebody sees a doctor. Everybody comes at his or her own rate, at random; a failing heart brings further visits
// (what counts show), and in cases those of half a year come ever closer (what spacing alone shows).
import type { RandomStream } from '../../../core/random.ts';
import { type Course, severity } from './course.ts';
import { exponential, happens, poissonCount, uniform } from './draws.ts';
import type { Effects } from './effects.ts';
import { orderLevel, periodDays } from './order-level.ts';

/** Visits drawn a day. Some fall on the same day: what is left are 18.6 in 18 months (GRAM 2017, the same clinics). */
export const visitRate = 19.3 / 540;

/** Further visits at severity 1, as a share of the usual ones (tuned: counts of events alone give an AUC of .60 to .65). */
const furtherVisits = 0.3;

/** Probability at level 1 that the visits of a case's half year come ever closer, each interval shorter than the last (tuned). */
const closingShare = 0.31;

/** Days in which the severity counts as constant. */
const step = 30;

/**
 * Days before the index date on which there is a visit, each once, the oldest first; 1 to `history`.
 *
 * @param rate visits a day, but for those that the disease brings
 */
export function drawVisits(
  random: RandomStream,
  course: Course,
  isCase: boolean,
  rate: number,
  history: number,
  { counts, order }: Effects,
): number[] {
  const days = new Set<number>();
  for (let end = 0; end < history; end += periodDays) {
    const visits = poissonCount(random, rate * periodDays);
    const intervals = Float64Array.from({ length: visits + 1 }, () => exponential(random));
    const closing = happens(random, isCase ? closingShare * order * orderLevel(end + periodDays / 2) : 0);
    if (closing) intervals.sort().reverse();
    const scale = periodDays / intervals.reduce((sum, interval) => sum + interval, 0);
    let day = end + periodDays;
    for (let v = 0; v < visits; v++) {
      day -= scale * intervals[v];
      days.add(Math.max(end + 1, Math.ceil(day)));
    }
  }
  for (let end = 0; end < history; end += step) {
    const mean = counts * severity(course, end + step / 2) * furtherVisits * visitRate * step;
    for (let v = mean > 0 ? poissonCount(random, mean) : 0; v > 0; v--) {
      days.add(end + 1 + Math.floor(step * uniform(random)));
    }
  }
  return [...days].filter((day) => day <= history).sort((a, b) => b - a);
}
