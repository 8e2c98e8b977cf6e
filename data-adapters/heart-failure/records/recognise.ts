// Whose layout a source has: by the tables that are there, and by what is in its files where names do not tell.
import { UserError } from '../../../core/errors.ts';
import { pathKind } from '../../formats/source-file.ts';
import { attachedTables, isDuckDb, isPostgres } from './attach.ts';
import type { Database } from './database.ts';
import { type DataFile, dataFiles, type FoundTable } from './found-table.ts';
import type { FindOptions, Layout } from './layout.ts';
import { events, eventTables } from './layouts/events.ts';
import { fhir } from './layouts/fhir.ts';
import { meds } from './layouts/meds.ts';
import { mimic } from './layouts/mimic.ts';
import { omop } from './layouts/omop.ts';
import { synpuf } from './layouts/synpuf.ts';
import { synthea } from './layouts/synthea.ts';
import { readFiles } from './read-files.ts';

/** In the order in which they are tried: those that are known by their names first. */
export const layouts: readonly Layout[] = [synthea, omop, mimic, synpuf, fhir, meds, events];

export interface Recognised {
  readonly layout: Layout;
  readonly tables: ReadonlyMap<string, FoundTable>;
}

/** Files by the table of the layout that they are of. */
function filesOf(layout: Layout, files: readonly DataFile[]): Map<string, DataFile[]> {
  const found = new Map<string, DataFile[]>();
  const tabular = files.filter(({ format }) => ['csv', 'tsv', 'txt', 'parquet'].includes(format));
  for (const [name, pattern] of Object.entries(layout.tables)) {
    const wanted = pattern ?? new RegExp(`^${name}$`, 'i');
    const byName = tabular.filter(
      ({ stem }) => wanted.test(stem) || wanted.test(stem.replace(/[-_.]?\d+$/, '')),
    );
    const own = byName.length > 0 ? byName : tabular.filter(({ folder }) => wanted.test(folder));
    if (own.length > 0) found.set(name, own);
  }
  return found;
}

const meets = (layout: Layout, has: (name: string) => boolean): boolean =>
  layout.needs.every((group) => group.some(has));

const shortList = (names: readonly string[]): string =>
  names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`;

function unknown(
  source: string,
  found: readonly string[],
  has: (layout: Layout) => (name: string) => boolean,
): UserError {
  const near = layouts
    .filter((layout) => layout !== events)
    .map((layout) => ({ layout, names: Object.keys(layout.tables).filter(has(layout)) }))
    .filter(({ names }) => names.length > 0)
    .sort((a, b) => b.names.length - a.names.length)[0];
  if (near !== undefined) {
    const lacking = near.layout.needs.filter((group) => !group.some(has(near.layout)));
    return new UserError({
      what: `has tables of ${near.layout.name} (${near.names.join(', ')}) but no ${lacking.map((group) => group.join(' or ')).join(', and no ')}; found ${shortList(found)}`,
      where: source,
      how: 'put the missing table beside them',
    });
  }
  const looked = layouts.map(
    ({ name, needs }) => `${name} (${needs.map((group) => group.join('|')).join(' and ')})`,
  );
  return new UserError({
    what: `is of no known layout; looked for ${looked.join('; ')}; found ${shortList(found)}`,
    where: source,
    how: 'give a folder of one of these, or one CSV or Parquet file of events with columns subject, time, code and system',
  });
}

async function recogniseFiles(database: Database, source: string, options: FindOptions): Promise<Recognised> {
  const files = await dataFiles(source);
  const byName = layouts
    .filter(({ byContent }) => byContent !== true)
    .map((layout) => ({ layout, found: filesOf(layout, files) }))
    .filter(({ layout, found }) => meets(layout, (name) => found.has(name)))
    .sort((a, b) => b.found.size - a.found.size)[0];
  if (byName !== undefined && byName.layout.find === undefined) {
    const tables = new Map<string, FoundTable>();
    for (const [name, own] of byName.found) {
      tables.set(name, await readFiles(database, name, own, byName.layout.headerless?.[name]));
    }
    const read = new Set([...byName.found.values()].flat());
    const unread = files.filter((file) => !read.has(file)).map(({ stem }) => stem);
    if (unread.length > 0) options.notes.push(`tables that are not read: ${shortList([...new Set(unread)])}`);
    return { layout: byName.layout, tables };
  }
  for (const layout of byName === undefined
    ? layouts.filter(({ byContent }) => byContent === true)
    : [byName.layout]) {
    const found = await layout.find?.(files, database, options);
    if (found === undefined) continue;
    const tables = new Map(found.map((table) => [table.name, table]));
    if (meets(layout, (name) => tables.has(name))) return { layout, tables };
  }
  const has = (layout: Layout): ((name: string) => boolean) => {
    const found = filesOf(layout, files);
    return (name) => found.has(name);
  };
  throw unknown(
    source,
    files.map(({ path }) => path.slice(source.length).replace(/^[/\\]/, '') || path),
    has,
  );
}

/** The file of DuckDB's that a source is, or that alone is in it. */
async function databaseOf(source: string): Promise<string | undefined> {
  if ((await pathKind(source)) === 'file') return (await isDuckDb(source)) ? source : undefined;
  const files = await dataFiles(source);
  const [first] = files;
  return files.length === 1 && (await isDuckDb(first.path)) ? first.path : undefined;
}

function recogniseTables(source: string, found: readonly FoundTable[], { columns }: FindOptions): Recognised {
  const names = new Set(found.map(({ name }) => name));
  const has = (layout: Layout) => (name: string) => layout.tables[name] === undefined && names.has(name);
  const size = (layout: Layout): number => Object.keys(layout.tables).filter(has(layout)).length;
  const [layout] = layouts
    .filter((each) => each.find === undefined || each === events)
    .filter((each) => meets(each, has(each)))
    .sort((a, b) => size(b) - size(a));
  if (layout === undefined) throw unknown(source, [...names], has);
  const byName = new Map(
    found.filter(({ name }) => name in layout.tables).map((table) => [table.name, table]),
  );
  const tables =
    layout === events
      ? eventTables(byName.get('events')!, byName.get('subjects'), columns)
      : [...byName.values()];
  return { layout, tables: new Map(tables.map((table) => [table.name, table])) };
}

/** @throws UserError for a source of no known layout, which says what was looked for and what was found */
export async function recognise(
  database: Database,
  source: string,
  options: FindOptions,
): Promise<Recognised> {
  const attached = isPostgres(source) ? source : await databaseOf(source);
  if (attached === undefined) return recogniseFiles(database, source, options);
  return recogniseTables(source, await attachedTables(database, attached), options);
}
