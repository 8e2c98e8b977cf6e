// Plain text tables: numbers apart by blanks, tabs or commas, one row a line, as numpy.savetxt and most simulation
// codes write them. Blank lines and comments (# to the end of the line) are skipped. Quoted and irregular CSV is csv.ts.
import type { ByteSource } from './byte-source.ts';
import { type LineBlock, lineBlocks } from './lines.ts';
import { type NumberRows, noRows, notANumber, parseNumber, unevenRow } from './number-rows.ts';

const newline = 10;
const hash = 35;
const plus = 43;
const minus = 45;
const isBlank = (byte: number): boolean => byte === 32 || byte === 9 || byte === 13 || byte === 44;
const endsToken = (byte: number | undefined): boolean =>
  byte === undefined || isBlank(byte) || byte === newline || byte === hash;

function readBlock(block: LineBlock, columnsBefore: number, where: string): NumberRows {
  const { bytes } = block;
  const values = new Float64Array((bytes.length + 1) >> 1);
  const lines: number[] = [];
  let columns = columnsBefore;
  let count = 0;
  let rowStart = 0;
  let line = block.line;
  const endRow = () => {
    const width = count - rowStart;
    if (width > 0) {
      if (columns === 0) columns = width;
      if (width !== columns) throw unevenRow(where, line, width, columns);
      lines.push(line);
      rowStart = count;
    }
    line += 1;
  };
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at];
    if (isBlank(byte)) {
      at += 1;
    } else if (byte === newline) {
      endRow();
      at += 1;
    } else if (byte === hash) {
      const end = bytes.indexOf(newline, at);
      at = end < 0 ? bytes.length : end;
    } else {
      // Spins are one digit, signed or not; anything longer goes the general way.
      const digitAt = byte === minus || byte === plus ? at + 1 : at;
      const digit = bytes[digitAt] - 48;
      if (digit >= 0 && digit <= 9 && endsToken(bytes[digitAt + 1])) {
        values[count++] = byte === minus ? -digit : digit;
        at = digitAt + 1;
      } else {
        let end = at + 1;
        while (!endsToken(bytes[end])) end += 1;
        const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('utf8');
        const value = parseNumber(text);
        if (value === undefined) throw notANumber(where, line, count - rowStart + 1, text);
        values[count++] = value;
        at = end;
      }
    }
  }
  endRow();
  return { rows: lines.length, columns, values: values.subarray(0, count), lines: Uint32Array.from(lines) };
}

/**
 * Reads a table of numbers block by block.
 *
 * @throws UserError naming line and column of anything that is no number or of a row of another length, and when there
 *   is no row at all
 */
export async function* readTextTable(source: ByteSource): AsyncGenerator<NumberRows> {
  let columns = 0;
  for await (const block of lineBlocks(source)) {
    const rows = readBlock(block, columns, source.name);
    if (rows.rows === 0) continue;
    columns = rows.columns;
    yield rows;
  }
  if (columns === 0) throw noRows(source.name, source.size);
}
