// How many lines a text has: counted, or for a large one told from its beginning.

import { Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { fileSource } from '../formats/source-file.ts';

export interface LineCount {
  readonly lines: number;
  /** Whether it was counted to the end. */
  readonly exact: boolean;
}

/** Bytes of a file that are read by default: a fraction of a second, of a gzipped one a second. */
const mostBytes = 256 * 1024 * 1024;
const mostPacked = mostBytes / 8;
const newline = 10;

/**
 * @param gzipped whether the text has to be unpacked
 * @param most bytes of the file that are read
 * @throws UserError when it cannot be read
 */
export async function countLines(
  path: string,
  gzipped: boolean,
  most = gzipped ? mostPacked : mostBytes,
): Promise<LineCount> {
  const source = await fileSource(path);
  let [read, lines, last] = [0, 0, newline];
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for await (const piece of source.chunks()) {
      read += piece.length;
      yield piece;
      if (read >= most) return;
    }
  }
  const plain: AsyncIterable<Uint8Array> = gzipped
    ? Readable.from(pieces()).pipe(createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }))
    : pieces();
  for await (const piece of plain) {
    for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, at + 1)) lines++;
    last = piece.at(-1) ?? last;
  }
  if (read >= source.size) return { lines: lines + (last === newline ? 0 : 1), exact: true };
  return { lines: Math.round((lines * source.size) / read), exact: false };
}
