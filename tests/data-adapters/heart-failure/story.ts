// One story that is told in every layout. A woman born on 1950-01-01 has hypertension (2010-01-01), diabetes (2010-06-01), and heart failure at three
// encounters (2011-03-01, -04-01, -05-01); another, born on 1950-07-01, has hypertension (2010-01-15), a high cholesterol (2010-07-01), and is
// seen again (2011-03-15); a man, born on 1950-01-01, has hypertension (2010-01-01) and is seen again (2011-03-15). By hand: the index date is
// 2011-03-01, 424 and 273 days after the first woman's entries, 410 and 243 days after the other's.
import { Database } from '../../../data-adapters/heart-failure/records/database.ts';
import { folderOf } from './records-fixture.ts';

export const story: readonly (readonly [person: string, date: string, icd: string, snomed: string])[] = [
  ['1', '2010-01-01', '401.9', '59621000'],
  ['1', '2010-06-01', '250.00', '44054006'],
  ['1', '2011-03-01', '428.0', '88805009'],
  ['1', '2011-04-01', '428.0', '88805009'],
  ['1', '2011-05-01', '428.0', '88805009'],
  ['2', '2010-01-15', '401.9', '59621000'],
  ['2', '2010-07-01', '272.4', '55822004'],
  ['2', '2011-03-15', '401.9', '59621000'],
  ['3', '2010-01-01', '401.9', '59621000'],
  ['3', '2011-03-15', '401.9', '59621000'],
];
export const persons = [
  ['1', '1950-01-01', 'F'],
  ['2', '1950-07-01', 'F'],
  ['3', '1950-01-01', 'M'],
] as const;
export const inIcd = ['case 61: 424 401.9, 273 250.00', 'control 60: 410 401.9, 243 272.4'];
export const inSnomed = ['case 61: 424 59621000, 273 44054006', 'control 60: 410 59621000, 243 55822004'];
export const plain = (code: string): string => code.replace('.', '');

/** Runs SQL that writes a file of DuckDB's. */
export async function written(sql: (folder: string) => readonly string[]): Promise<string> {
  const folder = folderOf({ 'README.md': '' });
  const database = await Database.open({ threads: 1, memory: '200MB' });
  for (const statement of sql(folder)) await database.run(statement);
  await database.close();
  return folder;
}
