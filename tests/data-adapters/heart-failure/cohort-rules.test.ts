// The rules of a cohort on timelines made by hand. Days are counted from 2010-01-01; every person is a woman born on 1950-01-01 unless said
// otherwise, and has an entry on day 0 and one on day 1000, so that there is always a control.
import { describe, expect, it } from 'vitest';
import type { CohortDefinitionInput } from '../../../data-adapters/heart-failure/cohort/definition.ts';
import type { Cohort } from '../../../data-adapters/heart-failure/cohort.ts';
import type { OpenCohortOptions } from '../../../data-adapters/heart-failure/open-cohort.ts';
import { cohortOf, folderOf, lines } from './records-fixture.ts';

const date = (day: number): string =>
  new Date(Date.UTC(2010, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);

interface Life {
  readonly hf?: readonly number[];
  readonly other?: readonly number[];
  readonly birth?: string;
  readonly sex?: string;
  readonly site?: string;
  readonly death?: number;
}

function folder(lives: Readonly<Record<string, Life>>): string {
  const rows = Object.entries(lives).flatMap(([id, { hf = [], other = [0, 1000] }]) => [
    ...hf.map((day) => `${id},${date(day)},428.0,ICD9CM`),
    ...other.map((day) => `${id},${date(day)},401.9,ICD9CM`),
  ]);
  const persons = Object.entries(lives).map(
    ([id, { birth = '1950-01-01', sex = 'F', site = '', death }]) =>
      `${id},${birth},${sex},${site},${death === undefined ? '' : date(death)}`,
  );
  return folderOf({
    'events.csv': lines('subject,time,code,system', ...rows),
    'subjects.csv': lines('subject,birth,sex,site,death', ...persons),
  });
}

const free: CohortDefinitionInput = {
  coverage: 0,
  minimumEvents: 0,
  controls: { firstEncounterWithin: null, seenSince: null },
};
const built = (
  lives: Readonly<Record<string, Life>>,
  definition: CohortDefinitionInput = free,
  options: Partial<OpenCohortOptions> = {},
): Promise<Cohort> => cohortOf(folder(lives), definition, options);

/** Days from day 0, where everybody has an entry, to the index date of the case. */
const indexDay = (cohort: Cohort): number =>
  Math.max(...(cohort.members.find(({ isCase }) => isCase)?.daysBefore ?? []));
const controls = ({ members }: Cohort): number => members.filter(({ isCase }) => !isCase).length;
describe('the index date', () => {
  it.each([
    ['three encounters within 365 days: the first of them', [500, 600, 865], 500],
    ['the second becomes the first where it is more than 365 days after it', [100, 500, 600, 700], 500],
    ['so does the third where only it begins three', [100, 400, 700, 750, 800], 400],
    ['a day too many, until later ones are close enough', [100, 200, 466, 560, 565], 200],
  ] as const)('%s', async (_, hf, expected) => {
    expect(indexDay(await built({ case: { hf }, other: {} }))).toBe(expected);
  });

  it('is none with two encounters, with three in 366 days, or with three codes of one day', async () => {
    for (const hf of [
      [100, 200],
      [100, 200, 466],
      [100, 100, 100],
    ]) {
      await expect(built({ case: { hf }, other: {} })).rejects.toThrow(/at least 3 encounters/);
    }
  });

  it('is that of the first code where one is enough', async () => {
    expect(indexDay(await built({ case: { hf: [300] }, other: {} }, { ...free, occurrences: 1 }))).toBe(300);
  });

  it('counts encounters, not days, where the source tells them apart', async () => {
    const events = [
      'a,2010-01-01,401.9,0',
      'a,2011-01-01,428.0,1',
      'a,2011-01-02,428.0,1',
      'a,2011-01-03,428.0,1',
    ];
    const other = ['b,2010-01-01,401.9,7', 'b,2012-01-01,401.9,8'];
    const source = (rows: readonly string[]): string =>
      folderOf({
        'events.csv': lines('subject,time,code,encounter', ...rows, ...other),
        'subjects.csv': lines('subject,birth,sex', 'a,1950-01-01,F', 'b,1950-01-01,F'),
      });
    await expect(cohortOf(source(events), free)).rejects.toThrow(/at least 3 encounters/);
    const apart = events.map((row, i) => row.replace(/,1$/, `,${i}`));
    expect((await cohortOf(source(apart), free)).members).toHaveLength(2);
  });
});

describe('who is a case', () => {
  const hf = [500, 510, 520];
  it('is 40 to 85 at the index date, birthdays counted', async () => {
    // The index date is 2011-05-16.
    for (const [birth, is] of [
      ['1971-05-16', true],
      ['1971-05-17', false],
      ['1925-05-17', true],
      ['1925-05-16', false],
    ] as const) {
      const cohort = built({ case: { hf, birth }, other: { birth } });
      if (is) expect((await cohort).members).toHaveLength(2);
      else await expect(cohort).rejects.toThrow(/age 40 to 85 at the index date: 0 cases/);
    }
  });

  it('has a record over window and gap, or the share of it that is asked for', async () => {
    const lives = { case: { hf, other: [140] }, other: {} };
    const window = { observation: 300, gap: 61 };
    await expect(built(lives, { ...free, coverage: 1 }, { window })).rejects.toThrow(/a record of 361 days/);
    expect(
      (await built(lives, { ...free, coverage: 1 }, { window: { observation: 300, gap: 60 } })).members,
    ).toHaveLength(2);
    expect((await built(lives, { ...free, coverage: 0.5 }, { window })).members).toHaveLength(2);
  });

  it('has events in the window, its qualifying codes aside', async () => {
    const window = { observation: 100, gap: 50 };
    const lives = (day: number) => ({
      case: { hf: [420, ...hf], other: [0, day] },
      other: { other: [0, 300, 1000] },
    });
    const definition = { ...free, minimumEvents: 1, within: 30 };
    // 500 - 150 <= day < 500 - 50; a control needs some of its own, day 300 is none.
    await expect(built(lives(350), definition, { window })).rejects.toThrow(
      /no control is left after the rule “at least 1 events/,
    );
    await expect(built(lives(349), definition, { window })).rejects.toThrow(
      /no case is left after the rule “at least 1 events/,
    );
    await expect(built(lives(450), definition, { window })).rejects.toThrow(
      /no case is left after the rule “at least 1 events/,
    );
  });

  it('has no code during the washout', async () => {
    const lives = { case: { hf: [20, 500, 510, 520] }, other: {} };
    expect((await built(lives, { ...free, washout: 20 })).members).toHaveLength(2);
    await expect(built(lives, { ...free, washout: 21 })).rejects.toThrow(
      /21 days of record before the first/,
    );
  });
});

describe('who is a control', () => {
  const hf = [500, 510, 520];
  it('is of the same sex, an age as near as asked for, and the same clinic', async () => {
    const lives = {
      case: { hf, site: 'x' },
      man: { sex: 'M', site: 'x' },
      older: { birth: '1948-12-01', site: 'x' },
      elsewhere: { site: 'y' },
      alike: { birth: '1950-12-31', site: 'x' },
    };
    expect(controls(await built(lives, { ...free, match: { site: true } }))).toBe(1);
    expect(controls(await built(lives))).toBe(2);
    expect(controls(await built(lives, { ...free, match: { age: 2 } }))).toBe(3);
    expect(controls(await built(lives, { ...free, match: { age: null, sex: false } }))).toBe(4);
    expect(controls(await built(lives, { ...free, match: { age: null, sex: false, controls: 2 } }))).toBe(2);
  });

  it('does not meet the criteria until 182 days after the index date', async () => {
    // Aged 61 on day 500 and 62 from day 516 on, she is too old to be a case herself.
    const lives = (first: number) => ({
      case: { hf },
      later: { hf: [first, first + 1, first + 2], birth: '1949-06-01' },
      other: {},
    });
    const narrow = { ...free, age: [40, 61] as [number, number] };
    expect(controls(await built(lives(683), narrow))).toBe(2);
    expect(controls(await built(lives(682), narrow))).toBe(1);
  });

  it('is no case of the cohort, not even one of much later', async () => {
    const cohort = await built({ case: { hf }, later: { hf: [900, 910, 920] }, other: {}, another: {} });
    expect(cohort.members.map(({ isCase }) => isCase)).toEqual([true, false, true, false]);
    expect(new Set(cohort.members.map(({ subject }) => subject)).size).toBe(4);
  });

  it('has begun its record within a year of the case’s, and has been seen since 30 days before', async () => {
    const lives = (other: readonly number[], death?: number) => ({ case: { hf }, other: { other, death } });
    const paper = { coverage: 0, minimumEvents: 0 };
    expect(controls(await built(lives([365, 470]), paper))).toBe(1);
    await expect(built(lives([366, 470]), paper)).rejects.toThrow(
      /first encounter within 365 days of the case’s: 0 controls/,
    );
    await expect(built(lives([0, 469]), paper)).rejects.toThrow(/seen from 30 days before it on: 0 controls/);
    await expect(built(lives([0, 480], 490), paper)).rejects.toThrow(/alive at the index date/);
  });

  it('has its own index date where records, not the calendar, are counted', async () => {
    const lives = { case: { hf }, other: { other: [2000, 2300, 2600], birth: '1955-06-24' } };
    // Both are 21915 days old at their first entries; 2500 is 500 days after hers.
    const cohort = await built(lives, { ...free, controls: { ...free.controls, indexDate: 'record' } });
    expect([...cohort.members[1].daysBefore]).toEqual([500, 200]);
  });
});

describe('what is kept', () => {
  it('lies before the index date, has no qualifying code, and is no older than asked for', async () => {
    const lives = {
      case: { hf: [100, 500, 510, 520], other: [0, 400, 500, 600] },
      other: { other: [0, 499, 500, 501] },
    };
    const cohort = await built(lives);
    expect(cohort.members.map(({ daysBefore }) => [...daysBefore])).toEqual([
      [500, 100],
      [500, 1],
    ]);
    expect(cohort.concepts.map(({ code }) => code)).toEqual(['401.9']);
    expect(cohort.notes).toContain(
      '4 events with a code that defines a case and 4 on or after the index date taken out',
    );
    const recent = await built(lives, { ...free, lookback: 100 });
    expect(recent.members.map(({ daysBefore }) => [...daysBefore])).toEqual([[100], [1]]);
  });

  it('is counted rule by rule', async () => {
    const cohort = await built({
      a: { hf: [500, 510, 520] },
      b: { hf: [500] },
      c: { sex: 'M' },
      d: {},
      e: { other: [] },
    });
    expect(cohort.funnel).toEqual([
      { rule: 'everybody in the source', subjects: 5 },
      { rule: 'a dated event or encounter', subjects: 4 },
      { rule: 'a qualifying code', cases: 2 },
      { rule: 'at least 3 encounters with a qualifying code within 365 days', cases: 1 },
      { rule: 'age 40 to 85 at the index date', cases: 1 },
      { rule: 'a record of 0 days before the index date', cases: 1 },
      { rule: 'not a case, and a case’s sex, age within 1 years', controls: 2 },
      { rule: 'not meeting the criteria until 182 days after the index date', controls: 2 },
      { rule: 'age 40 to 85 at the index date', controls: 2 },
      { rule: 'a first encounter at any time', controls: 2 },
      { rule: 'alive at the index date', controls: 2 },
      { rule: 'a record of 0 days before the index date', controls: 2 },
      { rule: 'at least 0 events in the observation window', controls: 2 },
      { rule: 'up to 10 controls for each case, nobody twice', cases: 1, controls: 2 },
    ]);
  });

  it('names nobody: pseudonyms hang on the salt', async () => {
    const lives = { 'Jane-Doe': { hf: [500, 510, 520], site: 'Springfield' }, other: {} };
    const cohort = await built(lives);
    expect(JSON.stringify(cohort)).not.toMatch(/Jane|other|Springfield/);
    expect(cohort.members[0].subject).toMatch(/^[0-9a-f]{16}$/);
    const salted = await built(lives, free, { salt: 'another' });
    expect(salted.members[0].subject).not.toBe(cohort.members[0].subject);
  });
});
