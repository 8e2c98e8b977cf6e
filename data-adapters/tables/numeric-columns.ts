// Which columns of a table hold numbers, and in which precision, by its first rows: text has no place in a table of scores.
import { UserError } from '../../core/errors.ts';
import type { NumberArray } from '../expressions/index.ts';
import type { Table } from './table.ts';
import { shortestFloat32 } from './write/csv-encoder.ts';

export interface NumericColumn {
  readonly name: string;
  /** `float32` where fractions lose nothing by it, as in files that were written from float32; whole numbers may grow. */
  readonly type: 'float32' | 'float64';
}

/** Whether float32 keeps a number: exactly, or as the shortest decimal that names the float32. */
const keepsSingle = (value: number): boolean => {
  const single = Math.fround(value);
  return single === value || Number(shortestFloat32(single)) === value;
};

/** Whether some of the numbers are fractions and float32 keeps all of them. */
function isSingle(values: NumberArray): boolean {
  let fractions = false;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (!keepsSingle(value)) return false;
    fractions ||= !Number.isInteger(value);
  }
  return fractions;
}

/** Columns of the first block by name; undefined where they cannot be read, or most of their rows cannot. */
async function firstBlock(
  table: Table,
  columns: readonly string[],
): Promise<Readonly<Record<string, NumberArray>> | undefined> {
  try {
    for await (const block of table.blocks({ columns, float64: columns })) {
      return block.bad.length <= block.rows ? block.columns : undefined;
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return undefined;
  }
  return Object.fromEntries(columns.map((name) => [name, new Float64Array(0)]));
}

/** The columns of numbers, in their order. One whose first rows are mostly text counts as text. */
export async function numericColumns(table: Table): Promise<NumericColumn[]> {
  const typed = (name: string, values: NumberArray): NumericColumn => ({
    name,
    type: isSingle(values) ? 'float32' : 'float64',
  });
  const together = await firstBlock(table, table.columns);
  if (together !== undefined) return table.columns.map((name) => typed(name, together[name]));
  const numeric: NumericColumn[] = [];
  for (const name of table.columns) {
    const block = await firstBlock(table, [name]);
    if (block !== undefined) numeric.push(typed(name, block[name]));
  }
  return numeric;
}
