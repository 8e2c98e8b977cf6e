// The elements of an RNTuple's column within one cluster, as numbers: its pages unpacked, their bytes put back in order
// (ROOT splits numbers into planes of bytes, integers also by zigzag or differences), all little-endian.

import type { NTupleColumn, NTuplePage } from './ntuple-fields.ts';
import type { RootFile } from './root-file.ts';

interface ColumnKind {
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
  /** Bytes are stored in planes: all first bytes, all second bytes, ... */
  readonly split?: boolean;
  readonly code?: 'zigzag' | 'differences';
}

const i16 = (view: DataView, at: number) => view.getInt16(at, true);
const u16 = (view: DataView, at: number) => view.getUint16(at, true);
const i32 = (view: DataView, at: number) => view.getInt32(at, true);
const u32 = (view: DataView, at: number) => view.getUint32(at, true);
const i64 = (view: DataView, at: number) => Number(view.getBigInt64(at, true));
const u64 = (view: DataView, at: number) => Number(view.getBigUint64(at, true));
const f32 = (view: DataView, at: number) => view.getFloat32(at, true);
const f64 = (view: DataView, at: number) => view.getFloat64(at, true);

/** IEEE 754 half precision. */
function f16(view: DataView, at: number): number {
  const bits = view.getUint16(at, true);
  const sign = bits & 0x8000 ? -1 : 1;
  const power = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (power === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (power === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (power - 25));
}

const zigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

/** By the specification's numbers of column types. Bit, Real32Trunc and Real32Quant are read below. */
const kinds: Readonly<Record<number, ColumnKind>> = {
  1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  3: { bytes: 1, read: (view, at) => view.getInt8(at) },
  4: { bytes: 1, read: (view, at) => view.getUint8(at) },
  5: { bytes: 2, read: i16 },
  6: { bytes: 2, read: u16 },
  7: { bytes: 4, read: i32 },
  8: { bytes: 4, read: u32 },
  9: { bytes: 8, read: i64 },
  10: { bytes: 8, read: u64 },
  11: { bytes: 2, read: f16 },
  12: { bytes: 4, read: f32 },
  13: { bytes: 8, read: f64 },
  14: { bytes: 4, read: u32 },
  15: { bytes: 8, read: u64 },
  17: { bytes: 2, read: u16, split: true, code: 'zigzag' },
  18: { bytes: 2, read: u16, split: true },
  19: { bytes: 4, read: u32, split: true, code: 'zigzag' },
  20: { bytes: 4, read: u32, split: true },
  21: { bytes: 8, read: u64, split: true, code: 'zigzag' },
  22: { bytes: 8, read: u64, split: true },
  23: { bytes: 2, read: f16, split: true },
  24: { bytes: 4, read: f32, split: true },
  25: { bytes: 8, read: f64, split: true },
  26: { bytes: 4, read: u32, split: true, code: 'differences' },
  27: { bytes: 8, read: u64, split: true, code: 'differences' },
};
const bit = 0;
const truncated = 28;
const quantised = 29;

function unsplit(view: DataView, bytes: number): DataView {
  const count = Math.floor(view.byteLength / bytes);
  const from = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const whole = new Uint8Array(count * bytes);
  for (let b = 0; b < bytes; b++) {
    for (let i = 0, at = b * count; i < count; i++) whole[i * bytes + b] = from[at + i];
  }
  return new DataView(whole.buffer);
}

/** Numbers of `width` bits each, from the lowest bit of the first byte on. */
function bitNumber(view: DataView, place: number, width: number): number {
  let value = 0;
  for (let i = 0, at = place * width; i < width; i++, at++) {
    if ((view.getUint8(at >> 3) >> (at & 7)) & 1) value += 2 ** i;
  }
  return value;
}

function decodeBits(
  view: DataView,
  count: number,
  column: NTupleColumn,
  out: Float64Array,
  to: number,
): void {
  const { coltype, bitsOnStorage: width, minValue, maxValue } = column;
  const word = new DataView(new ArrayBuffer(4));
  const step = ((maxValue ?? 0) - (minValue ?? 0)) / (2 ** width - 1);
  for (let i = 0; i < count; i++) {
    const value = bitNumber(view, i, width);
    if (coltype === bit) out[to + i] = value;
    else if (coltype === quantised) out[to + i] = (minValue ?? 0) + value * step;
    else {
      word.setUint32(0, value * 2 ** (32 - width));
      out[to + i] = word.getFloat32(0);
    }
  }
}

/** All elements of a column in one cluster. @throws Error for damaged pages and kinds of columns that hold no numbers */
export async function readPages(
  root: RootFile,
  column: NTupleColumn,
  pages: readonly NTuplePage[],
): Promise<Float64Array> {
  const { coltype, bitsOnStorage: width } = column;
  const packedBits = coltype === bit || coltype === truncated || coltype === quantised;
  const kind = kinds[coltype];
  if (kind === undefined && !packedBits) throw new Error(`columns of type ${coltype} hold no numbers`);
  const elements = pages.reduce((sum, { numElements }) => sum + Number(numElements), 0);
  if (elements > root.ranges.size * 10_000) throw new Error('its pages have impossible lengths');
  const values = new Float64Array(elements);
  let to = 0;
  for (const { numElements, locator } of pages) {
    const count = Number(numElements);
    const length = packedBits ? Math.ceil((count * width) / 8) : count * kind.bytes;
    const stored = await root.ranges.read(Number(locator.offset), locator.size);
    const view =
      stored.length === length
        ? new DataView(stored.buffer, stored.byteOffset, length)
        : await root.unzip(stored, length);
    if (packedBits) decodeBits(view, count, column, values, to);
    else {
      const { bytes, read, code } = kind;
      const whole = kind.split ? unsplit(view, bytes) : view;
      for (let i = 0; i < count; i++) values[to + i] = read(whole, i * bytes);
      if (code === 'zigzag') for (let i = 0; i < count; i++) values[to + i] = zigzag(values[to + i]);
      // Each page begins anew.
      if (code === 'differences') for (let i = 1; i < count; i++) values[to + i] += values[to + i - 1];
    }
    to += count;
  }
  return values;
}
