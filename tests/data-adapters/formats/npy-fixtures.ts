// Makes .npy files by the letter of the format (NEP 1), by other means than the reader and the writer under test:
// every number is put by DataView at the place that its index has in the file's order.

/** A type string without its byte order, and how DataView writes a number of it. */
export const putters: Readonly<
  Record<string, (view: DataView, at: number, value: number, little: boolean) => void>
> = {
  b1: (view, at, value) => view.setUint8(at, value),
  i1: (view, at, value) => view.setInt8(at, value),
  u1: (view, at, value) => view.setUint8(at, value),
  i2: (view, at, value, little) => view.setInt16(at, value, little),
  u2: (view, at, value, little) => view.setUint16(at, value, little),
  i4: (view, at, value, little) => view.setInt32(at, value, little),
  u4: (view, at, value, little) => view.setUint32(at, value, little),
  i8: (view, at, value, little) => view.setBigInt64(at, BigInt(value), little),
  u8: (view, at, value, little) => view.setBigUint64(at, BigInt(value), little),
  f4: (view, at, value, little) => view.setFloat32(at, value, little),
  f8: (view, at, value, little) => view.setFloat64(at, value, little),
};

/** The header of a .npy file. @param text the dictionary, padded to a multiple of 64 bytes here */
export function npyHeader(text: string, version = 1): Uint8Array {
  const lengthBytes = version === 1 ? 2 : 4;
  const length = Math.ceil((8 + lengthBytes + text.length + 1) / 64) * 64 - 8 - lengthBytes;
  const bytes = Buffer.alloc(8 + lengthBytes + length, ' ');
  bytes.write('\x93NUMPY', 'latin1');
  bytes[6] = version;
  bytes[7] = 0;
  if (version === 1) bytes.writeUInt16LE(length, 8);
  else bytes.writeUInt32LE(length, 8);
  bytes.write(text, 8 + lengthBytes, 'latin1');
  bytes[bytes.length - 1] = 10;
  return bytes;
}

export interface NpyFixture {
  readonly shape: readonly number[];
  /** Numbers in C order. */
  readonly values: ArrayLike<number>;
  /** `i1` ... `f8`, without byte order. */
  readonly type: string;
  readonly littleEndian?: boolean;
  readonly fortranOrder?: boolean;
  readonly version?: number;
}

/** A whole .npy file. */
export function npyFile(fixture: NpyFixture): Uint8Array<ArrayBuffer> {
  const { shape, values, type, littleEndian = true, fortranOrder = false, version = 1 } = fixture;
  const bytes = Number(type[1]);
  const order = bytes === 1 ? '|' : littleEndian ? '<' : '>';
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const header = npyHeader(
    `{'descr': '${order}${type}', 'fortran_order': ${fortranOrder ? 'True' : 'False'}, 'shape': ${tuple}, }`,
    version,
  );
  const file = new Uint8Array(header.length + values.length * bytes);
  file.set(header);
  const view = new DataView(file.buffer, header.length);
  for (let i = 0; i < values.length; i++) {
    let place = i;
    if (fortranOrder) {
      // index of element i in C order, then its place with the first index fastest
      const index: number[] = [];
      for (let d = shape.length - 1, rest = i; d >= 0; d--) {
        index[d] = rest % shape[d];
        rest = Math.floor(rest / shape[d]);
      }
      place = 0;
      for (let d = shape.length - 1; d >= 0; d--) place = place * shape[d] + index[d];
    }
    putters[type](view, place * bytes, values[i], littleEndian);
  }
  return file;
}
