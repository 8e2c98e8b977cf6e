// TFRecord, the framing of TensorBoard's event files: each record is its length as 64 bits, a masked CRC-32C of the length, the bytes, and
// a masked CRC-32C of the bytes, all little-endian (TensorFlow, "TFRecords format details").
import { crc32c } from '../../core/files/crc32c.ts';

/** A CRC of data that hold CRCs says little: it is rotated right by 15 bits, and a constant is added. */
export function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** Frames one record. */
export function record(bytes: Uint8Array): Uint8Array {
  const framed = Buffer.alloc(bytes.length + 16);
  framed.writeBigUInt64LE(BigInt(bytes.length), 0);
  framed.writeUInt32LE(maskedCrc(framed.subarray(0, 8)), 8);
  framed.set(bytes, 12);
  framed.writeUInt32LE(maskedCrc(bytes), 12 + bytes.length);
  return framed;
}
