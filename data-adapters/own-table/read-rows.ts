// A whole table by its schema: features and targets as numbers, in memory.
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import type { CellTable } from '../tables/cell-table.ts';
import { isMissing, numberOf } from './cell-values.ts';
import { rowEncoder } from './row-codes.ts';
import { featuresOf, type TableSchema } from './schema.ts';

export interface TableRows {
  readonly rows: number;
  /** Rows x features. */
  readonly features: Float32Array;
  /** Number of the class, or the number itself. */
  readonly target: Float32Array;
  /** Rows with the same number stay together: of one group, or copies of one another. */
  readonly group: Int32Array;
  readonly counts: {
    readonly read: number;
    readonly uneven: number;
    readonly withoutTarget: number;
    readonly otherClasses: number;
  };
}

/** A growing array of numbers. */
class Growing {
  data = new Float32Array(1024);
  length = 0;

  /** Room for some more; where they begin. */
  extend(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.data.length) {
      const larger = new Float32Array(Math.max(this.length, 2 * this.data.length));
      larger.set(this.data);
      this.data = larger;
    }
    return at;
  }

  finish(): Float32Array {
    return this.data.slice(0, this.length);
  }
}

/** @throws UserError when a column of the schema is not in the table, with near names */
export function requireColumns(wanted: readonly string[], columns: readonly string[], where: string): void {
  const absent = wanted.find((name) => !columns.includes(name));
  if (absent === undefined) return;
  const near = nearest(absent, columns);
  throw new UserError({
    what: `no column ${absent}`,
    where,
    how:
      near.length > 0
        ? `did you mean ${near.join(' or ')}? rename it in the file`
        : `its columns are ${columns.slice(0, 12).join(', ')}${columns.length > 12 ? ', ...' : ''}`,
  });
}

/** From a cell to its class or number; undefined for a row that cannot be used. */
function targetReader({ task, classes }: TableSchema): (cell: string) => number | undefined {
  if (task === 'regression') return numberOf;
  const codes = new Map(classes.map((word, code) => [word, code]));
  return (cell) => codes.get(cell);
}

/** @throws UserError for missing columns, and when no row is left */
export async function readRows(
  table: CellTable,
  schema: TableSchema,
  {
    signal,
    onProgress,
  }: { readonly signal?: AbortSignal; readonly onProgress?: (done: number) => void } = {},
): Promise<TableRows> {
  const { target, group } = schema;
  const named = [target, ...(group === '' ? [] : [group]), ...featuresOf(schema).map(({ name }) => name)];
  requireColumns(named, table.columns, table.name);
  const { width, encode } = rowEncoder(schema, table.columns);
  const [targetPlace, groupPlace] = [table.columns.indexOf(target), table.columns.indexOf(group)];
  const readTarget = targetReader(schema);
  const [features, targets] = [new Growing(), new Growing()];
  const groups: number[] = [];
  const groupNumbers = new Map<string, number>();
  let [read, uneven, withoutTarget, otherClasses] = [0, 0, 0, 0];
  for await (const block of table.blocks(signal)) {
    uneven += block.uneven.length;
    for (const cells of block.rows) {
      read += 1;
      const cell = cells[targetPlace];
      const value = readTarget(cell);
      if (value === undefined) {
        if (isMissing(cell) || schema.task === 'regression') withoutTarget += 1;
        else otherClasses += 1;
        continue;
      }
      const place = targets.extend(1);
      targets.data[place] = value;
      const at = features.extend(width);
      encode(cells, features.data, at);
      // An unnamed group holds its row alone.
      const own = groupPlace < 0 ? features.data.subarray(at, at + width).join() : cells[groupPlace];
      const key = groupPlace >= 0 && isMissing(own) ? `\u0000${read}` : own;
      const number = groupNumbers.get(key) ?? groupNumbers.size;
      groupNumbers.set(key, number);
      groups.push(number);
    }
    onProgress?.(block.done);
  }
  if (targets.length === 0) {
    throw new UserError({
      what: `no row is left of ${read}`,
      where: table.name,
      how: `${withoutTarget} have no ${target}${otherClasses > 0 ? `, ${otherClasses} are of other classes than ${schema.classes.join(', ')}` : ''}`,
    });
  }
  return {
    rows: targets.length,
    features: features.finish(),
    target: targets.finish(),
    group: Int32Array.from(groups),
    counts: { read, uneven, withoutTarget, otherClasses },
  };
}
