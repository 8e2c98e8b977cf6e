// Tables in words: rows and columns, whatever file they are in.

import { UserError } from '../../core/errors.ts';
import { openTable, type Table } from '../tables/index.ts';
import { isUnnamed } from '../tables/unnamed.ts';
import { countLines } from './count-lines.ts';
import { countText, type Description, listText } from './description.ts';

const rowsText = (rows: number): string => `${countText(rows)} row${rows === 1 ? '' : 's'}`;

/** A file of several tables, of which none is meant unless it is named. */
const severalTables = (error: unknown): error is UserError =>
  error instanceof UserError && (error.how?.startsWith('name one') ?? false);

interface Reading {
  /** Whether it is text, whose lines are rows. */
  readonly text: boolean;
  readonly gzipped: boolean;
}

/** Bytes of a binary table without a count of its rows that is read to count them. */
const mostRead = 256 * 1024 * 1024;

async function rowsOf(
  table: Table,
  path: string,
  { text, gzipped, header }: Reading & { readonly header: boolean },
): Promise<string> {
  if (table.unit === 'rows') return rowsText(table.size);
  if (text) {
    const { lines, exact } = await countLines(path, gzipped);
    return `${exact ? '' : 'about '}${rowsText(Math.max(0, lines - (header ? 1 : 0)))}`;
  }
  if (table.size > mostRead) return 'too many rows to count at a glance';
  let rows = 0;
  for await (const block of table.blocks({ columns: table.columns.slice(0, 1) })) rows += block.rows;
  return rowsText(rows);
}

/** @param path may name what to read within the file: `events.root:tree` @throws UserError when it is no table */
export async function describeTable(
  path: string,
  format: string,
  { text, gzipped }: Reading,
): Promise<Description> {
  const table = await openTable(path).catch((error: unknown) => {
    if (severalTables(error)) return error;
    throw error;
  });
  if (table instanceof UserError) return { format, lines: [table.what] };
  const { columns, arrays } = table;
  const bare = isUnnamed(columns);
  const lines = [
    await rowsOf(table, path, { text, gzipped, header: !bare }),
    bare ? `${columns.length} columns without names (no header)` : listText(columns, 'column'),
  ];
  if (arrays !== undefined && arrays.size > 0) {
    lines.push(
      `arrays of any length: ${[...arrays].slice(0, 12).join(', ')}${arrays.size > 12 ? ', ...' : ''}`,
    );
  }
  return { format, lines };
}
