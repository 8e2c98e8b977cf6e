// The one shape every adapter returns: named typed arrays of equal row count, row numbers by split, and where it all
// came from. It knows no file format (formats/) and no science (domains/).
import type { RandomStream } from '../core/random.ts';

/** Storage of a column's numbers. */
export type ColumnData = Float32Array | Float64Array | Int8Array | Uint8Array | Int32Array;

/** One named quantity: `data` holds rows x prod(shape) numbers, row-major. */
export interface Column {
  readonly data: ColumnData;
  /** Shape of one row's value: `[]` for a scalar, `[L, L]` for a lattice. */
  readonly shape: readonly number[];
}

export const splitNames = ['train', 'validation', 'test'] as const;
export type SplitName = (typeof splitNames)[number];

/** A file that was read, so that a result can be traced to its bytes. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Where a dataset came from and what was done to it; written to `data.json`. */
export interface Provenance {
  readonly kind: 'simulated' | 'files';
  /** One line: `Wolff cluster sampling of the square Ising model` or the folder that was read. */
  readonly source: string;
  readonly seed?: number;
  readonly files?: readonly SourceFile[];
  /** Names of the classes that labels count from 0, where the data give them. */
  readonly classes?: readonly string[];
  /** Words that other numbers of the data stand for, counted from 0: codes of events, say. */
  readonly codes?: readonly string[];
  /** Everything done to the raw data on the way, one sentence each (`each configuration flipped with probability 1/2`). */
  readonly notes: readonly string[];
}

/** Some rows of a dataset, copied together. */
export interface Batch {
  /** Rows in this batch. The last one of an epoch may be smaller. */
  readonly size: number;
  readonly columns: Readonly<Record<string, Column>>;
}

export interface BatchOptions {
  readonly split: SplitName;
  readonly batchSize: number;
  /** Columns to copy; all by default. */
  readonly columns?: readonly string[];
  /** Shuffles the rows with this stream; file order when left out. */
  readonly shuffle?: RandomStream;
}

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Named columns of equal row count with their splits and provenance. */
export class Dataset {
  readonly rows: number;

  /**
   * @param columns each with `rows * prod(shape)` numbers
   * @param splits row numbers of each split; disjoint, which is checked
   * @throws RangeError when lengths disagree or a row stands in two splits
   */
  constructor(
    readonly columns: Readonly<Record<string, Column>>,
    readonly splits: Readonly<Record<SplitName, Uint32Array>>,
    readonly provenance: Provenance,
  ) {
    const counts = Object.entries(columns).map(
      ([name, c]) => [name, c.data.length / product(c.shape)] as const,
    );
    const rows = counts[0]?.[1] ?? 0;
    for (const [name, count] of counts) {
      if (count !== rows)
        throw new RangeError(`Dataset: expected ${rows} rows in column ${name}, got ${count}`);
    }
    this.rows = rows;
    const owner = new Uint8Array(rows);
    for (const name of splitNames) {
      for (const row of splits[name]) {
        if (row >= rows) throw new RangeError(`Dataset: split ${name} names row ${row} of ${rows}`);
        if (owner[row] !== 0) throw new RangeError(`Dataset: row ${row} stands in two splits`);
        owner[row] = 1;
      }
    }
  }

  /** The column, or a RangeError that lists those there are. */
  column(name: string): Column {
    const column = this.columns[name];
    if (column === undefined) {
      throw new RangeError(`Dataset: no column ${name}; there are ${Object.keys(this.columns).join(', ')}`);
    }
    return column;
  }

  /** The given rows of the given columns, copied together. */
  take(rows: ArrayLike<number>, columns: readonly string[] = Object.keys(this.columns)): Batch {
    const taken: Record<string, Column> = {};
    for (const name of columns) {
      const { data, shape } = this.column(name);
      const width = product(shape);
      const copy = new (data.constructor as { new (n: number): ColumnData })(rows.length * width);
      for (let i = 0; i < rows.length; i++) {
        const start = rows[i] * width;
        copy.set(data.subarray(start, start + width) as never, i * width);
      }
      taken[name] = { data: copy, shape };
    }
    return { size: rows.length, columns: taken };
  }

  /** One pass over a split in batches of `batchSize` rows (the last may be smaller). */
  *batches({ split, batchSize, columns, shuffle }: BatchOptions): Generator<Batch> {
    const order = shuffle ? shuffle.shuffle(this.splits[split].slice()) : this.splits[split];
    for (let start = 0; start < order.length; start += batchSize) {
      yield this.take(order.subarray(start, Math.min(start + batchSize, order.length)), columns);
    }
  }
}

/** The data of one run by name: `{ L10: ..., L20: ... }`, or `{ main: ... }` for a domain that has one. */
export type Parts<Part = Dataset> = Readonly<Record<string, Part>>;
