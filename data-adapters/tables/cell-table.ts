// A table as text: rows of cells as they stand, of words, dates and numbers alike, from any format that is read here. Other
// readers of this folder give numbers, which most sciences measure; this one is for tables whose meaning is not yet known.
import { UserError } from '../../core/errors.ts';
import { openTable } from './open-table.ts';
import type { Table } from './table.ts';

/** A row with another number of cells than there are columns. */
export interface UnevenRow {
  /** Its number in the table, from 1, the header aside. */
  readonly row: number;
  readonly cells: number;
}

/** Consecutive rows. */
export interface CellBlock {
  /** One text for each column; empty where nothing stands. */
  readonly rows: readonly (readonly string[])[];
  readonly uneven: readonly UnevenRow[];
  /** Place in the file after this block, in the table's unit. */
  readonly done: number;
}

/** A table that can be read from its beginning any number of times. */
export interface CellTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** End of {@link CellBlock.done}. */
  readonly size: number;
  readonly unit: 'bytes' | 'rows';
  blocks(signal?: AbortSignal): AsyncGenerator<CellBlock>;
}

export interface OpenCellsOptions {
  /** Whether the first line of a text names the columns; told by its cells when left out. */
  readonly header?: boolean;
}

/** A value of a typed format as text: nothing for null and NaN, ISO 8601 for dates. */
export function cellText(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value);
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  return typeof value === 'object'
    ? JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? Number(v) : v))
    : String(value);
}

/** Columns side by side as rows of texts. */
export const cellRows = (columns: readonly ArrayLike<unknown>[], from: number, to: number): string[][] =>
  Array.from({ length: to - from }, (_, i) => columns.map((values) => cellText(values[from + i])));

/** A table of numbers. */
const ofNumbers = ({ name, columns, size, unit, blocks }: Table): CellTable => ({
  name,
  columns,
  size,
  unit,
  async *blocks(signal) {
    const read = blocks({ columns, float64: columns, ...(signal ? { signal } : {}) });
    for await (const block of read) {
      const values = columns.map((column) => block.columns[column]);
      yield { rows: cellRows(values, 0, block.rows), uneven: [], done: block.done };
    }
  },
});

/** @throws UserError when two columns have one name */
function requireNames(table: CellTable): CellTable {
  const twice = table.columns.find((name, i) => table.columns.indexOf(name) !== i);
  if (twice === undefined) return table;
  throw new UserError({ what: `has two columns ${twice}`, where: table.name, how: 'rename one' });
}

/**
 * Opens a table of CSV or other delimited text (plain or gzipped), Parquet, Arrow, HDF5 or ROOT.
 *
 * @throws UserError when it is missing, empty, damaged, of none of these formats, or has two columns of one name
 */
export async function openCells(path: string, options: OpenCellsOptions = {}): Promise<CellTable> {
  const { formatOf } = await import('./table-format.ts');
  switch (await formatOf(path)) {
    case 'parquet':
      return requireNames(await (await import('./parquet-cells.ts')).parquetCells(path));
    case 'arrow':
      return requireNames(await (await import('./arrow-cells.ts')).arrowCells(path));
    case 'csv':
      return requireNames(await (await import('./csv-cells.ts')).csvCells(path, options));
    default:
      return requireNames(ofNumbers(await openTable(path)));
  }
}

/** The table with words that stand for nothing taken away. */
export function withoutWords(table: CellTable, words: readonly string[]): CellTable {
  if (words.length === 0) return table;
  const nothing: ReadonlySet<string> = new Set(words);
  return {
    ...table,
    async *blocks(signal) {
      for await (const block of table.blocks(signal)) {
        yield {
          ...block,
          rows: block.rows.map((cells) => cells.map((cell) => (nothing.has(cell) ? '' : cell))),
        };
      }
    },
  };
}
