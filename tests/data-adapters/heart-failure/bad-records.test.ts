// Records that are wrong: what is said of them, and that nothing in it tells of a person.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseRecords } from '../../../data-adapters/heart-failure/open-cohort.ts';
import { cohortOf, folderOf, lines, told } from './records-fixture.ts';

const header = 'subject,time,code,system,birth,sex,death';
const good = [
  'SSN-1,2010-01-01,401.9,ICD9CM,1950-01-01,F,',
  'SSN-1,2011-01-01,428.0,ICD9CM,1950-01-01,F,',
  'SSN-1,2011-01-02,428.0,ICD9CM,1950-01-01,F,',
  'SSN-1,2011-01-03,428.0,ICD9CM,1950-01-01,F,',
  'SSN-2,2010-01-01,401.9,ICD9CM,1950-01-01,F,',
  'SSN-2,2012-01-02,401.9,ICD9CM,1950-01-01,F,',
];
const withRows = (...rows: readonly string[]): string =>
  join(folderOf({ 'events.csv': lines(header, ...good, ...rows) }), 'events.csv');
const notesWith = async (...rows: readonly string[]): Promise<string> => {
  const cohort = await cohortOf(withRows(...rows));
  expect(told(cohort)).toEqual(['case 61: 365 401.9', 'control 61: 365 401.9']);
  expect(JSON.stringify(cohort)).not.toContain('SSN-');
  return cohort.notes.join('\n');
};

