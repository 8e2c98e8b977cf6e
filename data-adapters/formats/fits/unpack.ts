// FITS files that are compressed as a whole, by gzip, bzip2 or Unix compress, told by their first bytes and not by their name. They are
// unpacked in memory, up to a limit that a small file cannot make the machine exceed.
import { gunzipSync } from 'node:zlib';
import bunzip from 'seek-bzip';
import { UserError } from '../../../core/errors.ts';
import { type FitsBytes, largestArray, memoryBytes, readBytes } from './fits-bytes.ts';
import { damaged } from './fits-error.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { unpackLzw } from './unpack-lzw.ts';

/** Most bytes that a compressed file may unpack to unless told otherwise: 1 GiB. */
export const usualUnpackLimit = 2 ** 30;

const startsWith = (bytes: Uint8Array, magic: string): boolean =>
  bytes.length >= magic.length && Buffer.from(bytes).toString('latin1', 0, magic.length) === magic;
const isGzip = (bytes: Uint8Array): boolean => startsWith(bytes, '\x1f\x8b');
const isBzip2 = (bytes: Uint8Array): boolean => startsWith(bytes, 'BZh');
const isLzw = (bytes: Uint8Array): boolean => startsWith(bytes, '\x1f\x9d');

const tooLarge = (where: string, limit: number): UserError =>
  damaged(where, `unpacks to more than ${limit} bytes`, 'unpack it first, or raise the limit (unpackLimit)');

const corrupt = (where: string, cause: unknown): UserError =>
  new UserError({
    where,
    what: `cannot be unpacked (${(cause as Error).message})`,
    how: 'copy the file again',
    cause,
  });

/** Writes the content of one bzip2 stream after another; what follows the last one is not looked at, as bzip2 does. */
function unpackBzip2(packed: Uint8Array, output: GrowingBytes): void {
  let at = 0;
  const input = {
    readByte(): number {
      if (at >= packed.length) throw new Error('it is cut off');
      return packed[at++];
    },
    read(target: Uint8Array, offset: number, count: number): number {
      for (let i = 0; i < count; i++) target[offset + i] = input.readByte();
      return count;
    },
    // Told never: the library takes an end between two blocks for the end of the data.
    eof: () => false,
  };
  do bunzip.decode(input, output, false);
  while (isBzip2(packed.subarray(at)));
}

function unpack(packed: Uint8Array, limit: number, tooLong: () => Error): Uint8Array {
  if (isGzip(packed)) return gunzipSync(packed, { maxOutputLength: limit });
  const out = new GrowingBytes(packed.length * 4, limit, tooLong);
  if (isBzip2(packed)) unpackBzip2(packed, out);
  else unpackLzw(packed, out);
  return out.content;
}

/**
 * What is in a file that is compressed as a whole; the file itself when it is not, which stays open.
 *
 * @param limit most bytes that it may unpack to
 * @throws UserError when it is damaged or unpacks to more than `limit` bytes
 */
export async function unpacked(bytes: FitsBytes, limit = usualUnpackLimit): Promise<FitsBytes> {
  const { name } = bytes;
  const start = await readBytes(bytes, 0, Math.min(4, bytes.size));
  if (!isGzip(start) && !isBzip2(start) && !isLzw(start)) return bytes;
  if (bytes.size > largestArray)
    throw damaged(name, 'is larger than 4 GiB and compressed', 'unpack it first');
  const packed = await readBytes(bytes, 0, bytes.size);
  const most = Math.min(limit, largestArray);
  const tooLong = (): UserError => tooLarge(name, most);
  try {
    return memoryBytes(name, unpack(packed, most, tooLong));
  } catch (error) {
    if (error instanceof UserError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLong();
    throw corrupt(name, error);
  } finally {
    await bytes.close();
  }
}
