import { describe, expect, it } from 'vitest';
import {
  type CohortMember,
  type Concept,
  observe,
  type Window,
} from '../../../../data-adapters/heart-failure/cohort.ts';
import { effectsOf } from '../../../../domains/heart-failure/simulator/effects.ts';
import { auc, contrast, eventsIn, mean, simulated, visitsIn } from './statistics.ts';

// Whole half years, which the order alone does not empty or fill.
const windows = [
  { observation: 540, gap: 0 },
  { observation: 360, gap: 180 },
];

/** Mean square of the contrasts of all codes that a twentieth of the members have: 1 where cases and controls are alike. */
function meanSquare(members: readonly CohortMember[], concepts: readonly Concept[], window: Window) {
  const counts = concepts.map(() => new Map<CohortMember, number>());
  for (const member of members) {
    for (const concept of observe(member, window).concepts) {
      counts[concept].set(member, (counts[concept].get(member) ?? 0) + 1);
    }
  }
  const squares = counts
    .filter((row) => row.size >= members.length / 20)
    .map((row) => contrast(members, (member) => row.get(member) ?? 0) ** 2);
  return { codes: squares.length, meanSquare: mean(squares) };
}

/** Stockings, tablets of iron and the like before the complaint less those after it, in neighbouring visits. */
function turned(member: CohortMember, concepts: readonly Concept[]): number {
  const pairs: Record<string, string> = { '786.07': 'ALBUTEROL', '729.81': 'A6530', '788.43': 'TAMSULOSIN' };
  const visits: string[][] = [];
  member.concepts.forEach((concept, i) => {
    if (i === 0 || member.daysBefore[i] !== member.daysBefore[i - 1]) visits.push([]);
    visits[visits.length - 1].push(concepts[concept].code);
  });
  let sum = 0;
  for (let v = 0; v + 1 < visits.length; v++) {
    for (const [complaint, remedy] of Object.entries(pairs)) {
      if (visits[v].includes(remedy) && visits[v + 1].includes(complaint)) sum++;
      if (visits[v].includes(complaint) && visits[v + 1].includes(remedy)) sum--;
    }
  }
  return sum;
}

describe('effectsOf', () => {
  it('leaves one part as it is and weakens the other', () => {
    expect(effectsOf(1, 0.5)).toEqual({ counts: 1, order: 1 });
    expect(effectsOf(1, 0)).toEqual({ counts: 1, order: 0 });
    expect(effectsOf(1, 1)).toEqual({ counts: 0, order: 1 });
    expect(effectsOf(0.5, 0.75)).toEqual({ counts: 0.25, order: 0.5 });
    expect(effectsOf(0, 0.5)).toEqual({ counts: 0, order: 0 });
  });
});

describe.each([
  ['without a signal', { strength: 0 }, false],
  ['with a signal in order and spacing alone', { orderShare: 1 }, true],
])('a cohort %s', (seed, options, ordered) => {
  it('has cases with as many visits, events and codes of each kind as controls', async () => {
    const { cohort } = await simulated(seed, { cases: 600, controlsPerCase: 2, ...options });
    const { members, concepts } = cohort;
    for (const window of windows) {
      const events = (member: CohortMember): number => eventsIn(member, window, () => true);
      expect(Math.abs(contrast(members, events))).toBeLessThan(3.5);
      expect(Math.abs(contrast(members, (member) => visitsIn(member, window)))).toBeLessThan(3.5);
      // The standard error of an area is 0.014 with 600 cases and 1,200 controls.
      expect(Math.abs(auc(members, events) - 0.5)).toBeLessThan(0.045);
      const { codes, meanSquare: square } = meanSquare(members, concepts, window);
      // Chi-square over its degrees, of which there are some 100, not quite independent: standard error about 0.15.
      expect(codes).toBeGreaterThan(60);
      expect(square).toBeGreaterThan(0.5);
      expect(square).toBeLessThan(1.6);
    }
    const order = contrast(members, (member) => turned(member, concepts));
    if (ordered) expect(order).toBeGreaterThan(6);
    else expect(Math.abs(order)).toBeLessThan(3.5);
  });
});

it('a cohort with no signal in order has controls and cases that turn as few pairs', async () => {
  const { cohort } = await simulated('bag', { cases: 600, controlsPerCase: 2, orderShare: 0 });
  expect(Math.abs(contrast(cohort.members, (member) => turned(member, cohort.concepts)))).toBeLessThan(3.5);
  expect(auc(cohort.members, (member) => eventsIn(member, windows[0], () => true))).toBeGreaterThan(0.58);
});
