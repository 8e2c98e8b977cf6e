// Writes NumPy .npy files, version 1.0, little-endian, C order.
import { endianness } from 'node:os';
import type { NpyData } from './npy-types.ts';

const descriptions: readonly (readonly [new (n: number) => NpyData, string])[] = [
  [Int8Array, '|i1'],
  [Uint8Array, '|u1'],
  [Int16Array, '<i2'],
  [Uint16Array, '<u2'],
  [Int32Array, '<i4'],
  [Uint32Array, '<u4'],
  [Float32Array, '<f4'],
  [Float64Array, '<f8'],
];

/**
 * The bytes of a .npy file that `numpy.load` reads.
 *
 * @param array `shape` and `prod(shape)` numbers in C order; `bool: true` marks a Uint8Array of 0 and 1 as bools
 * @throws RangeError when shape and data disagree
 */
export function writeNpy(array: {
  readonly shape: readonly number[];
  readonly data: NpyData;
  readonly bool?: boolean;
}): Uint8Array<ArrayBuffer> {
  const { shape, data } = array;
  const size = shape.reduce((a, b) => a * b, 1);
  if (size !== data.length)
    throw new RangeError(`writeNpy: shape [${shape}] has ${size} numbers, got ${data.length}`);
  const descr = array.bool ? '|b1' : descriptions.find(([Type]) => data instanceof Type)![1];
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = Math.ceil((10 + header.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + data.byteLength);
  const text = `\x93NUMPY\x01\x00\x00\x00${header.padEnd(start - 11)}\n`;
  bytes.set(Buffer.from(text, 'latin1'));
  new DataView(bytes.buffer).setUint16(8, start - 10, true);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  if (endianness() === 'BE') {
    const body = Buffer.from(bytes.buffer, start);
    if (data.BYTES_PER_ELEMENT === 2) body.swap16();
    if (data.BYTES_PER_ELEMENT === 4) body.swap32();
    if (data.BYTES_PER_ELEMENT === 8) body.swap64();
  }
  return bytes;
}
