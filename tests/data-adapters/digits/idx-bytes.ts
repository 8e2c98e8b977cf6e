// IDX files for tests, written by their definition.

const writers = {
  8: [1, 'writeUInt8'],
  9: [1, 'writeInt8'],
  11: [2, 'writeInt16BE'],
  12: [4, 'writeInt32BE'],
  13: [4, 'writeFloatBE'],
  14: [8, 'writeDoubleBE'],
} as const;

export type IdxType = keyof typeof writers;

export const idxTypes = [8, 9, 11, 12, 13, 14] as const;

/** The bytes of a file: magic number, lengths of the axes, numbers. */
export function idx(type: IdxType, shape: readonly number[], values: ArrayLike<number>): Buffer<ArrayBuffer> {
  const [width, write] = writers[type] ?? writers[8];
  const headerBytes = 4 + 4 * shape.length;
  const bytes = Buffer.from(new ArrayBuffer(headerBytes + width * values.length));
  bytes.set([0, 0, type, shape.length]);
  for (const [i, length] of shape.entries()) bytes.writeUInt32BE(length, 4 + 4 * i);
  for (let i = 0; i < values.length; i++) bytes[write](values[i], headerBytes + width * i);
  return bytes;
}
