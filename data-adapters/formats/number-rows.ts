// What readers of numeric text return: some rows of numbers with the lines they stood in, so that whoever finds a
// wrong value can say where it is.
import { UserError } from '../../core/errors.ts';

/** Consecutive rows of one table; all blocks of a table have the same number of columns. */
export interface NumberRows {
  /** Names of the columns, where the table has a header. */
  readonly header?: readonly string[];
  readonly rows: number;
  readonly columns: number;
  /** `rows * columns` numbers, row by row. NaN and infinities appear only where the text says `nan` or `inf`. */
  readonly values: Float64Array;
  /** Line of each row in the file, from 1. */
  readonly lines: Uint32Array;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const special: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '+inf': Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
};

/** The number that a text is, in decimal notation or as `nan`, `inf`; undefined when it is none. */
export function parseNumber(text: string): number | undefined {
  if (text === '1') return 1;
  if (text === '0') return 0;
  if (text === '-1') return -1;
  if (decimal.test(text)) return Number(text);
  const word = text.toLowerCase();
  return Object.hasOwn(special, word) ? special[word] : undefined;
}

/** The error for a cell that is no number. @param column from 1 */
export function notANumber(where: string, line: number, column: number, text: string): UserError {
  const shown = JSON.stringify(text.length > 24 ? `${text.slice(0, 24)}...` : text);
  return new UserError({
    what: `line ${line}, column ${column} is ${text === '' ? 'empty' : shown}, expected a number`,
    where,
    how: 'correct the value',
  });
}

/** The error for a row of another length than those before it. */
export function unevenRow(where: string, line: number, columns: number, expected: number): UserError {
  return new UserError({
    what: `line ${line} has ${columns} column${columns === 1 ? '' : 's'}, expected ${expected} as in the rows before`,
    where,
    how: 'give every row the same number of columns; the file may be cut off there',
  });
}

/** The error for a table without rows. */
export function noRows(where: string, size: number): UserError {
  return new UserError({
    what: size === 0 ? 'is empty' : 'holds no row of numbers',
    where,
    how: 'check that it was written to its end',
  });
}
