// What stands in one column of a table: how much is missing, how much of it is numbers or dates, and how its values repeat.
import { daysOf, isMissing, numberOf } from './cell-values.ts';

export interface ColumnProfile {
  readonly name: string;
  readonly rows: number;
  readonly missing: number;
  /** Of the cells that are not missing: numbers, whole numbers, and those of them that begin with a 0 as codes do. */
  readonly numbers: number;
  readonly integers: number;
  readonly zeroLed: number;
  /** Dates, which may be whole numbers too: 20240131. */
  readonly dates: number;
  /** How often each different value stands there, the most frequent first. */
  readonly values: ReadonlyMap<string, number>;
  /** Mean number of letters of those that are not missing. */
  readonly letters: number;
  /** Numbers that never fall from row to row. */
  readonly rising: boolean;
  /** The first cell that is neither missing nor a number. */
  readonly firstText?: { readonly row: number; readonly cell: string };
}

/** Cells that are not missing. */
export const presentIn = ({ rows, missing }: ColumnProfile): number => rows - missing;

/** Of all rows, those that have the most frequent value. */
export const greatestShare = (profile: ColumnProfile): number => {
  const [count = 0] = profile.values.values();
  return presentIn(profile) === 0 ? 1 : count / presentIn(profile);
};

export function profileColumn(name: string, cells: readonly string[]): ColumnProfile {
  const counts = new Map<string, number>();
  let [missing, numbers, integers, zeroLed, dates, letters] = [0, 0, 0, 0, 0, 0];
  let [last, rising] = [Number.NEGATIVE_INFINITY, true];
  let firstText: ColumnProfile['firstText'];
  for (const [i, cell] of cells.entries()) {
    if (isMissing(cell)) {
      missing += 1;
      continue;
    }
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
    letters += cell.length;
    if (daysOf(cell) !== undefined) dates += 1;
    const number = numberOf(cell);
    if (number !== undefined) {
      numbers += 1;
      if (Number.isInteger(number)) integers += 1;
      if (/^0\d+$/.test(cell)) zeroLed += 1;
      if (number < last) rising = false;
      last = number;
      continue;
    }
    firstText ??= { row: i + 1, cell };
  }
  const values = new Map([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
  const present = cells.length - missing;
  return {
    name,
    rows: cells.length,
    missing,
    numbers,
    integers,
    zeroLed,
    dates,
    values,
    letters: present === 0 ? 0 : letters / present,
    rising: rising && numbers > 0,
    ...(firstText ? { firstText } : {}),
  };
}
