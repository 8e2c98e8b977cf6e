// Values of typed formats (Parquet, Arrow, ROOT, HDF5) as columns of numbers.
import { UserError } from '../../core/errors.ts';
import type { NumberArray } from '../expressions/index.ts';
import type { Codes, ReadOptions, TableBlock } from './table.ts';

/** Rows of a block of a typed format. */
export const blockRows = 16_384;

/** Integers count as themselves, true as 1, null as NaN, a text by the column's codes. @throws UserError for anything else */
function numberOf(
  value: unknown,
  codes: Codes | undefined,
  place: () => { where: string; what: string },
): number {
  if (typeof value === 'number' && codes === undefined) return value;
  if (value === null || value === undefined) return Number.NaN;
  if (codes !== undefined) {
    const word = String(value);
    if (Object.hasOwn(codes, word)) return codes[word];
    if (Object.hasOwn(codes, '*') && word !== '') return codes['*'];
  }
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return Number(value);
  const { where, what } = place();
  const kind = typeof value === 'string' ? JSON.stringify(value.slice(0, 24)) : 'no single number';
  const how =
    codes !== undefined
      ? `its words are ${Object.keys(codes).join(', ')}`
      : 'choose another column, or give the numbers its words stand for';
  throw new UserError({ what: `${what} is ${kind}`, where, how });
}

/** Converts one column's values. @param first row of the first value, from 0 */
export function toNumbers(
  values: ArrayLike<unknown>,
  column: string,
  first: number,
  where: string,
  { float64 = [], codes = {} }: Pick<ReadOptions, 'float64' | 'codes'>,
): NumberArray {
  const wide = float64.includes(column);
  const words = codes[column];
  if (words === undefined) {
    if (values instanceof Float32Array) return wide ? Float64Array.from(values) : values.slice();
    if (values instanceof Float64Array) return wide ? values.slice() : Float32Array.from(values);
  }
  const numbers = wide ? new Float64Array(values.length) : new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    numbers[i] = numberOf(values[i], words, () => ({
      where,
      what: `row ${first + i + 1}, column ${column}`,
    }));
  }
  return numbers;
}

/** A block of a typed format, where rows count from the table's first. @param first from 0 */
export function numbersBlock(
  first: number,
  rows: number,
  columns: Readonly<Record<string, NumberArray>>,
): TableBlock {
  const rowNumbers = Uint32Array.from({ length: rows }, (_, i) => first + i + 1);
  return { rows, rowNumbers, columns, bad: [], done: first + rows };
}

/** The error for a binary file that its reader could not make sense of. */
export function damagedFile(error: unknown, where: string, format: string, row?: number): UserError {
  if (error instanceof UserError) return error;
  const reason = String((error as Error | undefined)?.message ?? error).slice(0, 200);
  const place = row === undefined ? '' : ` after row ${row}`;
  return new UserError({
    what: `is damaged or truncated${place} (${format}: ${reason})`,
    where,
    how: 'copy or download it again',
    cause: error,
  });
}
