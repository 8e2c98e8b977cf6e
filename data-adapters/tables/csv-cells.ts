// Delimited text as rows of texts, split by papaparse as the file streams by: a quoted cell may go over a line's end.
import { Readable } from 'node:stream';
import { UserError } from '../../core/errors.ts';
import { readStart } from '../formats/byte-source.ts';
import { parseNumber } from '../formats/number-rows.ts';
import { fileSource } from '../formats/source-file.ts';
import type { CellBlock, CellTable, OpenCellsOptions, UnevenRow } from './cell-table.ts';
import { csvStart } from './csv-header.ts';
import { gunzip } from './gzip.ts';

/** Rows of a block. */
const blockRows = 4096;

/** Bytes of a file and how far it has been read, unpacked where it is gzipped. */
async function* bytesOf(path: string): AsyncGenerator<{ bytes: Uint8Array; done: number }> {
  const source = await fileSource(path);
  const [first, second] = await readStart(source, 2);
  if (first === 0x1f && second === 0x8b) {
    for await (const { bytes, place } of gunzip(source)) yield { bytes, done: place };
    return;
  }
  let done = 0;
  for await (const bytes of source.chunks()) {
    done += bytes.length;
    yield { bytes, done };
  }
}

async function firstBytes(path: string): Promise<Uint8Array> {
  for await (const { bytes } of bytesOf(path)) return bytes;
  return new Uint8Array(0);
}

/** A header has a word, and no number; data frames leave the name of their row numbers empty. */
const isHeader = (cells: readonly string[]): boolean =>
  cells.some((cell) => cell !== '') && cells.every((cell) => parseNumber(cell) === undefined);

/** @throws UserError when it is missing, empty or no text */
export async function csvCells(path: string, { header }: OpenCellsOptions = {}): Promise<CellTable> {
  const { size } = await fileSource(path);
  const bytes = await firstBytes(path);
  const start = csvStart(bytes, path, header);
  const headed = header ?? isHeader(start.cells);
  const columns = start.cells.map((cell, i) => (headed && cell !== '' ? cell : `column_${i + 1}`));
  return {
    name: path,
    columns,
    size,
    unit: 'bytes',
    async *blocks(signal): AsyncGenerator<CellBlock> {
      const { default: papa } = await import('papaparse');
      let done = 0;
      const decoder = new TextDecoder();
      async function* texts(): AsyncGenerator<string> {
        for await (const piece of bytesOf(path)) {
          signal?.throwIfAborted();
          done = piece.done;
          yield decoder.decode(piece.bytes, { stream: true });
        }
      }
      const options = { delimiter: start.delimiter, skipEmptyLines: 'greedy' as const };
      const parser = papa.parse(papa.NODE_STREAM_INPUT, options);
      const source = Readable.from(texts(), { objectMode: true });
      source.on('error', (error) => parser.destroy(error));
      source.pipe(parser);
      let [rows, uneven]: [string[][], UnevenRow[]] = [[], []];
      let row = headed ? -1 : 0;
      let any = false;
      try {
        for await (const cells of parser as AsyncIterable<string[]>) {
          row += 1;
          if (row === 0) continue;
          any = true;
          if (cells.length === columns.length) rows.push(cells.map((cell) => cell.trim()));
          else uneven.push({ row, cells: cells.length });
          if (rows.length < blockRows) continue;
          yield { rows, uneven, done };
          [rows, uneven] = [[], []];
        }
      } finally {
        source.destroy();
        parser.destroy();
      }
      if (!any) {
        throw new UserError({ what: 'has a header and no rows', where: path, how: 'give a row at least' });
      }
      yield { rows, uneven, done: size };
    },
  };
}
