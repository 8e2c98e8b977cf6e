// The one streaming shape of a table that is written: columns of numbers, some rows at a time, a whole file or none.
import type { NumberArray } from '../../expressions/index.ts';

/** A column of a table that is written. */
export interface OutputColumn {
  readonly name: string;
  /** Default float32. Integers are written without a point in CSV, as 64-bit integers in Parquet and Arrow. */
  readonly type?: 'float32' | 'float64' | 'integer';
}

export interface TableWriter {
  /**
   * Appends rows. NaN is a missing value: an empty cell, a null.
   *
   * @param columns numbers by name, of at least `rows` each; names that are no columns of the table are ignored
   * @throws RangeError when a column is absent or too short; UserError when the file cannot be written
   */
  write(columns: Readonly<Record<string, NumberArray>>, rows: number): Promise<void>;
  /** Puts the file under its name. @throws UserError when that fails */
  finish(): Promise<void>;
  /** Leaves no file behind. Does nothing after {@link finish}. */
  abort(): Promise<void>;
}

/** What a format makes of rows: bytes to append, in order. */
export interface RowEncoder {
  start(): Uint8Array;
  /** @param rows at most {@link groupRows} */
  rows(columns: readonly NumberArray[], rows: number): Uint8Array;
  end(): Uint8Array;
}

/** Rows of a group (of Parquet) or batch (of Arrow); they bound the memory. */
export const groupRows = 65_536;
