// Cells as the numbers that a network of the house takes: numbers as they are, dates as days, words by their place among the
// categories, NaN for what is missing.
import { daysOf, isMissing, numberOf } from './cell-values.ts';
import { type ColumnSchema, featuresOf, type TableSchema } from './schema.ts';

/** Code of a word that is none of the categories. */
export const otherCode = ({ categories = [] }: ColumnSchema): number => categories.length;

/** From a cell to its number; NaN for one that is missing, or no number or date where one is expected. */
export function encoderOf(column: ColumnSchema): (cell: string) => number {
  if (column.kind === 'number')
    return (cell) => (isMissing(cell) ? Number.NaN : (numberOf(cell) ?? Number.NaN));
  if (column.kind === 'date') return (cell) => daysOf(cell) ?? Number.NaN;
  const codes = new Map((column.categories ?? []).map((word, code) => [word, code]));
  const other = otherCode(column);
  return (cell) => codes.get(cell) ?? (isMissing(cell) ? Number.NaN : other);
}

/** From a row of cells, in the order of `columns`, to the features. @param columns names in a file */
export function rowEncoder(schema: Pick<TableSchema, 'columns'>, columns: readonly string[]) {
  const features = featuresOf(schema).map((column) => ({
    place: columns.indexOf(column.name),
    encode: encoderOf(column),
  }));
  return {
    width: features.length,
    /** Fills `out` from `at`. */
    encode(cells: readonly string[], out: Float32Array, at: number): void {
      features.forEach(({ place, encode }, i) => {
        out[at + i] = place < 0 ? Number.NaN : encode(cells[place]);
      });
    },
  };
}
