// The one streaming shape of a table, whatever file it comes from: blocks of some thousand rows of named numbers, in the
// order of the file, so that a table of any size passes through bounded memory.
import type { NumberArray } from '../expressions/index.ts';

/** A row that is no row of numbers, kept as it stood. */
export interface BadRow {
  /** Its number, as in {@link TableBlock.rowNumbers}. */
  readonly row: number;
  /** `column 3 (pt) is "abc", expected a number`. */
  readonly what: string;
  /** The row as it stands in the file, cut after 10,000 characters. */
  readonly text: string;
}

/** Consecutive rows. */
export interface TableBlock {
  readonly rows: number;
  /** Where each row stands: its line in a text file, else its number in the table; from 1. */
  readonly rowNumbers: Uint32Array;
  /** Numbers by column, `rows` each. An empty or null cell is NaN. */
  readonly columns: Readonly<Record<string, NumberArray>>;
  /** Rows between these that could not be read; empty for binary formats. */
  readonly bad: readonly BadRow[];
  /** Place in the file after this block, in bytes or rows, for progress. */
  readonly done: number;
}

/** Texts of a column that stand for numbers: `{ s: 1, b: 0 }`. The text `*` is any other but an empty one. */
export type Codes = Readonly<Record<string, number>>;

export interface ReadOptions {
  /** Columns wanted; the others are not read. */
  readonly columns: readonly string[];
  /** Columns kept in double precision; the rest is float32, to the nearest. */
  readonly float64?: readonly string[];
  /** Columns of text whose words stand for numbers. */
  readonly codes?: Readonly<Record<string, Codes>>;
  /** Worker threads for formats that profit (CSV); 0 reads in this thread. Default 0. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

/** A table that can be read from its beginning any number of times. */
export interface Table {
  /** How messages call it: its path, or `events.root: tree`. */
  readonly name: string;
  /** What row numbers count: `line` or `row`. */
  readonly rowNoun: 'line' | 'row';
  readonly columns: readonly string[];
  /** Jagged arrays: any `name[i]` is a column too, missing (NaN) in rows with fewer elements. */
  readonly arrays?: ReadonlySet<string>;
  /** End of {@link TableBlock.done}: bytes of the file, or rows. */
  readonly size: number;
  readonly unit: 'bytes' | 'rows';
  /** The rows in order. @throws UserError for an unknown column (with near names) and a damaged file */
  blocks(options: ReadOptions): AsyncGenerator<TableBlock>;
}
