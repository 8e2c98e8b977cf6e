// Reads binary tables: all column types, cells of variable length included. FITS standard 4.0, section 7.3. Not those
// that are compressed as tables (ZTABLE).
import { allocateNumbers } from '../allocate-numbers.ts';
import type { FitsBytes } from '../fits-bytes.ts';
import { damaged } from '../fits-error.ts';
import type { HduInFile } from '../hdu.ts';
import type { Pixels } from '../pixel-types.ts';
import { cellReader } from './cell-numbers.ts';
import { type ColumnFormat, readColumns } from './column-format.ts';
import { Heap, readDescriptor } from './heap.ts';
import { chooseColumns, chooseRows, type FitsTable, type TableColumn, type TablePart } from './table.ts';
import { checkRows, type Rows, readRows } from './table-rows.ts';
import { cellText, cellTexts } from './text-cells.ts';

/** Takes rows one piece after another and returns the column. */
interface ColumnBuilder {
  add(rows: Rows): void | Promise<void>;
  finish(): TableColumn;
}

/** The cells of one column, one after another, in memory of their own. */
function gather({ bytes, count }: Rows, start: number, width: number): Buffer {
  const rowWidth = count === 0 ? 0 : bytes.length / count;
  const cells = Buffer.allocUnsafeSlow(count * width);
  for (let i = 0; i < count; i++)
    bytes.copy(cells, i * width, i * rowWidth + start, i * rowWidth + start + width);
  return cells;
}

function textBuilder(column: ColumnFormat): ColumnBuilder {
  const { name, unit, format, start, bytes, dimensions } = column;
  const shape = dimensions?.slice(0, -1) ?? [];
  const length = dimensions?.at(-1) ?? bytes;
  const each = shape.reduce((a, b) => a * b, 1);
  const data: string[] = [];
  return {
    add(rows) {
      for (const text of cellTexts(gather(rows, start, bytes), rows.count * each, length)) data.push(text);
    },
    finish: () => ({ kind: 'text', name, unit, format, shape, data }),
  };
}

function numberBuilder(column: ColumnFormat, { fileHeader, where }: HduInFile, total: number): ColumnBuilder {
  const { name, unit, format, code, repeat, start, bytes, dimensions } = column;
  const reader = cellReader(fileHeader, column);
  const cell = repeat * reader.each;
  const own = dimensions ?? (repeat === 1 ? [] : [repeat]);
  const shape = reader.each === 2 ? [...own, 2] : own;
  const type = reader.dtype === 'bool' ? 'uint8' : reader.dtype;
  const data = allocateNumbers(type, total * cell, where, 'read some of its rows at a time');
  let nulls: Uint8Array | undefined;
  let done = 0;
  return {
    add(rows) {
      const cells = gather(rows, start, bytes);
      // Bits fill whole bytes in each row.
      const perRow = code === 'X' ? bytes * 8 : repeat;
      const found = reader.read(cells, rows.count * perRow);
      const kept = code === 'X' ? withoutFill(found.data as Uint8Array, perRow, repeat) : found.data;
      (data as Float64Array).set(kept as Float64Array, done);
      if (found.nulls !== undefined) {
        nulls ??= new Uint8Array(data.length);
        nulls.set(found.nulls, done);
      }
      done += kept.length;
    },
    finish: () => ({
      kind: 'numbers',
      name,
      unit,
      format,
      dtype: reader.dtype,
      shape,
      data,
      ...(nulls === undefined ? {} : { nulls }),
    }),
  };
}

/** The first `kept` of every `each`. */
function withoutFill(bits: Uint8Array, each: number, kept: number): Uint8Array {
  if (each === kept) return bits;
  return bits.filter((_, i) => i % each < kept);
}

/** Rows may share arrays of the heap, but not so that a small file fills the memory. */
const mostShared = (heap: number): number => Math.max(64 * 1024 * 1024, 16 * heap);

function variableBuilder(column: ColumnFormat, hdu: HduInFile, heap: Heap): ColumnBuilder {
  const { name, unit, format, code } = column;
  const reader = code === 'A' ? undefined : cellReader(hdu.fileHeader, column);
  const data: (Pixels | string)[] = [];
  const nulls: (Uint8Array | undefined)[] = [];
  let total = 0;
  return {
    async add({ first, count, bytes }) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const width = bytes.length / count;
      for (let i = 0; i < count; i++) {
        const row = new DataView(view.buffer, view.byteOffset + i * width, width);
        const descriptor = readDescriptor(row, column);
        const found = await heap.read(descriptor, column, first + i);
        total += found.length;
        if (total > mostShared(heap.size)) {
          throw damaged(
            hdu.where,
            `the rows of column ${name} point to more than 16 times its heap of ${heap.size} bytes`,
          );
        }
        if (reader === undefined) data.push(cellText(found));
        else {
          const cells = reader.read(Buffer.from(found), descriptor.count);
          data.push(cells.data);
          nulls.push(cells.nulls);
        }
      }
    },
    finish: () => ({
      kind: 'variable',
      name,
      unit,
      format,
      dtype: reader?.dtype ?? 'text',
      data,
      ...(nulls.some((mask) => mask !== undefined) ? { nulls } : {}),
    }),
  };
}

/** Cells of no bytes, of which a file of any size can have any number. */
const mostEmptyCells = 10_000_000;

function checkEmptyCells(columns: readonly ColumnFormat[], rows: number, where: string): void {
  const empty = columns.filter(({ bytes }) => bytes === 0).length;
  if (empty * rows > mostEmptyCells) {
    throw damaged(where, `has ${empty} columns of no bytes in ${rows} rows`, 'read its other columns only');
  }
}

/** @throws UserError when the table is damaged, or a column or row that is asked for is not in it */
export async function readBinaryTable(bytes: FitsBytes, hdu: HduInFile, part: TablePart): Promise<FitsTable> {
  const { fileHeader: header, where } = hdu;
  if (header.get('ZTABLE') === true) {
    throw damaged(where, 'is a compressed table', 'unpack it first: funpack');
  }
  const total = header.integer('NAXIS2');
  const { first, count } = chooseRows(total, part.rows, where);
  const columns = chooseColumns(readColumns(header), part.columns, where);
  checkRows(bytes, hdu, first + count);
  checkEmptyCells(columns, count, where);
  const heap = columns.some(({ descriptor }) => descriptor !== undefined) ? new Heap(bytes, hdu) : undefined;
  const builders = columns.map((column) => {
    if (column.descriptor !== undefined) return variableBuilder(column, hdu, heap!);
    return column.code === 'A' ? textBuilder(column) : numberBuilder(column, hdu, count);
  });
  for await (const rows of readRows(bytes, hdu, first, count)) {
    for (const builder of builders) await builder.add(rows);
  }
  return { rows: count, columns: builders.map((builder) => builder.finish()) };
}
