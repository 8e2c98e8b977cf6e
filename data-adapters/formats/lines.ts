// Cuts a stream of text bytes into blocks of whole lines, for readers that work line by line without ever holding
// the whole file. Lines end with \n or \r\n; the \r is left to the reader as white space.
import { UserError } from '../../core/errors.ts';
import type { ByteSource } from './byte-source.ts';

/** Some consecutive lines. */
export interface LineBlock {
  /** UTF-8 bytes; only the last block of a file may lack the final \n. */
  readonly bytes: Uint8Array;
  /** Number of the block's first line, from 1. */
  readonly line: number;
}

/** Longest line read: a lattice of some 2,500 x 2,500 spins. */
const longestLine = 16 * 1024 * 1024;
const newline = 10;

function withoutMark(bytes: Uint8Array, where: string): Uint8Array {
  const [a, b, c] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new UserError({ what: 'is UTF-16 text', where, how: 'save it as UTF-8' });
  }
  return a === 0xef && b === 0xbb && c === 0xbf ? bytes.subarray(3) : bytes;
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let i = bytes.indexOf(newline); i >= 0; i = bytes.indexOf(newline, i + 1)) count += 1;
  return count;
}

/** The lines of a text in order. @throws UserError for UTF-16 text and for a line longer than 16 MiB */
export async function* lineBlocks(source: ByteSource): AsyncGenerator<LineBlock> {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let line = 1;
  let first = true;
  for await (let piece of source.chunks()) {
    if (first && piece.length > 0) {
      piece = withoutMark(piece, source.name);
      first = false;
    }
    const end = piece.lastIndexOf(newline) + 1;
    if (end > 0) {
      const bytes =
        pending.length === 0 ? piece.subarray(0, end) : Buffer.concat([...pending, piece.subarray(0, end)]);
      yield { bytes, line };
      line += countLines(bytes);
      pending = [];
      pendingBytes = 0;
    }
    if (end < piece.length) {
      pending.push(piece.subarray(end));
      pendingBytes += piece.length - end;
    }
    if (pendingBytes > longestLine) {
      throw new UserError({
        what: `line ${line} is longer than ${longestLine} bytes`,
        where: source.name,
        how: 'check that it is text with one row per line',
      });
    }
  }
  if (pendingBytes > 0) yield { bytes: Buffer.concat(pending), line };
}
