// CSV tables of numbers (papaparse splits the cells): comma, semicolon, tab or bar between them, quoted or not, with
// or without a header. Read block by block; a quoted cell may not go over a line's end.
import type Papa from 'papaparse';
import { UserError } from '../../core/errors.ts';
import type { ByteSource } from './byte-source.ts';
import { lineBlocks } from './lines.ts';
import { type NumberRows, noRows, notANumber, parseNumber, unevenRow } from './number-rows.ts';

/** The separator: that which stands first in the first line. */
const delimiterOf = (text: string): string => /[,;\t|]/.exec(text.split('\n', 1)[0])?.[0] ?? ',';

/**
 * Whether a first row is a header: some cell is no number, and every number in it is merely the column's place (data
 * frames are written with a first line `0,1,2,...,99,temperature`). Otherwise one wrong cell would hide a row of data.
 */
function isHeader(cells: readonly string[]): boolean {
  const numbers = cells.map(parseNumber);
  return (
    numbers.some((value, i) => value === undefined && cells[i] !== '') &&
    numbers.every((value, i) => value === undefined || Math.abs(value - i) <= 1)
  );
}

function splitCells(
  papa: typeof Papa,
  text: string,
  delimiter: string,
  where: string,
  line: number,
): string[][] {
  const { data, errors } = papa.parse<string[]>(text, { delimiter, newline: '\n' });
  const [error] = errors;
  const broken = data.findIndex((cells) => cells.some((cell) => cell.includes('\n')));
  if (error !== undefined || broken >= 0) {
    throw new UserError({
      what: `line ${line + (error?.row ?? broken)} has a quotation mark that is not closed within the line`,
      where,
      how: 'remove it',
    });
  }
  return data.map((cells) => cells.map((cell) => cell.trim()));
}

const isBlankRow = (cells: readonly string[]): boolean =>
  (cells.length === 1 && cells[0] === '') || cells[0].startsWith('#');

/**
 * Reads a CSV table of numbers block by block. Blank lines and lines that begin with # are skipped.
 *
 * @throws UserError naming line and column of a cell that is empty or no number and of a row of another length, and
 *   when there is no row at all
 */
export async function* readCsv(source: ByteSource): AsyncGenerator<NumberRows> {
  const { default: papa } = await import('papaparse');
  const where = source.name;
  const decoder = new TextDecoder();
  let delimiter: string | undefined;
  let header: string[] | undefined;
  let columns = 0;
  let anyRow = false;
  for await (const block of lineBlocks(source)) {
    const text = decoder.decode(block.bytes);
    delimiter ??= delimiterOf(text);
    const values: number[] = [];
    const lines: number[] = [];
    splitCells(papa, text, delimiter, where, block.line).forEach((cells, i) => {
      if (isBlankRow(cells)) return;
      const line = block.line + i;
      if (columns === 0) {
        columns = cells.length;
        if (isHeader(cells)) {
          header = cells;
          return;
        }
      }
      if (cells.length !== columns) throw unevenRow(where, line, cells.length, columns);
      cells.forEach((cell, column) => {
        const value = parseNumber(cell);
        if (value === undefined) throw notANumber(where, line, column + 1, cell);
        values.push(value);
      });
      lines.push(line);
    });
    if (lines.length === 0) continue;
    anyRow = true;
    yield {
      header,
      rows: lines.length,
      columns,
      values: Float64Array.from(values),
      lines: Uint32Array.from(lines),
    };
  }
  if (!anyRow) throw noRows(where, source.size);
}
