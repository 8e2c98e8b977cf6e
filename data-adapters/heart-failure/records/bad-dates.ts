// Dates that are none: how many, and the first of them with its file and row, which is what somebody needs to mend them. The row's
// person is not named.
import { UserError } from '../../../core/errors.ts';
import { type Column, time, timeText } from './columns.ts';
import { type Database, identifier, quote } from './database.ts';
import type { FoundTable } from './found-table.ts';

const shown = (value: string): string => JSON.stringify(value.slice(0, 40));

/** Where the first such date stands: `conditions.csv row 17`. Rows are counted without the header. */
async function firstPlace(
  database: Database,
  table: FoundTable,
  columns: readonly Column[],
): Promise<{ where: string; value: string } | undefined> {
  const alias = `FROM ${table.relation} AS ${identifier(table.name)}`;
  const bad = `${time(columns)} IS NULL AND ${timeText(columns)} IS NOT NULL`;
  if (!table.columns.has('source_file')) {
    const [row] = await database.rows<{ value: string }>(
      `SELECT ${timeText(columns)} AS value ${alias} WHERE ${bad} LIMIT 1`,
    );
    return row === undefined ? undefined : { where: table.where, value: row.value };
  }
  await database.run('SET preserve_insertion_order = true');
  const file = await database.rows<{ file: string }>(`SELECT min(source_file) AS file ${alias} WHERE ${bad}`);
  const [row] = await database.rows<{ line: bigint; value: string }>(
    `SELECT * FROM (SELECT row_number() OVER () AS line, ${timeText(columns)} AS value, ${time(columns)} AS day ${alias}
     WHERE source_file = ${quote(file[0].file)}) WHERE value IS NOT NULL AND day IS NULL ORDER BY line LIMIT 1`,
  );
  await database.run('SET preserve_insertion_order = false');
  return row === undefined ? undefined : { where: `${file[0].file} row ${row.line}`, value: row.value };
}

/**
 * @param count dates that are none @param total rows of the table
 * @returns a sentence for the notes
 * @throws UserError when more than half of the table's dates are none: they are in another format, then
 */
export async function badDates(
  database: Database,
  table: FoundTable,
  columns: readonly Column[],
  count: number,
  total: number,
): Promise<string> {
  const place = await firstPlace(database, table, columns);
  const example = place === undefined ? '' : `, the first in ${place.where}: ${shown(place.value)}`;
  if (2 * count > total) {
    throw new UserError({
      what: `${count} of ${total} dates are none that can be read${example}`,
      where: table.where,
      how: 'write them as 2013-05-23, 2013-05-23T14:30:00 or 20130523',
    });
  }
  return `${table.name}: ${count} rows with a date that cannot be read left out${example}`;
}
