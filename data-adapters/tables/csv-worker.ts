// What a worker thread does for csv-table.ts: parses one piece of the text, sent as bytes or named as a range of the file.
// A line belongs to the range that its first byte lies in.
import { closeSync, openSync, readSync } from 'node:fs';
import { type CsvBlock, type CsvLayout, parseCsvBlock } from './csv-block.ts';

/** Bytes start ... end-1 of a file, of which `start` begins a line when `wholeStart`. */
export interface FileRange {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly wholeStart: boolean;
  readonly fileSize: number;
}

export interface CsvTask {
  readonly layout: CsvLayout;
  /** Place in the file after this piece. */
  readonly done: number;
  readonly piece: Uint8Array | FileRange;
}

export interface CsvResult extends CsvBlock {
  readonly done: number;
}

const newline = 10;
/** Bytes looked through at a time for the end of the last line. */
const tailBytes = 16 * 1024;
/** Beyond this no newline is looked for: the rest counts as the line's end. */
const longestLine = 16 * 1024 * 1024;

function readFully(descriptor: number, bytes: Uint8Array, place: number): number {
  let length = 0;
  while (length < bytes.length) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, place + length);
    if (count === 0) break;
    length += count;
  }
  return length;
}

/** The whole lines that begin in a range. */
export function linesOf(range: FileRange): Uint8Array {
  const descriptor = openSync(range.path, 'r');
  try {
    return linesFrom(descriptor, range);
  } finally {
    closeSync(descriptor);
  }
}

function linesFrom(descriptor: number, { start, end, wholeStart, fileSize }: FileRange): Uint8Array {
  const from = wholeStart ? start : start - 1;
  let bytes = new Uint8Array(Math.min(end + tailBytes, fileSize) - from);
  bytes = bytes.subarray(0, readFully(descriptor, bytes, from));
  const first = wholeStart ? 0 : bytes.indexOf(newline) + 1;
  if (!wholeStart && (first === 0 || from + first >= end)) return bytes.subarray(0, 0);
  let close = bytes.indexOf(newline, end - 1 - from);
  while (close < 0 && from + bytes.length < fileSize && bytes.length < end - from + longestLine) {
    const longer = new Uint8Array(Math.min(bytes.length * 2, fileSize - from));
    longer.set(bytes);
    const searched = bytes.length;
    const count = readFully(descriptor, longer.subarray(searched), from + searched);
    bytes = longer.subarray(0, searched + count);
    if (count === 0) break;
    close = bytes.indexOf(newline, searched);
  }
  return bytes.subarray(first, close < 0 ? bytes.length : close + 1);
}

export default function parseTask({ layout, piece, done }: CsvTask): CsvResult {
  return { ...parseCsvBlock(piece instanceof Uint8Array ? piece : linesOf(piece), layout), done };
}
