// Compares a cell of a table with what NumPy prints of it: `[ True False]`, `1.1657715e+06`, `Sirius`.
import type { TableColumn } from '../../../../data-adapters/formats/fits/index.ts';

type Flat = readonly (number | string)[];

/** Numbers in NumPy's text of an array or a scalar. */
const numbersIn = (text: string): number[] =>
  (text.match(/True|False|nan|[+-]?inf|[+-]?\d[\d.]*(?:e[+-]?\d+)?/gi) ?? []).map((word) =>
    word === 'True'
      ? 1
      : word === 'False'
        ? 0
        : Number(word.replace('inf', 'Infinity').replace('nan', 'NaN')),
  );

function cell(column: TableColumn, row: number): Flat {
  if (column.kind === 'variable') {
    const value = column.data[row];
    return typeof value === 'string' ? [value] : Array.from(value as Float64Array, Number);
  }
  const each = column.shape.reduce((a, b) => a * b, 1);
  const part = (column.data as Float64Array).subarray?.(row * each, (row + 1) * each);
  return part === undefined
    ? (column.data as readonly string[]).slice(row * each, (row + 1) * each)
    : Array.from(part, Number);
}

/** Texts in EXPECTED.json end after so many characters. */
const longestText = 60;

/** Our cell and theirs, as they would be equal; numbers to the digits that NumPy printed. */
export function cellText(column: TableColumn, row: number, text: string): [ours: Flat, theirs: Flat] {
  const ours = cell(column, row);
  if (typeof ours[0] === 'string') return [ours, [text]];
  const cut = text.length === longestText && !text.endsWith(']');
  const [start] = text.split('...');
  const theirs = cut ? numbersIn(start).slice(0, start === text ? -1 : undefined) : numbersIn(text);
  // NumPy shortens long arrays by an ellipsis, and prints 8 digits of arrays.
  const long = start === text ? ours : [...ours.slice(0, 3), ...ours.slice(-3)];
  const shown = cut ? long.slice(0, theirs.length) : long;
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-7 * Math.abs(b) + 1e-8;
  return [shown.map((value, i) => (near(value as number, theirs[i]) ? theirs[i] : value)), theirs];
}
