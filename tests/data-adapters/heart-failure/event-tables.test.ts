// The same story, see story.ts, as a plain table of events.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cohortOf, folderOf, lines, told } from './records-fixture.ts';
import { inIcd, persons, story, written } from './story.ts';

describe('events', () => {
  const rows = story.map(([id, date, icd], i) => [
    id,
    date,
    icd,
    'ICD-9-CM',
    persons[Number(id) - 1][1],
    persons[Number(id) - 1][2],
    `v${i}`,
  ]);
  it('are read from one file with the usual names', async () => {
    const folder = folderOf({
      'mine.csv': lines(
        'patient_id;date;code;vocabulary;birth_date;gender;visit',
        ...rows.map((row) => row.join(';')),
      ),
    });
    expect(told(await cohortOf(join(folder, 'mine.csv')))).toEqual(inIcd);
  });

  it('are read with the line ends, the mark and the row numbers of other programs', async () => {
    const text = [
      '\ufeff,subject,time,code,birth,sex',
      ...rows.map(([id, date, icd, , birth, sex], i) => `${i},${id},"${date}",${icd},${birth},${sex}`),
    ];
    const folder = folderOf({ 'mine.csv': text.map((line) => `${line}\r\n`).join('') });
    const cohort = await cohortOf(folder);
    expect(told(cohort)).toEqual(inIcd);
    expect(cohort.notes).toHaveLength(1);
  });

  it('are read with names that the configuration gives, persons beside them', async () => {
    const folder = folderOf({
      'events.csv': lines('nr,wann,was', ...story.map(([id, date, icd]) => `${id},${date},${icd}`)),
      'subjects.csv': lines('nr,birth,sex', ...persons.map((row) => row.join(','))),
    });
    const columns = { subject: 'nr', time: 'wann', code: 'was' };
    expect(told(await cohortOf(folder, {}, { columns }))).toEqual(inIcd);
  });

  it('are read from a database that alone is in a folder, persons among them', async () => {
    const folder = await written((path) => [
      `ATTACH '${join(path, 'mine.duckdb')}' AS mine`,
      `CREATE TABLE mine.events AS SELECT * FROM (VALUES ${rows.map(([id, date, icd, , birth, sex]) => `('${id}', DATE '${date}', '${icd}', DATE '${birth}', '${sex}')`).join(', ')}) t(patient, date, code, birth, sex)`,
    ]);
    expect(told(await cohortOf(folder))).toEqual(inIcd);
  });

  it('are read from where a server has them', async () => {
    const body = lines(
      'subject,time,code,birth,sex',
      ...rows.map(([id, date, icd, , birth, sex]) => [id, date, icd, birth, sex].join(',')),
    );
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/mine.csv' ? 200 : 404;
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      expect(told(await cohortOf(`http://127.0.0.1:${port}/mine.csv`))).toEqual(inIcd);
      await expect(cohortOf(`http://127.0.0.1:${port}/none.csv?key=secret`)).rejects.toThrow(
        /none.csv: the server answers 404/,
      );
    } finally {
      server.close();
    }
    await expect(cohortOf(`http://127.0.0.1:${port}/mine.csv`)).rejects.toThrow(
      /the server cannot be reached/,
    );
  });
});
