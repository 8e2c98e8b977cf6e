// The heap of a binary table: the arrays of variable length that its rows point to. FITS standard 4.0, section 7.3.5.
import type { FitsBytes } from '../fits-bytes.ts';
import { damaged } from '../fits-error.ts';
import type { HduInFile } from '../hdu.ts';
import { ReadAhead } from '../read-ahead.ts';
import { type ColumnFormat, elementBytes } from './column-format.ts';

/** Where an array of variable length is: elements, and bytes from the heap's beginning. */
export interface Descriptor {
  readonly count: number;
  readonly offset: number;
}

/** The descriptor in a row's bytes. A column of no descriptors has empty arrays. */
export function readDescriptor(row: DataView, { start, descriptor, repeat }: ColumnFormat): Descriptor {
  if (repeat === 0) return { count: 0, offset: 0 };
  if (descriptor === 'P') return { count: row.getInt32(start), offset: row.getInt32(start + 4) };
  return { count: Number(row.getBigInt64(start)), offset: Number(row.getBigInt64(start + 8)) };
}

/** Reads arrays from the heap of one HDU. */
export class Heap {
  private readonly ahead: ReadAhead;
  private readonly start: number;
  readonly size: number;

  /** @throws UserError when THEAP lies within the rows or outside the data */
  constructor(
    bytes: FitsBytes,
    private readonly hdu: HduInFile,
  ) {
    const { fileHeader: header, dataStart, dataBytes, where } = hdu;
    const rows = header.integer('NAXIS1') * header.integer('NAXIS2');
    const offset = header.integer('THEAP', { absent: rows });
    if (offset < rows || offset > dataBytes) {
      throw damaged(where, `THEAP is ${offset}, expected ${rows} to ${dataBytes}`);
    }
    this.start = dataStart + offset;
    this.size = Math.min(dataBytes - offset, Math.max(0, bytes.size - this.start));
    this.ahead = new ReadAhead(bytes, this.start + this.size);
  }

  /** Bytes that a descriptor points to, which the caller does not change. @throws UserError outside the heap */
  async read({ count, offset }: Descriptor, { code, name }: ColumnFormat, row: number): Promise<Buffer> {
    const length = elementBytes(code, count);
    if (count < 0 || offset < 0 || !(offset + length <= this.size)) {
      throw damaged(
        this.hdu.where,
        `row ${row + 1} of column ${name} points to ${count} elements at byte ${offset} of a heap of ${this.size} bytes`,
      );
    }
    return length === 0 ? Buffer.alloc(0) : this.ahead.read(this.start + offset, length);
  }
}
