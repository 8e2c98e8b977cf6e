// Records of simulated people written as a table of events, codes of the diagnosis and all, and read back as a source: the cohort that
// comes out is the one that was written.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silent } from '../../../core/progress.ts';
import { RandomStream } from '../../../core/random.ts';
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { Cohort } from '../../../data-adapters/heart-failure/cohort.ts';
import { domain } from '../../../domains/heart-failure/index.ts';
import { cohortOf } from '../../../domains/heart-failure/parts.ts';
import { simulateCohort } from '../../../domains/heart-failure/simulator/simulate-cohort.ts';
import { contextOf, tinyConfig, trainTiny } from './tiny-run.ts';

const day = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);

/** Rows subject, time, code, system, kind, birth, sex; every set on another day. */
function table({ members, concepts }: Cohort): string {
  const rows = ['subject,time,code,system,kind,birth_date,sex'];
  members.forEach(({ matchSet, isCase, sex, age, daysBefore, concepts: own }, row) => {
    const index = 15_000 + 3 * matchSet;
    const rest = `,${day(index - Math.round(age * 365.25))},${sex}`;
    const write = (at: number, code: string, system: string, kind: string) =>
      rows.push(`person ${row},${day(at)},${code},${system},${kind}${rest}`);
    own.forEach((concept, i) => {
      const { code, system, kind } = concepts[concept];
      write(index - Math.ceil(daysBefore[i]), code, system, kind);
    });
    for (const later of [0, 20, 50]) write(index + later, isCase ? '428.0' : '401.9', 'ICD9CM', 'diagnosis');
  });
  return rows.join('\n');
}

describe('a table of events as a source', () => {
  const config = tinyConfig({
    windows: [{ observation: 365, gap: 0 }],
    cohort: { match: { age: 1, controls: 3 }, controls: { firstEncounterWithin: null } },
    kinds: ['logistic', 'gru'],
    evaluation: { leadTimes: [0] },
    split: { chunks: 4 },
  });
  let folder: string;
  let path: string;
  let parts: Parts;
  const logged: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deepfield-heart-'));
    path = join(folder, 'events.csv');
    const { cohort } = await simulateCohort({
      cases: 40,
      controlsPerCase: 3,
      history: 600,
      random: new RandomStream(2, 'patients'),
      progress: silent,
      signal: new AbortController().signal,
    });
    await writeFile(path, table(cohort));
    parts = await domain.open(path, {
      ...contextOf(config),
      purpose: 'training',
      log: (line) => logged.push(line),
    });
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  it('finds every case, and controls of the same sex and age', () => {
    const { members, concepts, funnel } = cohortOf(parts);
    const cases = members.filter(({ isCase }) => isCase);
    // A case without a control of its age to a year is left out; there are 120 for 40.
    expect(cases.length).toBeGreaterThan(20);
    for (const { matchSet, sex, age } of cases) {
      for (const other of members.filter((own) => own.matchSet === matchSet)) {
        expect(other.sex).toBe(sex);
        // A year between their births, and a day for rounding to birthdays.
        expect(Math.abs(other.age - age)).toBeLessThan(1.01);
      }
    }
    expect(concepts.some(({ code }) => code === '428.0')).toBe(false);
    expect(funnel.at(-1)).toMatchObject({ cases: cases.length });
  });

  it('says who was left after each rule', () => {
    const { funnel } = cohortOf(parts);
    expect(logged[0]).toBe(`${funnel[0].rule}: ${funnel[0].subjects} people`);
    const last = funnel[funnel.length - 1];
    expect(logged[funnel.length - 1]).toBe(`${last.rule}: ${last.cases} cases, ${last.controls} controls`);
    expect(logged.join('\n')).not.toContain('person 0');
  });

  it('leaves no name of the source in what is kept', () => {
    const { subjects } = JSON.parse(
      new TextDecoder().decode(parts.about.column('text').data as Uint8Array),
    ) as { subjects: string[] };
    expect(subjects.every((subject) => /^[0-9a-f]+$/.test(subject))).toBe(true);
    expect(JSON.stringify(cohortOf(parts))).not.toContain('person');
  });

  it('trains, measures, and says that it is measured on few', async () => {
    const { models } = await trainTiny(parts, config);
    const evaluation = await domain.evaluate(parts, { ...contextOf(config), models });
    const [area] = evaluation.figures;
    expect(area.id).toBe('auc-365-gap-0-gru-one-hot');
    expect(area.note).toMatch(/^Measured on \d+ cases alone/);
    // Half a dozen cases say little: Newcombe's interval is a third wide at least.
    expect(area.high - area.low).toBeGreaterThan(0.3);
    expect(evaluation.curves.windows).toMatchObject([{ timelines: [] }]);

    const other = await domain.open(path, { ...contextOf(config), purpose: 'evaluation' });
    expect(other.members.splits.test).toHaveLength(other.members.rows);
    const measured = await domain.evaluate(other, { ...contextOf(config), models });
    // Nobody to be near to: the networks learnt from other files than these.
    expect(measured.figures[0].baselines?.map(({ id }) => id)).not.toContain('knn');
    expect(measured.figures[0].n).toBe(other.members.rows);
  }, 60_000);

  it('says which rule left nobody', async () => {
    const strict = tinyConfig({ cohort: { age: [20, 30] } });
    await expect(domain.open(path, { ...contextOf(strict), purpose: 'training' })).rejects.toThrow(
      /no case is left after the rule .age 20 to 30 at the index date/,
    );
  });

  it('says that there are too few for so many parts', async () => {
    const many = tinyConfig({
      windows: config.windows,
      cohort: config.cohort,
      split: { chunks: 200 },
    });
    await expect(domain.open(path, { ...contextOf(many), purpose: 'training' })).rejects.toThrow(
      /split\.chunks: the cohort has \d+ cases with controls, too few for 200 parts; lower it/,
    );
  });
});
