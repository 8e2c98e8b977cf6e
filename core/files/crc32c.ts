// CRC-32C, the cyclic redundancy check of G. Castagnoli, S. Bräuer and M. Herrmann (1993) as iSCSI uses it (RFC 3720, appendix B.4). Not
// the CRC-32 of gzip and PNG, which has another polynomial.

/** The polynomial 0x1EDC6F41 with its bits in reverse. */
const polynomial = 0x82f63b78;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ polynomial : rest >>> 1;
  return rest;
});

/** CRC-32C of bytes, from 0 to 2^32 - 1. */
export function crc32c(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (rest >>> 8) ^ table[(rest ^ byte) & 0xff];
  return ~rest >>> 0;
}
