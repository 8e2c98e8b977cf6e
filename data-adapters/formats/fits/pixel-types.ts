// The number types of FITS files (BITPIX) and the arrays of native byte order that they become.
import { endianness } from 'node:os';
import { damaged } from './fits-error.ts';
import type { FitsHeader } from './header.ts';

/** Arrays that pixels become. 64-bit integers are exact. */
export type Pixels =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

const arrays = {
  uint8: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

export type PixelType = keyof typeof arrays;

export const bytesOf = (type: PixelType): number => arrays[type].BYTES_PER_ELEMENT;

/** Zeros. */
export const newPixels = (type: PixelType, length: number): Pixels => new arrays[type](length);

/** The type of an array; undefined for one that no image holds. */
export const typeOf = (data: ArrayBufferView): PixelType | undefined =>
  (Object.keys(arrays) as PixelType[]).find((type) => data instanceof arrays[type]);

/** Those bytes as numbers of native order; in place where they are aligned. */
export function viewPixels(type: PixelType, bytes: Uint8Array): Pixels {
  const size = bytesOf(type);
  const own = bytes.byteOffset % size === 0 ? bytes : Uint8Array.from(bytes);
  return new arrays[type](own.buffer as ArrayBuffer, own.byteOffset, Math.floor(own.byteLength / size));
}

/** The bytes of an array, shared. */
export const pixelBytes = (data: Pixels): Buffer =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength);

const hostIsLittle = endianness() === 'LE';

/** Turns numbers of `size` bytes from the file's order, the most significant byte first, to the machine's, or back. */
export function swapOrder(bytes: Buffer, size: number): void {
  if (!hostIsLittle || size === 1) return;
  if (size === 2) bytes.swap16();
  else if (size === 4) bytes.swap32();
  else bytes.swap64();
}

const stored: Readonly<Record<string, PixelType>> = {
  '8': 'uint8',
  '16': 'int16',
  '32': 'int32',
  '64': 'int64',
  '-32': 'float32',
  '-64': 'float64',
};

/** The type that a header's BITPIX, or ZBITPIX, names. @throws UserError for any other number */
export function readBitpix(header: FitsHeader, keyword = 'BITPIX'): PixelType {
  const bitpix = header.integer(keyword, { least: -64 });
  if (!Object.hasOwn(stored, bitpix)) {
    throw damaged(header.where, `${keyword} is ${bitpix}, expected 8, 16, 32, 64, -32 or -64`);
  }
  return stored[bitpix];
}

/** BITPIX of a type as it is stored. */
export const bitpixOf = (type: PixelType): number =>
  type.startsWith('float') ? -8 * bytesOf(type) : 8 * bytesOf(type);

/** Numbers of any type as float32 or float64. */
export function toFloat(data: Pixels, into: Float32Array | Float64Array, at = 0): void {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    for (let i = 0; i < data.length; i++) into[at + i] = Number(data[i]);
  } else into.set(data, at);
}
