// The numbers of a column of a binary table: TSCALn, TZEROn and TNULLn. FITS standard 4.0, section 7.3.2; types as
// astropy's: unsigned integers by TZERO = 2^(bits-1), float64 for anything else that is scaled.
import type { FitsHeader } from '../header.ts';
import { type Physical, physicalFrom, readWhole, toPhysical } from '../physical.ts';
import { newPixels, type Pixels, type PixelType, swapOrder, viewPixels } from '../pixel-types.ts';
import { type ColumnFormat, codeTypes } from './column-format.ts';

/** Numbers, and where they have no value. */
export interface Cells {
  readonly data: Pixels;
  readonly nulls?: Uint8Array;
}

/** How the cells of a column become numbers. */
export interface CellReader {
  readonly dtype: PixelType | 'bool';
  /** Numbers per element: 2 for complex ones. */
  readonly each: number;
  /** Bytes of `count` elements, in the file's order, to numbers. The bytes are overwritten. */
  read(bytes: Buffer, count: number): Cells;
}

const [no, yes] = ['F'.charCodeAt(0), 'T'.charCodeAt(0)];

function logicals(bytes: Buffer): Cells {
  const data = Uint8Array.from(bytes, (byte) => (byte === yes ? 1 : 0));
  if (bytes.every((byte) => byte === yes || byte === no)) return { data };
  return { data, nulls: Uint8Array.from(bytes, (byte) => (byte === yes || byte === no ? 0 : 1)) };
}

/** The most significant bit first. */
function bits(bytes: Buffer, count: number): Cells {
  const data = new Uint8Array(count);
  for (let i = 0; i < count; i++) data[i] = (bytes[i >> 3] >> (7 - (i & 7))) & 1;
  return { data };
}

function scale(data: Pixels, { scale, zero }: Physical, isComplex: boolean, nulls?: Uint8Array): Pixels {
  const out = newPixels('float64', data.length) as Float64Array<ArrayBuffer>;
  for (let i = 0; i < out.length; i++) {
    const value = Number(data[i]) * scale;
    // The imaginary part is scaled but not moved.
    out[i] = nulls?.[i] === 1 ? Number.NaN : isComplex && i % 2 === 1 ? value : value + zero;
  }
  return out;
}

function nullsOf(data: Pixels, blank: number | bigint | undefined): Uint8Array | undefined {
  if (blank === undefined) return undefined;
  let nulls: Uint8Array | undefined;
  for (let i = 0; i < data.length; i++) {
    if (data[i] !== blank) continue;
    nulls ??= new Uint8Array(data.length);
    nulls[i] = 1;
  }
  return nulls;
}

/** @throws UserError when a keyword of the column is no number */
export function cellReader(header: FitsHeader, { code, number }: ColumnFormat): CellReader {
  if (code === 'L') return { dtype: 'bool', each: 1, read: logicals };
  if (code === 'X') return { dtype: 'bool', each: 1, read: bits };
  const stored = codeTypes[code]!;
  const factor = header.number(`TSCAL${number}`) ?? 1;
  const physical = physicalFrom(stored, factor, header.number(`TZERO${number}`) ?? 0);
  const blank = readWhole(header, stored, `TNULL${number}`);
  const isComplex = code === 'C' || code === 'M';
  const isScaled = physical.way === 'scaled';
  return {
    dtype: isScaled ? 'float64' : physical.dtype,
    each: isComplex ? 2 : 1,
    read(bytes) {
      swapOrder(bytes, newPixels(stored, 0).BYTES_PER_ELEMENT);
      const raw = viewPixels(stored, bytes);
      const nulls = nullsOf(raw, blank);
      const data = isScaled ? scale(raw, physical, isComplex, nulls) : toPhysical(raw, physical);
      return nulls === undefined ? { data } : { data, nulls };
    },
  };
}
