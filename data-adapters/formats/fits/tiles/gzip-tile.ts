// GZIP_1, GZIP_2 and uncompressed tiles: numbers in the file's byte order. In GZIP_2 the bytes are sorted, the most
// significant ones of all numbers first. FITS standard 4.0, sections 10.4.2 and 10.4.5.
import { gunzipSync } from 'node:zlib';

/** Undoes the sort of GZIP_2. */
function unshuffle(bytes: Uint8Array, width: number): Buffer {
  const out = Buffer.allocUnsafeSlow(bytes.length);
  const count = bytes.length / width;
  for (let b = 0, from = 0; b < width; b++) {
    for (let to = b, i = 0; i < count; i++, to += width) out[to] = bytes[from++];
  }
  return out;
}

/**
 * The bytes of a tile and of each of its numbers, which some writers store in more or fewer bytes than the image has.
 *
 * @param count pixels
 * @throws Error when it is no gzip data, or not of `count` whole numbers
 */
export function unpackGzipTile(
  packed: Uint8Array,
  count: number,
  shuffled: boolean,
): { readonly bytes: Buffer; readonly width: number } {
  const bytes = gunzipSync(packed, { maxOutputLength: Math.max(1, count * 8) });
  const width = bytes.length / count;
  if (![1, 2, 4, 8].includes(width))
    throw new Error(`it unpacks to ${bytes.length} bytes, which are not its ${count} pixels`);
  return { bytes: shuffled ? unshuffle(bytes, width) : bytes, width };
}
