// The table that holds a compressed image: a row for each tile, with its compressed bytes and what goes with them.
// FITS standard 4.0, section 10.1.3.
import type { FitsBytes } from '../fits-bytes.ts';
import { damaged } from '../fits-error.ts';
import type { HduInFile } from '../hdu.ts';
import { ReadAhead } from '../read-ahead.ts';
import { type ColumnFormat, readColumns } from '../tables/column-format.ts';
import { Heap, readDescriptor } from '../tables/heap.ts';
import { checkRows } from '../tables/table-rows.ts';

/** Columns of bytes; the first one that has any holds the tile. */
const dataColumns = ['COMPRESSED_DATA', 'GZIP_COMPRESSED_DATA', 'UNCOMPRESSED_DATA'] as const;
export type DataColumn = (typeof dataColumns)[number];

/** A row. */
export interface TileRow {
  readonly column: DataColumn;
  readonly bytes: Buffer;
  /** Of quantised pixels. */
  readonly scale: number | undefined;
  readonly zero: number | undefined;
  readonly blank: number | undefined;
  /** Compressed null mask. */
  readonly mask: Buffer | undefined;
}

function readCell(row: DataView, { code, start, where, name }: ColumnFormat & { where: string }): number {
  switch (code) {
    case 'B':
      return row.getUint8(start);
    case 'I':
      return row.getInt16(start);
    case 'J':
      return row.getInt32(start);
    case 'K':
      return Number(row.getBigInt64(start));
    case 'E':
      return row.getFloat32(start);
    case 'D':
      return row.getFloat64(start);
    default:
      throw damaged(where, `its column ${name} has no numbers`);
  }
}

/** Reads the rows of a compressed image. */
export class TileTable {
  private readonly columns: ReadonlyMap<string, ColumnFormat>;
  private readonly heap: Heap;
  private readonly rows: ReadAhead;
  private readonly width: number;

  /** @param tiles rows that there must be. @throws UserError when they are not there */
  constructor(
    bytes: FitsBytes,
    private readonly hdu: HduInFile,
    tiles: number,
  ) {
    const { fileHeader: header, where, dataStart } = hdu;
    this.width = header.integer('NAXIS1');
    const rows = header.integer('NAXIS2');
    if (rows < tiles) throw damaged(where, `has ${rows} tiles, its axes and ZTILEn make ${tiles}`);
    checkRows(bytes, hdu, rows);
    this.columns = new Map(readColumns(header).map((column) => [column.name.trim().toUpperCase(), column]));
    if (!dataColumns.some((name) => this.columns.get(name)?.descriptor !== undefined)) {
      throw damaged(where, 'is a compressed image without a column COMPRESSED_DATA');
    }
    this.heap = new Heap(bytes, hdu);
    this.rows = new ReadAhead(bytes, dataStart + rows * this.width);
  }

  /** Bytes that the tiles take together. */
  get size(): number {
    return this.heap.size;
  }

  has(name: string): boolean {
    return this.columns.has(name);
  }

  private async bytesOf(name: string, view: DataView, index: number): Promise<Buffer | undefined> {
    const column = this.columns.get(name);
    if (column?.descriptor === undefined) return undefined;
    const descriptor = readDescriptor(view, column);
    return descriptor.count === 0 ? undefined : this.heap.read(descriptor, column, index);
  }

  private number(name: string, view: DataView): number | undefined {
    const column = this.columns.get(name);
    if (column === undefined) return this.hdu.fileHeader.number(name);
    if (column.descriptor !== undefined || column.repeat !== 1) {
      throw damaged(this.hdu.where, `its column ${name} has not one number a tile`);
    }
    return readCell(view, { ...column, where: this.hdu.where });
  }

  /** The row of a tile, the first axis fastest. @throws UserError when it has no bytes, or points outside the heap */
  async read(index: number): Promise<TileRow> {
    const bytes = await this.rows.read(this.hdu.dataStart + index * this.width, this.width);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const column of dataColumns) {
      const found = await this.bytesOf(column, view, index);
      if (found === undefined) continue;
      return {
        column,
        bytes: found,
        scale: this.number('ZSCALE', view),
        zero: this.number('ZZERO', view),
        // Some writers leave BLANK there, as they would for integers; astropy and CFITSIO take it.
        blank: this.number('ZBLANK', view) ?? this.hdu.fileHeader.number('BLANK'),
        mask: await this.bytesOf('NULL_PIXEL_MASK', view, index),
      };
    }
    throw damaged(this.hdu.where, `its tile ${index + 1} has no data`);
  }
}
