// Rows that wait until they fill a group: blocks come in any length, groups have one.
import type { NumberArray } from '../../expressions/index.ts';
import { groupRows } from './table-writer.ts';

export class Float64Rows {
  rows = 0;
  private readonly columns: Float64Array[];

  constructor(private readonly names: readonly string[]) {
    this.columns = names.map(() => new Float64Array(groupRows));
  }

  get isFull(): boolean {
    return this.rows === groupRows;
  }

  /** Takes rows start ... end-1 as far as there is room. @returns how many */
  append(values: Readonly<Record<string, NumberArray>>, start: number, end: number): number {
    const count = Math.min(end - start, groupRows - this.rows);
    this.names.forEach((name, i) => {
      const column = Object.hasOwn(values, name) ? values[name] : undefined;
      if (column === undefined || column.length < end) {
        throw new RangeError(`TableWriter: expected ${end} rows of ${name}, got ${column?.length ?? 'none'}`);
      }
      this.columns[i].set(column.subarray(start, start + count), this.rows);
    });
    this.rows += count;
    return count;
  }

  /** The rows, which may be overwritten by the next. */
  take(): Float64Array[] {
    const { rows } = this;
    this.rows = 0;
    return this.columns.map((column) => column.subarray(0, rows));
  }
}
