// The beginning of a delimited text: which sign stands between the cells, and whether the first line names the columns.
import { UserError } from '../../core/errors.ts';

export interface CsvStart {
  readonly delimiter: string;
  /** Cells of the first line. */
  readonly cells: readonly string[];
  /** Whether that line is a header. */
  readonly header: boolean;
  /** Bytes and lines before the first row. */
  readonly bytes: number;
  readonly lines: number;
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$|^[+-]?(nan|inf|infinity)$|^$/i;

/** Cells of one line; a quoted cell may hold the delimiter. */
export function splitLine(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const sign of line) {
    if (sign === '"') quoted = !quoted;
    else if (sign === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell.trim()];
}

/**
 * Looks at the first bytes of a text.
 *
 * @param headed whether the first line is a header; when left out it is one if none of its cells is a number
 * @throws UserError for an empty file and for what is no UTF-8 text
 */
export function csvStart(bytes: Uint8Array, where: string, headed?: boolean): CsvStart {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new UserError({ what: 'is UTF-16 text', where, how: 'save it as UTF-8' });
  }
  let start = mark;
  let lines = 0;
  for (;;) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    const line = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
      .toString('utf8')
      .trimEnd();
    if (line.includes('\0')) {
      throw new UserError({
        what: 'is no text',
        where,
        how: 'name it by its format: .parquet, .arrow, .root or .h5',
      });
    }
    const markup = /^\s*([<{[])/.exec(line)?.[1];
    if (markup !== undefined) {
      throw new UserError({
        what: `is ${markup === '<' ? 'XML' : 'JSON'}, not a table`,
        where,
        how: 'convert it to CSV first',
      });
    }
    if (line.trim() === '' && newline >= 0) {
      start = newline + 1;
      lines += 1;
      continue;
    }
    if (line.trim() === '') {
      throw new UserError({ what: 'holds no row', where, how: 'check that it was written to its end' });
    }
    const delimiter = /[,;\t|]/.exec(line)?.[0] ?? (/\S +\S/.test(line) ? ' ' : ',');
    const cells = splitLine(line, delimiter);
    const header = headed ?? !cells.some((cell) => number.test(cell));
    return header
      ? { delimiter, cells, header, bytes: end + 1, lines: lines + 1 }
      : { delimiter, cells, header, bytes: start, lines };
  }
}
