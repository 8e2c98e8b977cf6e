// A SHA-256 of an Arrow IPC file, kept inside it. The file format finds everything from its footer, so a block between
// the end of the stream and the footer is skipped by every reader; ours refuses a damaged file by it before any of the
// file's own lengths and offsets is believed. Layout of the end of a file:
//   ... end-of-stream marker | tag (16) sha-256 of all other bytes (32) zeros (16) | footer | its length (4) | ARROW1
import { createHash } from 'node:crypto';
import { UserError } from '../../core/errors.ts';

const magic = Buffer.from('ARROW1');
const tag = Buffer.from('deepfield-sha256');
const blockBytes = 64;
const trailerBytes = 4 + magic.length;

/** Bytes hashed at once: Node takes less than 2 GiB. */
const hashedBytes = 2 ** 30;

function digest(pieces: Iterable<Uint8Array>): Buffer {
  const hash = createHash('sha256');
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += hashedBytes) hash.update(piece.subarray(at, at + hashedBytes));
  }
  return hash.digest();
}

/** Pieces cut in two at `offset`. */
function cut(pieces: readonly Uint8Array[], offset: number): [Uint8Array[], Uint8Array[]] {
  const before: Uint8Array[] = [];
  const after: Uint8Array[] = [];
  let start = 0;
  for (const piece of pieces) {
    const at = Math.min(piece.length, Math.max(0, offset - start));
    before.push(piece.subarray(0, at));
    after.push(piece.subarray(at));
    start += piece.length;
  }
  return [before, after];
}

/** The same Arrow file with its checksum in it. */
export function addChecksum(pieces: readonly Uint8Array[]): Uint8Array[] {
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const [, end] = cut(pieces, total - trailerBytes);
  const footerBytes = Buffer.concat(end).readInt32LE(0);
  const [stream, footer] = cut(pieces, total - trailerBytes - footerBytes);
  const block = Buffer.alloc(blockBytes);
  tag.copy(block);
  digest(pieces).copy(block, tag.length);
  return [...stream, block, ...footer];
}

/** Checks that an Arrow file is the one that {@link addChecksum} made. @throws UserError when it is not */
export function verifyChecksum(bytes: Uint8Array, where: string): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fail = (what: string) =>
    new UserError({ what, where, how: 'prepare the data again, or restore the file' });
  if (file.length === 0) throw fail('is empty');
  if (!file.subarray(0, magic.length).equals(magic)) throw fail('is no Arrow file');
  const trailer = file.length - trailerBytes;
  if (trailer < magic.length + blockBytes || !file.subarray(trailer + 4).equals(magic)) {
    throw fail('is truncated: an Arrow file ends with ARROW1');
  }
  const footer = trailer - file.readInt32LE(trailer);
  const block = footer - blockBytes;
  if (footer > trailer || block < magic.length) throw fail('is damaged: its footer lies outside the file');
  if (!file.subarray(block, block + tag.length).equals(tag)) {
    throw fail('holds no prepared data (its checksum is missing)');
  }
  const expected = Buffer.alloc(blockBytes - tag.length);
  digest([file.subarray(0, block), file.subarray(footer)]).copy(expected);
  if (!file.subarray(block + tag.length, footer).equals(expected)) {
    throw fail('is damaged: its checksum does not agree');
  }
}
