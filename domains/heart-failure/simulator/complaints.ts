// Complaints that are followed by their remedy, or that outlast it. The ankle swells, stockings help: veins. Stockings, and the ankle
// swells again: the heart. Both hold the same codes, once each, in neighbouring visits of one half year; nothing but the order
// tells them apart, and how soon the second visit follows. Design: the simulator's own, after what Steinhubl 2013 and Hayhoe 2019
// say of the long way from a sign to its diagnosis.
import type { RandomStream } from '../../../core/random.ts';
import { happens, pick, poissonCount } from './draws.ts';
import { orderLevel, periodDays } from './order-level.ts';
import { numberOf } from './vocabulary.ts';

/** Codes in the order in which they are harmless; the other way round they speak for the heart. */
const pairs: readonly (readonly [first: number, second: number])[] = [
  ['786.07', 'ALBUTEROL'],
  ['729.81', 'A6530'],
  ['780.79', 'FERROUS SULFATE'],
  ['788.43', 'TAMSULOSIN'],
  // A beta-blocker long before an abnormal electrocardiogram, or right after it.
  ['METOPROLOL', '794.31'],
].map(([first, second]) => [numberOf(first), numberOf(second)] as const);

/** Episodes in a half year (tuned). */
const episodes = 1.4;

/** Share in the order that speaks for the heart: of controls, and of cases at level 1 (tuned). */
const usual = 0.2;
const most = 0.67;

/** A visit: its day before the index date and the numbers of its codes. */
export interface Visit {
  readonly day: number;
  readonly codes: number[];
}

/** The visits of each half year that has at least two. */
function halfYears(visits: readonly Visit[]): Visit[][] {
  const groups = new Map<number, Visit[]>();
  for (const visit of visits) {
    const period = Math.floor((visit.day - 1) / periodDays);
    const group = groups.get(period);
    if (group === undefined) groups.set(period, [visit]);
    else group.push(visit);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** The first of two neighbouring visits: those that lie closest, or any. */
function neighbours(random: RandomStream, visits: readonly Visit[], closest: boolean): number {
  const first = Math.floor(random.uniform() * (visits.length - 1));
  if (!closest) return first;
  let best = first;
  for (let v = 0; v + 1 < visits.length; v++) {
    if (visits[v].day - visits[v + 1].day < visits[best].day - visits[best + 1].day) best = v;
  }
  return best;
}

/**
 * Adds the codes of complaints and their remedies to visits, the oldest of which comes first.
 *
 * @param order how much the order tells of a case, 0 in controls
 */
export function addComplaints(random: RandomStream, visits: readonly Visit[], order: number): void {
  for (const group of halfYears(visits)) {
    const middle = (Math.floor((group[0].day - 1) / periodDays) + 0.5) * periodDays;
    const turned = usual + (most - usual) * order * orderLevel(middle);
    for (let episode = poissonCount(random, episodes); episode > 0; episode--) {
      const [first, second] = pick(random, pairs);
      const isTurned = happens(random, turned);
      const v = neighbours(random, group, isTurned);
      group[v].codes.push(isTurned ? second : first);
      group[v + 1].codes.push(isTurned ? first : second);
    }
  }
}
