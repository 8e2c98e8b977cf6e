// Tables as CSV: a header, then numbers in the shortest text that reads back to the same number of the column's type.
import type { NumberArray } from '../../expressions/index.ts';
import { csvField } from './csv-field.ts';
import type { OutputColumn, RowEncoder } from './table-writer.ts';

/** The shortest decimal that is nearest to a float32: of at most 9 digits, which always suffice. */
export function shortestFloat32(value: number): string {
  const eight = Number(value.toPrecision(8));
  if (Math.fround(eight) !== value) return String(Number(value.toPrecision(9)));
  const seven = Number(value.toPrecision(7));
  if (Math.fround(seven) !== value) return String(eight);
  const six = Number(value.toPrecision(6)); // trailing zeros vanish by themselves
  return String(Math.fround(six) === value ? six : seven);
}

function cellText(value: number, float32: boolean): string {
  if (Number.isNaN(value)) return '';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  if (value === Number.NEGATIVE_INFINITY) return '-inf';
  return float32 && !Number.isInteger(value) ? shortestFloat32(value) : String(value);
}

export function csvEncoder(columns: readonly OutputColumn[], delimiter: ',' | '\t'): RowEncoder {
  const header = columns.map(({ name }) => (delimiter === ',' ? csvField(name) : name)).join(delimiter);
  const single = columns.map(({ type = 'float32' }) => type === 'float32');
  return {
    start: () => Buffer.from(`${header}\n`, 'utf8'),
    rows(values: readonly NumberArray[], rows) {
      const lines: string[] = [];
      for (let row = 0; row < rows; row++) {
        let line = cellText(single[0] ? Math.fround(values[0][row]) : values[0][row], single[0]);
        for (let column = 1; column < values.length; column++) {
          const value = values[column][row];
          line += delimiter + cellText(single[column] ? Math.fround(value) : value, single[column]);
        }
        lines.push(line);
      }
      return Buffer.from(lines.length === 0 ? '' : `${lines.join('\n')}\n`, 'utf8');
    },
    end: () => new Uint8Array(0),
  };
}
