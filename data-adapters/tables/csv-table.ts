// Delimited text as a table: plain or gzipped, with or without a header. A plain file is cut into byte ranges that worker
// threads read and parse; a gzipped one is unpacked here and parsed there. Memory does not depend on the file's size.
import { UserError } from '../../core/errors.ts';
import { streamFromWorkers } from '../../core/workers.ts';
import { readStart } from '../formats/byte-source.ts';
import { fileSource } from '../formats/source-file.ts';
import { checkColumns } from './check-columns.ts';
import type { CsvLayout } from './csv-block.ts';
import { csvStart } from './csv-header.ts';
import parseTask, { type CsvResult, type CsvTask } from './csv-worker.ts';
import { gunzip } from './gzip.ts';
import type { ReadOptions, Table, TableBlock } from './table.ts';

export interface CsvOptions {
  /** Names of the columns of a text without a header. */
  readonly names?: readonly string[];
}

/** Bytes of one piece: 5,500 rows of 29 columns at 19 digits. */
const pieceBytes = 4 * 1024 * 1024;
/** Smaller files are not worth a thread. */
const smallFile = 8 * 1024 * 1024;

/** An unpacked text without a newline for longer is no table. */
const longestLine = 64 * 1024 * 1024;

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function startBytes(path: string): Promise<{ bytes: Uint8Array; gzip: boolean; size: number }> {
  const source = await fileSource(path);
  const bytes = await readStart(source, 1024 * 1024);
  if (!isGzip(bytes)) return { bytes, gzip: false, size: source.size };
  for await (const { bytes } of gunzip(source)) return { bytes, gzip: true, size: source.size };
  return { bytes: new Uint8Array(0), gzip: true, size: source.size };
}

function columnNames(
  cells: readonly string[],
  header: boolean,
  names: readonly string[] | undefined,
  path: string,
) {
  const found = header ? cells : (names ?? cells.map((_, i) => `column_${i + 1}`));
  if (!header && found.length !== cells.length) {
    throw new UserError({
      what: `has ${cells.length} column${cells.length === 1 ? '' : 's'} and no header, expected ${found.length}`,
      where: path,
      how: `its columns should be ${found.length > 3 ? `${found[0]}, ${found[1]}, ..., ${found.at(-1)}` : found.join(', ')}`,
    });
  }
  const twice = found.find((name, i) => found.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new UserError({ what: `has two columns ${twice}`, where: path, how: 'rename one' });
  }
  return found;
}

/** Whole lines of an unpacked text, in pieces, after the first `skip` bytes. */
async function* unzippedTasks(path: string, layout: CsvLayout, skip: number): AsyncGenerator<CsvTask> {
  let left = skip;
  let pieces: Uint8Array[] = [];
  let length = 0;
  let done = 0;
  for await (const { bytes, place } of gunzip(await fileSource(path))) {
    const piece = bytes.subarray(Math.min(left, bytes.length));
    left -= bytes.length - piece.length;
    done = place;
    pieces.push(piece);
    length += piece.length;
    const end = length < pieceBytes ? -1 : piece.lastIndexOf(10);
    if (end < 0) {
      if (length > longestLine) {
        throw new UserError({
          what: 'has a line of more than 64 MB',
          where: path,
          how: 'check that it is text',
        });
      }
      continue;
    }
    pieces[pieces.length - 1] = piece.subarray(0, end + 1);
    yield { layout, piece: joined(pieces), done };
    pieces = [piece.subarray(end + 1)];
    length = pieces[0].length;
  }
  if (length > 0) yield { layout, piece: joined(pieces), done };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function* rangeTasks(path: string, layout: CsvLayout, from: number, size: number): Generator<CsvTask> {
  for (let start = from; start < size; start += pieceBytes) {
    const end = Math.min(start + pieceBytes, size);
    yield { layout, done: end, piece: { path, start, end, wholeStart: start === from, fileSize: size } };
  }
}

async function* here(tasks: Iterable<CsvTask> | AsyncIterable<CsvTask>, signal?: AbortSignal) {
  for await (const task of tasks) {
    signal?.throwIfAborted();
    yield parseTask(task);
  }
}

/**
 * A delimited text file as a table.
 *
 * @throws UserError when it is missing, empty, no text, or has other columns than `names`
 */
export async function csvTable(path: string, { names }: CsvOptions = {}): Promise<Table> {
  const { bytes, gzip, size } = await startBytes(path);
  const start = csvStart(bytes, path);
  const columns = columnNames(start.cells, start.header, names, path);
  return {
    name: path,
    rowNoun: 'line',
    columns,
    size,
    unit: 'bytes',
    async *blocks(options: ReadOptions): AsyncGenerator<TableBlock> {
      const { columns: wanted, float64 = [], codes = {}, threads = 0, signal } = options;
      checkColumns(wanted, columns, path);
      const layout: CsvLayout = {
        columns,
        delimiter: start.delimiter.charCodeAt(0),
        slots: columns.map((name) => wanted.indexOf(name)),
        double: wanted.map((name) => float64.includes(name)),
        codes: wanted.map((name) => codes[name]),
      };
      const tasks = gzip
        ? unzippedTasks(path, layout, start.bytes)
        : rangeTasks(path, layout, start.bytes, size);
      const module = new URL('./csv-worker', import.meta.url);
      const results: AsyncIterable<CsvResult> =
        threads > 0 && size > smallFile
          ? streamFromWorkers<CsvTask, CsvResult>(
              module,
              tasks,
              { threads, ahead: 2, signal },
              ({ piece }) => (piece instanceof Uint8Array ? [piece.buffer as ArrayBuffer] : []),
            )
          : here(tasks, signal);
      let line = start.lines + 1;
      for await (const { rows, lines, rowNumbers, values, bad, done } of results) {
        const base = line;
        line += lines;
        yield {
          rows,
          rowNumbers: rowNumbers.map((row) => row + base),
          columns: Object.fromEntries(wanted.map((name, slot) => [name, values[slot]])),
          bad: bad.map(({ row, ...rest }) => ({ row: row + base, ...rest })),
          done,
        };
      }
    },
  };
}
