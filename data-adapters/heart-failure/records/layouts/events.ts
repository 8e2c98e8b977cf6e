// Events in one table of anybody's, CSV or Parquet: one file, or a folder with `events` and, where births and sexes stand apart,
// `subjects`. Columns are found by their usual names, or by those that the configuration gives.
import { UserError } from '../../../../core/errors.ts';
import { columnNames } from '../column-names.ts';
import { identifier } from '../database.ts';
import type { FoundTable } from '../found-table.ts';
import type { Layout } from '../layout.ts';
import { readFiles } from '../read-files.ts';

const tabular = ['csv', 'tsv', 'txt', 'parquet'];
const persons = ['subjects', 'patients', 'persons', 'subject', 'patient', 'person'];

/** The table with our names in place of its own. */
function renamed(table: FoundTable, given: Readonly<Record<string, string>>): FoundTable {
  const columns = new Map(table.columns);
  const selected: string[] = [];
  for (const [ours, others] of Object.entries(columnNames)) {
    const wanted = given[ours];
    const theirs =
      wanted === undefined ? [ours, ...others].find((name) => table.columns.has(name)) : wanted.toLowerCase();
    if (theirs === undefined) continue;
    if (!table.columns.has(theirs)) {
      if (wanted === undefined || table.name !== 'events') continue;
      throw new UserError({
        what: `has no column ${wanted} for ${ours}; it has ${[...table.columns.keys()].filter((name) => name !== 'source_file').join(', ')}`,
        where: table.where,
        how: 'name one of these',
      });
    }
    if (theirs !== ours) selected.push(`${identifier(theirs)} AS ${identifier(ours)}`);
    columns.set(ours, table.columns.get(theirs)!);
  }
  if (selected.length === 0) return table;
  const replaced = [...columns.keys()].filter(
    (name) => selected.some((each) => each.endsWith(` AS ${identifier(name)}`)) && table.columns.has(name),
  );
  const kept = replaced.length === 0 ? '*' : `* EXCLUDE (${replaced.map(identifier).join(', ')})`;
  return { ...table, columns, relation: `(SELECT ${kept}, ${selected.join(', ')} FROM ${table.relation})` };
}

/** Tables of events and of persons with our names of columns; persons are in the table of events where they have none of their own. */
export function eventTables(
  table: FoundTable,
  persons: FoundTable | undefined,
  columns: Readonly<Record<string, string>> = {},
): FoundTable[] {
  const unknown = Object.keys(columns).find((name) => columnNames[name] === undefined);
  if (unknown !== undefined) {
    throw new UserError({
      what: `there is no column ${unknown} of events`,
      how: `give names for ${Object.keys(columnNames).join(', ')}`,
    });
  }
  const own = renamed(table, columns);
  return [own, persons === undefined ? { ...own, name: 'subjects' } : renamed(persons, columns)];
}

export const events: Layout = {
  name: 'events',
  byContent: true,
  tables: { events: undefined, subjects: undefined },
  needs: [['events']],
  async find(files, database, { columns }) {
    const tables = files.filter(({ format }) => tabular.includes(format));
    const own =
      tables.length === 1
        ? tables
        : tables.filter(({ stem, folder }) => stem === 'events' || folder === 'events');
    if (own.length === 0) return undefined;
    const others = tables.filter((file) => !own.includes(file) && persons.includes(file.stem));
    const found = eventTables(
      await readFiles(database, 'events', own),
      others.length === 0 ? undefined : await readFiles(database, 'subjects', others),
      columns,
    );
    const whole = ['subject', 'time', 'code'].every((name) => found[0].columns.has(name));
    return whole || own[0].stem === 'events' ? found : undefined;
  },
  subjects: [
    {
      table: 'subjects',
      subject: 'subject',
      birth: ['birth'],
      death: ['death'],
      sex: ['sex'],
      site: 'site',
      repeats: true,
    },
  ],
  events: [
    {
      table: 'events',
      kind: 'diagnosis',
      kindColumn: 'kind',
      subject: 'subject',
      time: ['time'],
      codes: [
        { code: 'code', systemColumn: 'system', name: 'name' },
        { code: 'code', system: 'source', name: 'name' },
      ],
      value: 'value',
      encounter: 'encounter',
      site: 'site',
    },
  ],
};
