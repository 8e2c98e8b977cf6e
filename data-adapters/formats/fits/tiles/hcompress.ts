// HCOMPRESS_1: a two-dimensional Haar transform, its bit planes coded as quad trees. White 1992; FITS standard 4.0,
// section 10.4.4. Here: from the bits to the coefficients; back to pixels is h-transform.ts. Coefficients of 32-bit
// images have up to 46 bits, hence float64, in which they are exact.
import { inverseHTransform } from './h-transform.ts';

class Bits {
  private buffer = 0;
  private have = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}

  take(count: number): number {
    while (this.have < count) {
      if (this.at >= this.bytes.length) throw new Error('its bits are cut off');
      this.buffer = ((this.buffer << 8) | this.bytes[this.at++]) & 0xffff;
      this.have += 8;
    }
    this.have -= count;
    return (this.buffer >> this.have) & ((1 << count) - 1);
  }

  /** Drops what is left of the current byte. */
  align(): void {
    this.have = 0;
  }

  /** The fixed Huffman code of the sixteen patterns of four bits. */
  pattern(): number {
    const three = this.take(3);
    if (three < 4) return 1 << three;
    const four = (three << 1) | this.take(1);
    if (four < 13) return [3, 5, 10, 12, 15][four - 8];
    const five = (four << 1) | this.take(1);
    if (five < 31) return [6, 7, 9, 11, 13][five - 26];
    return this.take(1) === 0 ? 0 : 14;
  }
}

/** One level down the quad tree: each pattern becomes the four pixels it stands for. In place. */
function expand(patterns: Uint8Array, rows: number, columns: number, bits: Bits): void {
  const halfRows = (rows + 1) >> 1;
  const halfColumns = (columns + 1) >> 1;
  for (let i = halfRows - 1; i >= 0; i--) {
    for (let j = halfColumns - 1; j >= 0; j--)
      patterns[2 * i * columns + 2 * j] = patterns[i * halfColumns + j];
  }
  for (let i = 0; i < rows; i += 2) {
    for (let j = 0; j < columns; j += 2) {
      const at = i * columns + j;
      const pattern = patterns[at];
      const [right, below] = [j + 1 < columns, i + 1 < rows];
      patterns[at] = (pattern >> 3) & 1;
      if (right) patterns[at + 1] = (pattern >> 2) & 1;
      if (below) patterns[at + columns] = (pattern >> 1) & 1;
      if (right && below) patterns[at + columns + 1] = pattern & 1;
    }
  }
  for (let i = rows * columns - 1; i >= 0; i--) if (patterns[i] !== 0) patterns[i] = bits.pattern();
}

/** Part of the coefficients: `rows` x `columns` of them from `start` on, in rows of `stride`. */
interface Quadrant {
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
}

function addPlane(
  patterns: Uint8Array,
  out: Float64Array,
  { start, rows, columns }: Quadrant,
  stride: number,
  value: number,
): void {
  for (let i = 0, k = 0; i < rows; i += 2) {
    for (let j = 0; j < columns; j += 2, k++) {
      const pattern = patterns[k];
      if (pattern === 0) continue;
      const at = start + i * stride + j;
      const [right, below] = [j + 1 < columns, i + 1 < rows];
      if (pattern & 8) out[at] += value;
      if (pattern & 4 && right) out[at + 1] += value;
      if (pattern & 2 && below) out[at + stride] += value;
      if (pattern & 1 && right && below) out[at + stride + 1] += value;
    }
  }
}

const levelsOf = (size: number): number => Math.ceil(Math.log2(Math.max(1, size)));

function readQuadrant(
  bits: Bits,
  out: Float64Array,
  quadrant: Quadrant,
  stride: number,
  planes: number,
): void {
  const { rows, columns } = quadrant;
  const levels = levelsOf(Math.max(rows, columns));
  const count = ((rows + 1) >> 1) * ((columns + 1) >> 1);
  // A quadrant of an image one pixel wide is empty, yet its trees are there.
  const patterns = new Uint8Array(Math.max(1, count));
  for (let plane = planes - 1; plane >= 0; plane--) {
    const how = bits.take(4);
    if (how === 0) for (let i = 0; i < count; i++) patterns[i] = bits.take(4);
    else if (how !== 15) throw new Error('its bit planes have no known code');
    else {
      patterns[0] = bits.pattern();
      for (let level = levels - 1; level >= 1; level--) {
        expand(patterns, Math.ceil(rows / 2 ** level), Math.ceil(columns / 2 ** level), bits);
      }
    }
    addPlane(patterns, out, quadrant, stride, 2 ** plane);
  }
}

/**
 * The pixels of a tile, in the order of the image.
 *
 * @param count pixels that it must have
 * @param smooth whether blocks are smoothed away, which the file's SMOOTH asks for
 * @throws Error when it is not HCOMPRESS data, cut off, or of another size
 */
export function unpackHcompress(
  packed: Uint8Array,
  count: number,
  smooth: boolean,
): Float64Array<ArrayBuffer> {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (packed.length < 25 || view.getUint16(0) !== 0xdd99) throw new Error('it is no HCOMPRESS data');
  const [rows, columns, scale] = [view.getInt32(2), view.getInt32(6), view.getInt32(10)];
  if (rows < 1 || columns < 1 || rows * columns !== count) {
    throw new Error(`it holds ${rows} x ${columns} pixels, expected ${count}`);
  }
  const sum = Number(view.getBigInt64(14));
  const planes = [packed[22], packed[23], packed[24]];
  if (planes.some((n) => n > 60)) throw new Error(`it has ${Math.max(...planes)} bit planes`);
  const out = new Float64Array(count);
  const bits = new Bits(packed, 25);
  const [halfRows, halfColumns] = [(rows + 1) >> 1, (columns + 1) >> 1];
  const [restRows, restColumns] = [rows >> 1, columns >> 1];
  const lower = columns * halfRows;
  readQuadrant(bits, out, { start: 0, rows: halfRows, columns: halfColumns }, columns, planes[0]);
  readQuadrant(bits, out, { start: halfColumns, rows: halfRows, columns: restColumns }, columns, planes[1]);
  readQuadrant(bits, out, { start: lower, rows: restRows, columns: halfColumns }, columns, planes[1]);
  readQuadrant(
    bits,
    out,
    { start: lower + halfColumns, rows: restRows, columns: restColumns },
    columns,
    planes[2],
  );
  if (bits.take(4) !== 0) throw new Error('its bit planes do not end where they should');
  bits.align();
  for (let i = 0; i < count; i++) if (out[i] !== 0 && bits.take(1) === 1) out[i] = -out[i];
  out[0] = sum;
  if (scale > 1) for (let i = 0; i < count; i++) out[i] *= scale;
  inverseHTransform(out, rows, columns, smooth ? scale : 0);
  return out;
}
