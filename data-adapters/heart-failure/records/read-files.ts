// Files as one table of DuckDB's. CSV is read as text, so that a date that is none can be counted and shown; rows that do not fit
// their header go to DuckDB's table of rejects.
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../../core/errors.ts';
import { readError } from '../../../core/files/read-error.ts';
import { type CsvStart, csvStart } from '../../tables/csv-header.ts';
import { type Database, quote } from './database.ts';
import type { DataFile, FoundTable } from './found-table.ts';

const startBytes = 65_536;

/** The first bytes, decompressed. */
async function fileStart(file: DataFile): Promise<Uint8Array> {
  const raw = createReadStream(file.path, { highWaterMark: startBytes });
  const stream = file.gzipped ? raw.pipe(createGunzip()) : raw;
  raw.on('error', (error) => stream.destroy(error));
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of stream) {
      pieces.push(piece as Buffer);
      length += (piece as Buffer).length;
      if (length >= startBytes) break;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!code.startsWith('Z_')) throw await readError(error, file.path);
    if (length === 0) {
      throw new UserError({
        what: 'is no gzip file',
        where: file.path,
        how: 'check how it came here',
        cause: error,
      });
    }
  } finally {
    raw.destroy();
  }
  return Buffer.concat(pieces);
}

/** Rows of the text's beginning, whole lines only. */
function sampleRows(bytes: Uint8Array, delimiter: string): string[][] {
  const lines = Buffer.from(bytes).toString('utf8').split(/\r?\n/);
  return (bytes.length < startBytes ? lines : lines.slice(0, -1))
    .filter((line) => line !== '')
    .slice(0, 500)
    .map((line) => line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')));
}

/** Whether rows can be of these columns: as many, and a whole number wherever a column's name says so. */
const fits = (rows: readonly (readonly string[])[], columns: readonly string[]): boolean =>
  rows.every(
    (row) =>
      row.length === columns.length &&
      columns.every((name, i) => !/_id$|^year_/.test(name) || /^-?\d*$/.test(row[i])),
  );

/** A column of row numbers, as pandas writes one, has no name; the line is a header nevertheless. */
function startOf(bytes: Uint8Array, where: string): CsvStart {
  const start = csvStart(bytes, where);
  const words = start.cells.filter((cell) => cell !== '');
  const named = words.length > 0 && words.every((cell) => /^[A-Za-z_]/.test(cell));
  return named && !start.header && start.cells[0] === '' ? csvStart(bytes, where, true) : start;
}

async function csvRelation(
  file: DataFile,
  headerless: readonly (readonly string[])[],
): Promise<{ key: string; columns: readonly string[]; relation: (paths: readonly string[]) => string }> {
  const bytes = await fileStart(file);
  const { delimiter, cells, header } = startOf(bytes, file.path);
  const rows = sampleRows(bytes, delimiter);
  const columns = header
    ? cells.map((cell, i) => cell.toLowerCase() || `column_${i}`)
    : headerless.find((each) => fits(rows, each));
  if (columns === undefined) {
    throw new UserError({
      what: `has no header, and its ${cells.length} columns are not those of any table that is known by its order`,
      where: file.path,
      how: 'write the names of the columns into its first line',
    });
  }
  const twice = columns.find((name, i) => columns.indexOf(name) < i);
  if (twice !== undefined) throw new UserError({ what: `has two columns ${twice}`, where: file.path });
  const text = Buffer.from(bytes).toString('utf8');
  const sign = delimiter === '\t' && !/(^|[\t\n])"/.test(text) ? '' : '"';
  const types = columns.map((name) => `${quote(name)}: 'VARCHAR'`).join(', ');
  const options = `auto_detect = false, delim = ${quote(delimiter)}, quote = ${quote(sign)}, escape = ${quote(sign)}, header = ${header}, columns = {${types}}, store_rejects = true, filename = 'source_file'`;
  return {
    key: options,
    columns,
    relation: (paths) => `read_csv([${paths.map(quote).join(', ')}], ${options})`,
  };
}

/** Names and types of what a relation gives. */
export async function columnsOf(database: Database, relation: string): Promise<Map<string, string>> {
  const rows = await database.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM ${relation}`,
  );
  return new Map(rows.map(({ column_name, column_type }) => [column_name.toLowerCase(), column_type]));
}

/**
 * One table of one or several files.
 *
 * @param headerless columns of such a table where the first line names none, in several versions
 * @throws UserError for what is no table
 */
export async function readFiles(
  database: Database,
  name: string,
  files: readonly DataFile[],
  headerless: readonly (readonly string[])[] = [],
): Promise<FoundTable> {
  const paths = files.map(({ path }) => path);
  const where = paths.length === 1 ? paths[0] : `${paths[0]} and ${paths.length - 1} more`;
  const parquet = files.filter(({ format }) => format === 'parquet');
  if (parquet.length === files.length) {
    const relation = `read_parquet([${paths.map(quote).join(', ')}], union_by_name = true)`;
    const columns = await columnsOf(database, relation).catch((error) => {
      throw new UserError({ what: 'is no Parquet file', where, how: 'check how it came here', cause: error });
    });
    return { name, relation, columns, files: paths, where };
  }
  if (parquet.length > 0) {
    throw new UserError({
      what: `the table ${name} is there both in Parquet and in CSV`,
      where: parquet[0].path,
      how: 'take one of them away',
    });
  }
  const groups = new Map<string, { paths: string[]; relation: (paths: readonly string[]) => string }>();
  const columns = new Set<string>();
  for (const file of files) {
    const csv = await csvRelation(file, headerless);
    for (const column of csv.columns) columns.add(column);
    const group = groups.get(csv.key) ?? { paths: [], relation: csv.relation };
    group.paths.push(file.path);
    groups.set(csv.key, group);
  }
  const parts = [...groups.values()].map((group) => `SELECT * FROM ${group.relation(group.paths)}`);
  const relation = parts.length === 1 ? parts[0] : parts.join(' UNION ALL BY NAME ');
  return {
    name,
    relation: `(${relation})`,
    columns: new Map([...columns, 'source_file'].map((column) => [column, 'VARCHAR'])),
    files: paths,
    where,
  };
}