describe('rows', () => {
  it('with a date that is none are counted, the first with its row and what stands there', async () => {
    expect(
      await notesWith(
        'SSN-2,2011-02-30,250.00,ICD9CM,1950-01-01,F,',
        'SSN-2,gestern,250.00,ICD9CM,1950-01-01,F,',
      ),
    ).toMatch(
      /events: 2 rows with a date that cannot be read left out, the first in .*events\.csv row 7: "2011-02-30"/,
    );
  });

  it('are refused when most of their dates are none', async () => {
    const path = join(
      folderOf({
        'events.csv': lines(header, ...good.map((row) => row.replace(/,(\d+)-(\d+)-(\d+),/, ',$2/$3/$1,'))),
      }),
      'events.csv',
    );
    await expect(cohortOf(path)).rejects.toThrow(
      /6 of 6 dates are none that can be read, the first in .* row 1: "01\/01\/2010"; write them as 2013-05-23/,
    );
  });

  it('without a date, a code or a person, before birth or after death, are counted', async () => {
    const notes = await notesWith(
      'SSN-2,,250.00,ICD9CM,1950-01-01,F,',
      'SSN-2,2010-02-01,,ICD9CM,1950-01-01,F,',
      ',2010-02-01,250.00,ICD9CM,1950-01-01,F,',
      'SSN-2,1949-12-31,250.00,ICD9CM,1950-01-01,F,',
      'SSN-3,2011-01-02,250.00,ICD9CM,1930-01-01,M,2011-01-01',
      'SSN-3,2011-01-01,250.00,ICD9CM,1930-01-01,M,2011-01-01',
    );
    for (const sentence of [
      'events: 1 rows without a date left out',
      'events: 1 rows without a code left out',
      '1 events of nobody left out',
      '1 events before birth left out',
      '1 events after death left out',
    ]) {
      expect(notes).toContain(sentence);
    }
  });

  it('of systems that are not known are kept and counted, as those that stand there twice', async () => {
    const notes = await notesWith(
      'SSN-3,2011-01-01,XYZ,Local,1930-01-01,M,',
      'SSN-3,2011-01-01,XYZ,Local,1930-01-01,M,',
    );
    expect(notes).toContain('2 events have codes of systems that are not known: Local (2)');
    expect(notes).toContain('1 events that stand in the source more than once taken once');
  });

  it('that do not fit their header are counted, and where the first is', async () => {
    expect(await notesWith('SSN-2,2010-02-01,250.00,ICD9CM,1950-01-01,F,,one,too many')).toContain(
      'events.csv: 1 lines that do not fit its header left out, the first is line 8',
    );
  });

  it('may come in any order', async () => {
    const rows = [
      ...good,
      'SSN-2,2010-01-02,250.00,ICD9CM,1950-01-01,F,',
      'SSN-4,2010-05-02,250.00,,1950-03-01,F,',
    ];
    const whole = join(folderOf({ 'events.csv': lines(header, ...rows) }), 'events.csv');
    const expected = await cohortOf(whole);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (shuffled) => {
        writeFileSync(whole, lines(header, ...shuffled));
        expect(await cohortOf(whole)).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  });
});

describe('persons', () => {
  const omop = (people: readonly string[], others: Readonly<Record<string, string>> = {}): string =>
    folderOf({
      'person.csv': lines('person_id,gender_concept_id,year_of_birth', ...people),
      'condition_occurrence.csv': lines(
        'person_id,condition_start_date,condition_source_value',
        ...good.map((row) => row.slice(4).split(',').slice(0, 3).join(',')),
        '9,2011-01-01,401.9',
      ),
      ...others,
    });

  it('that stand there twice, or are not listed, are counted', async () => {
    const { notes, members } = await cohortOf(omop(['1,8532,1950', '2,8532,1950', '2,8532,1951']));
    expect(members).toHaveLength(2);
    expect(notes).toContain('1 persons stand in the source more than once; each is taken once');
    expect(notes).toContain(
      '1 persons have more than one date of birth or sex; the earliest birth and the first sex by name are taken',
    );
    expect(notes).toContain('1 events of persons that the source does not list left out');
  });

  it('without a date of birth are counted, and are no members', async () => {
    const { notes, members } = await cohortOf(omop(['1,8532,1950', '2,8532,1950', '9,8532,']));
    expect(members).toHaveLength(2);
    expect(notes).toContain('1 persons without a date of birth');
  });

  it('are not there at all', async () => {
    await expect(cohortOf(omop([]))).rejects.toThrow(/holds no row|no person was found/);
  });
});

describe('sources', () => {
  it('that are of no known layout: what was looked for, and what was found', async () => {
    const failed = cohortOf(folderOf({ 'sales.csv': 'a,b\n1,2\n', 'deep/prices.parquet': 'PAR1' }));
    await expect(failed).rejects.toThrow(
      /is of no known layout; looked for Synthea CSV \(patients and .*FHIR.*; found deep\/prices.parquet, sales.csv;/,
    );
  });

  it('that lack a table: which', async () => {
    const failed = cohortOf(
      folderOf({ 'condition_occurrence.csv': 'person_id\n1\n', 'death.csv': 'person_id\n1\n' }),
    );
    await expect(failed).rejects.toThrow(
      /has tables of OMOP CDM \(death, condition_occurrence\) but no person; found/,
    );
  });

  it('that lack a column: which, and those that are there', async () => {
    const failed = cohortOf(
      folderOf({
        'patients.csv': 'Id,BIRTHDATE\n1,1950-01-01\n',
        'conditions.csv': 'START,CODE\n2010-01-01,1\n',
      }),
    );
    await expect(failed).rejects.toThrow(/conditions.csv: has no column PATIENT; it has start, code/);
  });

  it('with columns that the configuration names wrongly', async () => {
    await expect(cohortOf(withRows(), {}, { columns: { subject: 'nobody' } })).rejects.toThrow(
      /has no column nobody for subject; it has subject, time/,
    );
    await expect(cohortOf(withRows(), {}, { columns: { who: 'subject' } })).rejects.toThrow(
      /there is no column who of events/,
    );
  });

  it('that are missing, empty, or not what they are called', async () => {
    await expect(recogniseRecords('/nowhere/at/all')).rejects.toThrow(/no such file or folder/);
    await expect(recogniseRecords(folderOf({ 'README.md': '' }))).rejects.toThrow(/holds no health records/);
    const parquet = folderOf({
      'person.parquet': 'nothing of the kind',
      'condition_era.csv': 'person_id\n1\n',
    });
    await expect(recogniseRecords(parquet)).rejects.toThrow(/person.parquet: is no Parquet file/);
    const twice = folderOf({
      'person.csv': 'person_id\n1\n',
      'person.parquet': 'PAR1',
      'condition_era.csv': 'a\n1\n',
    });
    await expect(recogniseRecords(twice)).rejects.toThrow(
      /the table person is there both in Parquet and in CSV/,
    );
    const gzip = folderOf({ 'person.csv': 'person_id\n1\n' });
    writeFileSync(join(gzip, 'condition_era.csv.gz'), 'not compressed');
    await expect(recogniseRecords(gzip)).rejects.toThrow(/condition_era.csv.gz: is no gzip file/);
    const bare = folderOf({ 'person.csv': '1,2,3\n', 'condition_era.csv': 'person_id\n1\n' });
    await expect(recogniseRecords(bare)).rejects.toThrow(/person.csv: has no header, and its 3 columns/);
  });

  it('that were cut off: no stack, and nothing of what they hold', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, i) => `SSN-${(i * 7919) % 10_007},2011-01-01,${i},ICD9CM,1950-01-01,F,`,
    );
    const folder = folderOf({ 'events.csv': '' });
    const whole = gzipSync(lines(header, ...rows));
    writeFileSync(join(folder, 'events.csv.gz'), whole.subarray(0, whole.length - 5000));
    const failed = cohortOf(join(folder, 'events.csv.gz'));
    await expect(failed).rejects.toThrow(/events.csv.gz: is cut off or damaged; copy it anew/);
    const json = folderOf({
      'Condition.ndjson':
        '{"resourceType": "Condition", "subject": {"reference": "Patient/SSN-1"}}\n{"resourceType": "Cond',
    });
    await expect(cohortOf(json)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.not.stringContaining('SSN'),
    });
  });

  it('without a case or without a control: the funnel, and the rule that emptied it', async () => {
    const nobody = cohortOf(withRows(), { codes: { ICD10CM: ['I50*'] } });
    await expect(nobody).rejects.toThrow(
      /no case is left after the rule “a qualifying code” \(everybody in the source: 2 > .*check cohort.codes/,
    );
    const men = good.map((row) => (row.startsWith('SSN-2') ? row.replace(',F,', ',M,') : row));
    const alone = cohortOf(folderOf({ 'events.csv': lines(header, ...men) }));
    await expect(alone).rejects.toThrow(
      /no control is left after the rule “not a case, and a case’s sex, age within 1 years” \(.* 0 controls/,
    );
    const noClinic = cohortOf(withRows(), { match: { site: true } });
    await expect(noClinic).rejects.toThrow(/cohort.match.site: the source names no clinics/);
  });

  it('may be given up', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(cohortOf(withRows(), {}, { signal: stop.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('are given memory in units of bytes', async () => {
    await expect(cohortOf(withRows(), {}, { memory: 'much' })).rejects.toThrow(/much is no amount of memory/);
  });
});
