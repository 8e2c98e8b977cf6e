// Delimited text as rows of texts, split by papaparse, some whole rows at a time: a quoted cell may go over a line's end.
import { UserError } from '../../core/errors.ts';
import { readStart } from '../formats/byte-source.ts';
import { parseNumber } from '../formats/number-rows.ts';
import { fileSource } from '../formats/source-file.ts';
import type { CellBlock, CellTable, OpenCellsOptions, UnevenRow } from './cell-table.ts';
import { csvStart } from './csv-header.ts';
import { gunzip } from './gzip.ts';

/** Letters of a row at most. */
const longestRow = 64 * 1024 * 1024;

/** Where the last whole row of a text ends: behind a line's end that stands in no quotes. */
function lastRowEnd(text: string): number {
  let [quoted, end] = [false, 0];
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    if (sign === 34) quoted = !quoted;
    else if (sign === 10 && !quoted) end = i + 1;
  }
  return end;
}

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
      const options = { delimiter: start.delimiter, skipEmptyLines: 'greedy' as const };
      const decoder = new TextDecoder();
      let [pending, row, any] = ['', headed ? -1 : 0, false];
      const parsed = (text: string, done: number): CellBlock => {
        const rows: string[][] = [];
        const uneven: UnevenRow[] = [];
        for (const cells of papa.parse<string[]>(text, options).data) {
          row += 1;
          if (row === 0) continue;
          any = true;
          if (cells.length === columns.length) rows.push(cells.map((cell) => cell.trim()));
          else uneven.push({ row, cells: cells.length });
        }
        return { rows, uneven, done };
      };
      for await (const { bytes, done } of bytesOf(path)) {
        signal?.throwIfAborted();
        pending += decoder.decode(bytes, { stream: true });
        const end = lastRowEnd(pending);
        if (end === 0 && pending.length > longestRow) {
          throw new UserError({
            what: `row ${row + 1} does not end within 64 MB`,
            where: path,
            how: 'look for a quotation mark that is not closed',
          });
        }
        if (end === 0) continue;
        yield parsed(pending.slice(0, end), done);
        pending = pending.slice(end);
      }
      const rest = pending + decoder.decode();
      if (rest !== '') yield parsed(rest, size);
      if (!any) {
        throw new UserError({ what: 'has a header and no rows', where: path, how: 'give a row at least' });
      }
    },
  };
}
