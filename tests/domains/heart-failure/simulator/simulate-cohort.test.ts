import { beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../../core/errors.ts';
import type { CohortMember } from '../../../../data-adapters/heart-failure/cohort.ts';
import { riskFactors } from '../../../../domains/heart-failure/simulator/risk-factors.ts';
import { framinghamCodes } from '../../../../domains/heart-failure/simulator/signs.ts';
import {
  paperCases,
  paperControlsPerCase,
  type SimulatedCohort,
} from '../../../../domains/heart-failure/simulator/simulate-cohort.ts';
import { auc, eventsIn, mean, simulated, visitsIn } from './statistics.ts';

const year = { observation: 365, gap: 0 };
const eighteenMonths = { observation: 540, gap: 0 };

describe('simulateCohort', () => {
  const cases = 400;
  let whole: SimulatedCohort;
  let members: readonly CohortMember[];
  let controls: readonly CohortMember[];
  beforeAll(async () => {
    whole = await simulated('cohort', { cases });
    members = whole.cohort.members;
    controls = members.filter(({ isCase }) => !isCase);
  });

  it('has the controls of the paper for each case, matched by sex, age and clinic', () => {
    expect(Math.round(paperCases * paperControlsPerCase)).toBe(28903);
    expect(controls.length).toBe(Math.round(cases * paperControlsPerCase));
    expect(whole.cohort.funnel.at(-1)).toMatchObject({ cases, controls: controls.length });
    const sets = new Map<number, CohortMember[]>();
    for (const member of members) sets.set(member.matchSet, [...(sets.get(member.matchSet) ?? []), member]);
    expect(sets.size).toBe(cases);
    for (const set of sets.values()) {
      expect(set.filter(({ isCase }) => isCase).length).toBe(1);
      expect(new Set(set.map(({ sex, age, site }) => `${sex} ${age} ${site}`)).size).toBe(1);
      expect(set[0].age).toBeGreaterThanOrEqual(40);
      expect(set[0].age).toBeLessThanOrEqual(85);
    }
    expect(new Set(members.map(({ subject }) => subject)).size).toBe(members.length);
  });

  it('has events from the oldest to the newest, whole days before the index date, of codes of the vocabulary', () => {
    for (const { daysBefore, concepts } of members) {
      expect(concepts.length).toBe(daysBefore.length);
      expect(daysBefore.every((day, i) => day % 1 === 0 && day > 0 && !(day > daysBefore[i - 1]))).toBe(true);
      expect(concepts.every((concept) => concept < whole.cohort.concepts.length)).toBe(true);
    }
  });

  it('has 18.6 visits in 18 months and 2.06 diagnoses a visit', () => {
    const visits = mean(members.map((member) => visitsIn(member, eighteenMonths)));
    // GRAM 2017; people differ by a factor of 1.7, sets share half of it: 0.4 are three standard errors of 400 sets.
    expect(Math.abs(visits - 18.6)).toBeLessThan(1);
    const isDiagnosis = whole.cohort.concepts.map(({ kind }) => kind === 'diagnosis');
    const diagnoses = mean(members.map((member) => eventsIn(member, eighteenMonths, (c) => isDiagnosis[c])));
    expect(Math.abs(diagnoses / visits - 2.06)).toBeLessThan(0.1);
  });

  it('shows a Framingham sign in the last year of 85% of cases and 55% of controls', () => {
    const isSign = whole.cohort.concepts.map(({ code }) => framinghamCodes.includes(code));
    const share = (isCase: boolean): number =>
      mean(
        members
          .filter((member) => member.isCase === isCase)
          .map((member) => (eventsIn(member, year, (c) => isSign[c]) > 0 ? 1 : 0)),
      );
    // Vijayakrishnan 2014; three standard errors of 400 cases are 0.053.
    expect(Math.abs(share(true) - 0.85)).toBeLessThan(0.055);
    expect(Math.abs(share(false) - 0.55)).toBeLessThan(0.05);
  });

  it('shows little by the number of events alone, as the matching of utilisation is meant to', () => {
    const area = auc(members, (member) => eventsIn(member, eighteenMonths, () => true));
    // Meant: .60 to .65; the standard error with 400 cases is .015.
    expect(area).toBeGreaterThan(0.58);
    expect(area).toBeLessThan(0.67);
  });

  it('knows when each factor and stage began: A, then B, then C, then the diagnosis', () => {
    expect(whole.truth.length).toBe(members.length);
    whole.truth.forEach(({ onsets, stages, amplitude, year: index }, m) => {
      expect(onsets.length).toBe(riskFactors.length);
      expect(onsets.every((day) => !(day < 0))).toBe(true);
      expect(index).toBeGreaterThanOrEqual(2000.4);
      expect(index).toBeLessThan(2013.41);
      expect(amplitude > 0).toBe(members[m].isCase);
      expect(stages.c > 0).toBe(members[m].isCase);
      if (members[m].isCase) {
        expect(stages.b).toBeGreaterThanOrEqual(stages.c);
        expect(stages.a).toBeGreaterThanOrEqual(stages.b);
      }
    });
    const entries = whole.truth.map(({ stages }) => stages.c).filter((day) => day > 0);
    const median = entries.sort((a, b) => a - b)[entries.length >> 1];
    // Hayhoe 2019: 972 days; the standard error of the median of 400 log-normal numbers is 6%.
    expect(Math.abs(Math.log(median / 972))).toBeLessThan(0.18);
    // Olmsted County: hypertension in 66% of cases (Dunlay 2009).
    const hypertension = riskFactors.findIndex(({ name }) => name === 'hypertension');
    const share = mean(
      whole.truth.filter((_, m) => members[m].isCase).map(({ onsets }) => (onsets[hypertension] > 0 ? 1 : 0)),
    );
    expect(Math.abs(share - 0.66)).toBeLessThan(0.07);
  });
});

describe('simulateCohort, whatever it is asked for', () => {
  it('gives the same set for the same seed and number, however many there are', async () => {
    const [few, same, more, other] = await Promise.all([
      simulated('seed', { cases: 3 }),
      simulated('seed', { cases: 3 }),
      simulated('seed', { cases: 20 }),
      simulated('another seed', { cases: 3 }),
    ]);
    expect(same).toEqual(few);
    expect(more.cohort.members.slice(0, few.cohort.members.length)).toEqual(few.cohort.members);
    expect(other.cohort.members).not.toEqual(few.cohort.members);
  });

  it('gives records as long as asked for', async () => {
    const { cohort } = await simulated('long', { cases: 20, controlsPerCase: 1, history: 400 });
    const longest = Math.max(...cohort.members.map(({ daysBefore }) => daysBefore[0] ?? 0));
    expect(longest).toBeLessThanOrEqual(400);
    expect(longest).toBeGreaterThan(380);
    expect(cohort.members.length).toBe(40);
  });

  it.each([
    [{ cases: 0 }, 'cases'],
    [{ cases: 2.5 }, 'cases'],
    [{ controlsPerCase: 0 }, 'controlsPerCase'],
    [{ controlsPerCase: Number.NaN }, 'controlsPerCase'],
    [{ strength: -0.1 }, 'strength'],
    [{ strength: 2.1 }, 'strength'],
    [{ orderShare: 1.01 }, 'orderShare'],
    [{ orderShare: Number.NaN }, 'orderShare'],
    [{ history: 100 }, 'history'],
    [{ history: 500.5 }, 'history'],
  ])('refuses %o and names it', async (options, name) => {
    const promise = simulated('bad', { cases: 2, ...options });
    await expect(promise).rejects.toThrow(UserError);
    await expect(promise).rejects.toThrow(new RegExp(`${name} is .*; give`));
  });

  it('stops when it is told to, and counts the sets that are done', async () => {
    const stop = new AbortController();
    let advanced = 0;
    let ended = 0;
    const progress = {
      task: (_: string, total: number) => {
        expect(total).toBe(100);
        return {
          advance: () => {
            if (++advanced === 20) stop.abort(new Error('enough'));
          },
          end: () => {
            ended++;
          },
        };
      },
    };
    await expect(simulated('stop', { cases: 100, progress, signal: stop.signal })).rejects.toThrow('enough');
    expect(advanced).toBeLessThan(50);
    expect(ended).toBe(1);
  });
});
