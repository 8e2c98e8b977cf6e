// What reading a table returns: its columns, each one array, so that a million rows are not a million objects.
import { UserError } from '../../../../core/errors.ts';
import { nearest } from '../../../../core/suggest.ts';
import type { Pixels, PixelType } from '../pixel-types.ts';

interface AnyColumn {
  readonly name: string;
  /** TUNITn; empty when there is none. */
  readonly unit: string;
  /** TFORMn as it stands. */
  readonly format: string;
}

/** Numbers; logical values and bits as 0 and 1. */
export interface NumberColumn extends AnyColumn {
  readonly kind: 'numbers';
  readonly dtype: PixelType | 'bool';
  /** Shape of a cell in C order: `[]` for a single number. Complex numbers have a last axis of 2: real, imaginary. */
  readonly shape: readonly number[];
  /** rows x prod(shape) numbers. */
  readonly data: Pixels;
  /** 1 for each of them that has no value (TNULL; a logical value that is neither T nor F); absent when all have. Reals are NaN there. */
  readonly nulls?: Uint8Array;
}

/** Text, without the blanks at its end. */
export interface TextColumn extends AnyColumn {
  readonly kind: 'text';
  /** `[]`, or what TDIMn makes of a cell of several strings. */
  readonly shape: readonly number[];
  readonly data: readonly string[];
}

/** Cells of different lengths. */
export interface VariableColumn extends AnyColumn {
  readonly kind: 'variable';
  readonly dtype: PixelType | 'bool' | 'text';
  /** One array or string a row. Complex numbers are pairs. */
  readonly data: readonly (Pixels | string)[];
  readonly nulls?: readonly (Uint8Array | undefined)[];
}

export type TableColumn = NumberColumn | TextColumn | VariableColumn;

/** A table, or some of its rows and columns. */
export interface FitsTable {
  readonly rows: number;
  readonly columns: readonly TableColumn[];
}

export interface TablePart {
  /** Default: all. */
  readonly rows?: { readonly first: number; readonly count: number };
  /** Names in any case; default: all. */
  readonly columns?: readonly string[];
}

/** The columns asked for. @throws UserError for a name that there is none of */
export function chooseColumns<T extends { readonly name: string }>(
  columns: readonly T[],
  names: readonly string[] | undefined,
  where: string,
): readonly T[] {
  if (names === undefined) return columns;
  return names.map((name) => {
    const found =
      columns.find((column) => column.name === name) ??
      columns.find((column) => column.name.trim().toUpperCase() === name.trim().toUpperCase());
    if (found !== undefined) return found;
    const near = nearest(
      name,
      columns.map((column) => column.name),
    );
    throw new UserError({
      where,
      what: `has no column ${name}`,
      how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `it has ${columns.length} columns`,
    });
  });
}

/** The rows asked for. @throws UserError when they are not in the table */
export function chooseRows(
  rows: number,
  part: TablePart['rows'],
  where: string,
): { first: number; count: number } {
  const { first, count } = part ?? { first: 0, count: rows };
  const whole = Number.isInteger(first) && Number.isInteger(count) && first >= 0 && count >= 0;
  if (!whole || first + count > rows) {
    throw new UserError({
      where,
      what: `has ${rows} rows, asked for ${count} from ${first} on`,
      how: 'count from 0',
    });
  }
  return { first, count };
}
