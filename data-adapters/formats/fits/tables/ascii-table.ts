// Reads ASCII tables, whose numbers are text in fixed places of each row. FITS standard 4.0, section 7.2.
import { allocateNumbers } from '../allocate-numbers.ts';
import type { FitsBytes } from '../fits-bytes.ts';
import { damaged, quoted } from '../fits-error.ts';
import type { HduInFile } from '../hdu.ts';
import type { FitsHeader } from '../header.ts';
import { chooseColumns, chooseRows, type FitsTable, type TableColumn, type TablePart } from './table.ts';
import { checkRows, readRows } from './table-rows.ts';

interface AsciiColumn {
  readonly number: number;
  readonly name: string;
  readonly unit: string;
  readonly format: string;
  readonly letter: 'A' | 'I' | 'F' | 'E' | 'D';
  /** First character within a row, from 0. */
  readonly start: number;
  readonly width: number;
}

function readColumn(header: FitsHeader, number: number, rowWidth: number): AsciiColumn {
  const { where } = header;
  const format = header.string(`TFORM${number}`) ?? '';
  const [, letter, digits] = /^\s*([AIFED])([1-9]\d*)(?:\.\d+)?\s*$/i.exec(format) ?? [];
  if (letter === undefined) {
    throw damaged(where, `TFORM${number} is ${quoted(format)}, which is no format of a column of text`);
  }
  const start = header.integer(`TBCOL${number}`, { least: 1 }) - 1;
  const width = Number(digits);
  if (start + width > rowWidth) {
    throw damaged(where, `its column ${number} ends at character ${start + width}, its rows at ${rowWidth}`);
  }
  return {
    number,
    name: header.string(`TTYPE${number}`) ?? `col${number}`,
    unit: header.string(`TUNIT${number}`) ?? '',
    format,
    letter: letter.toUpperCase() as AsciiColumn['letter'],
    start,
    width,
  };
}

function readAsciiColumns(header: FitsHeader): AsciiColumn[] {
  const count = header.integer('TFIELDS');
  if (count > 999) throw damaged(header.where, `TFIELDS is ${count}, expected 0 to 999`);
  const width = header.integer('NAXIS1');
  const columns = Array.from({ length: count }, (_, i) => readColumn(header, i + 1, width));
  // Columns may share characters, but not so that a small file fills the memory.
  const characters = columns.reduce((sum, column) => sum + column.width, 0);
  if (characters > 4 * width) {
    throw damaged(header.where, `its columns have ${characters} characters, its rows ${width}`);
  }
  return columns;
}

const whole = /^[+-]?\d+$/;
/** Whether an int64 has room for it. */
const isInt64 = (text: string): boolean => {
  const value = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, value) === value;
};
const real = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[ED][+-]?\d+)?$/i;

interface AsciiBuilder {
  add(cell: string, row: number): void;
  finish(): TableColumn;
}

function builderOf(column: AsciiColumn, header: FitsHeader, rows: number): AsciiBuilder {
  const { name, unit, format, letter, number } = column;
  const common = { name, unit, format };
  if (letter === 'A') {
    const data: string[] = [];
    return {
      add: (cell) => void data.push(cell.replace(/\0.*$/s, '').trimEnd()),
      finish: () => ({ kind: 'text', ...common, shape: [], data }),
    };
  }
  const scale = header.number(`TSCAL${number}`) ?? 1;
  const zero = header.number(`TZERO${number}`) ?? 0;
  const isWhole = letter === 'I' && scale === 1 && zero === 0;
  const dtype = isWhole ? (column.width < 10 ? 'int32' : 'int64') : 'float64';
  const data = allocateNumbers(dtype, rows, header.where, 'read some of its rows at a time');
  const nulls = new Uint8Array(rows);
  const none = header.string(`TNULL${number}`)?.trim();
  let at = 0;
  return {
    add(cell, row) {
      const text = cell.replace(/\0/g, ' ').trim();
      const i = at++;
      if (text === '' || text === none) {
        nulls[i] = 1;
        if (data instanceof Float64Array) data[i] = Number.NaN;
        return;
      }
      const fits =
        letter === 'I' ? whole.test(text) && isInt64(text) : real.test(text) || /^[+-]?(nan|inf)/i.test(text);
      if (!fits)
        throw damaged(
          header.where,
          `row ${row + 1} of column ${name} has ${quoted(text)}, expected a number`,
        );
      if (data instanceof BigInt64Array) data[i] = BigInt(text.replace('+', ''));
      else data[i] = isWhole ? Number(text) : realOf(text) * scale + zero;
    },
    finish: () => ({
      kind: 'numbers',
      ...common,
      dtype,
      shape: [],
      data,
      ...(nulls.includes(1) ? { nulls } : {}),
    }),
  };
}

function realOf(text: string): number {
  if (/inf/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return Number(text.replace(/[Dd]/, 'E'));
}

/** @throws UserError when the table is damaged, or a column or row that is asked for is not in it */
export async function readAsciiTable(bytes: FitsBytes, hdu: HduInFile, part: TablePart): Promise<FitsTable> {
  const { fileHeader: header, where } = hdu;
  const { first, count } = chooseRows(header.integer('NAXIS2'), part.rows, where);
  const columns = chooseColumns(readAsciiColumns(header), part.columns, where);
  checkRows(bytes, hdu, first + count);
  const builders = columns.map((column) => builderOf(column, header, count));
  for await (const piece of readRows(bytes, hdu, first, count)) {
    const width = piece.bytes.length / piece.count;
    for (let i = 0; i < piece.count; i++) {
      const line = piece.bytes.toString('latin1', i * width, (i + 1) * width);
      columns.forEach(({ start, width: length }, c) => {
        builders[c].add(line.slice(start, start + length), piece.first + i);
      });
    }
  }
  return { rows: count, columns: builders.map((builder) => builder.finish()) };
}
