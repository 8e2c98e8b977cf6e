// Which columns of a table hold numbers, by its first rows: text columns have no place in a table of scores.
import { UserError } from '../../core/errors.ts';
import type { Table } from './table.ts';

/** Whether the first block of some columns can be read, in most of its rows. */
async function readable(table: Table, columns: readonly string[]): Promise<boolean> {
  try {
    for await (const { rows, bad } of table.blocks({ columns })) return bad.length <= rows;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return false;
  }
  return true;
}

/** The columns of numbers, in their order. One whose first rows are mostly text counts as text. */
export async function numericColumns(table: Table): Promise<string[]> {
  if (await readable(table, table.columns)) return [...table.columns];
  const numeric: string[] = [];
  for (const column of table.columns) if (await readable(table, [column])) numeric.push(column);
  return numeric;
}
