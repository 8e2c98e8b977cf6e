// FITS files that are compressed as a whole, by gzip or bzip2, told by their first bytes and not by their name. They are
// unpacked in memory, up to a limit that a small file cannot make the machine exceed.
import { gunzipSync } from 'node:zlib';
import bunzip from 'seek-bzip';
import { UserError } from '../../../core/errors.ts';
import { type FitsBytes, largestArray, memoryBytes, readBytes } from './fits-bytes.ts';
import { damaged } from './fits-error.ts';

/** Most bytes that a compressed file may unpack to unless told otherwise: 1 GiB. */
export const usualUnpackLimit = 2 ** 30;

const startsWith = (bytes: Uint8Array, magic: string): boolean =>
  bytes.length >= magic.length && Buffer.from(bytes).toString('latin1', 0, magic.length) === magic;
const isBzip2 = (bytes: Uint8Array): boolean => startsWith(bytes, 'BZh');

const tooLarge = (where: string, limit: number): UserError =>
  damaged(where, `unpacks to more than ${limit} bytes`, 'unpack it first, or raise the limit (unpackLimit)');

const corrupt = (where: string, cause: unknown): UserError =>
  new UserError({
    where,
    what: `cannot be unpacked (${(cause as Error).message})`,
    how: 'copy the file again',
    cause,
  });

/** Bytes of bzip2's own, one stream after another; what follows the last one is not looked at, as bzip2 does. */
function unpackBzip2(packed: Uint8Array, where: string, limit: number): Uint8Array {
  let at = 0;
  let out = Buffer.allocUnsafe(Math.min(limit, Math.max(64 * 1024, packed.length * 4)));
  let length = 0;
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
  const output = {
    writeByte(byte: number): void {
      if (length === out.length) {
        if (length >= limit) throw tooLarge(where, limit);
        const longer = Buffer.allocUnsafe(Math.min(limit, out.length * 2));
        out.copy(longer);
        out = longer;
      }
      out[length++] = byte;
    },
  };
  do bunzip.decode(input, output, false);
  while (isBzip2(packed.subarray(at)));
  return out.subarray(0, length);
}

/**
 * What is in a file that is compressed as a whole; the file itself when it is not, which stays open.
 *
 * @param limit most bytes that it may unpack to
 * @throws UserError when it is damaged, unpacks to more than `limit` bytes, or is compressed in another way
 */
export async function unpacked(bytes: FitsBytes, limit = usualUnpackLimit): Promise<FitsBytes> {
  const { name } = bytes;
  const start = await readBytes(bytes, 0, Math.min(4, bytes.size));
  if (startsWith(start, '\x1f\x9d')) {
    throw damaged(name, 'is compressed by the old Unix compress (.Z)', 'unpack it first: uncompress');
  }
  const gzip = startsWith(start, '\x1f\x8b');
  if (!gzip && !isBzip2(start)) return bytes;
  if (bytes.size > largestArray)
    throw damaged(name, 'is larger than 4 GiB and compressed', 'unpack it first');
  const packed = await readBytes(bytes, 0, bytes.size);
  const most = Math.min(limit, largestArray);
  try {
    const content = gzip ? gunzipSync(packed, { maxOutputLength: most }) : unpackBzip2(packed, name, most);
    return memoryBytes(name, content);
  } catch (error) {
    if (error instanceof UserError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name, most);
    throw corrupt(name, error);
  } finally {
    await bytes.close();
  }
}
