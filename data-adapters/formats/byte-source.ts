// Where bytes come from, for readers that need not know whether it is a file on disk, an entry of a zip archive or a
// request's body.
import { UserError } from '../../core/errors.ts';

/** A named run of bytes of known length that can be read from its beginning, any number of times. */
export interface ByteSource {
  /** How messages call it: a path, or `spins.zip: run/1.540_00047.txt`. */
  readonly name: string;
  /** Length in bytes as the file system or the archive declares it. */
  readonly size: number;
  /** The bytes in order, in pieces of any length. @throws UserError when they cannot be read */
  chunks(): AsyncIterable<Uint8Array>;
}

/** Largest array of bytes held at once: what Node 20 allows in one buffer. */
const largest = 2 ** 32 - 1;

/** Bytes that are in memory already. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    async *chunks() {
      yield bytes;
    },
  };
}

/** Everything, in one array of its own. @throws UserError above 4 GiB or when the length is not the declared one */
export async function readAll(source: ByteSource): Promise<Uint8Array<ArrayBuffer>> {
  if (source.size > largest) {
    throw new UserError({
      what: `holds ${source.size} bytes, more than the 4 GiB that are read at once`,
      where: source.name,
      how: 'split it into several files',
    });
  }
  const bytes = new Uint8Array(source.size);
  let length = 0;
  for await (const piece of source.chunks()) {
    if (length + piece.length > bytes.length) throw changedLength(source, 'more');
    bytes.set(piece, length);
    length += piece.length;
  }
  if (length < bytes.length) throw changedLength(source, `only ${length}`);
  return bytes;
}

/** The first `count` bytes, or all there are when there are fewer. */
export async function readStart(source: ByteSource, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.min(count, source.size));
  let length = 0;
  for await (const piece of source.chunks()) {
    const part = piece.subarray(0, bytes.length - length);
    bytes.set(part, length);
    length += part.length;
    if (length === bytes.length) break;
  }
  return bytes.subarray(0, length);
}

function changedLength(source: ByteSource, found: string): UserError {
  return new UserError({
    what: `expected ${source.size} bytes, got ${found}`,
    where: source.name,
    how: 'read it again when nothing writes to it',
  });
}
