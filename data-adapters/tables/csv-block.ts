// Rows of delimited text to columns of numbers, straight from the bytes: what makes files of many gigabytes readable in a
// minute or two. A cell is a decimal number, `nan`, `inf`, empty (NaN), or a word of a column's codes; it may be quoted, and
// blanks around it do not count. Rows of another width and cells of anything else are set aside with the reason.
import type { NumberArray } from '../expressions/index.ts';
import { exactFloat64, nearestFloat32, nearFloat32 } from './decimal.ts';
import type { BadRow, Codes } from './table.ts';

/** What to do with each column of the text. */
export interface CsvLayout {
  /** Names, in the order of the text. */
  readonly columns: readonly string[];
  readonly delimiter: number;
  /** By column of the text: where its numbers go, or -1 for a column that is not wanted. */
  readonly slots: readonly number[];
  /** By slot. */
  readonly double: readonly boolean[];
  /** By slot. */
  readonly codes: readonly (Codes | undefined)[];
}

export interface CsvBlock {
  readonly rows: number;
  /** Lines of the text, among them blank and bad ones. */
  readonly lines: number;
  /** Line of each row within the text, from 0. */
  readonly rowNumbers: Uint32Array;
  /** By slot. */
  readonly values: NumberArray[];
  readonly bad: BadRow[];
}

const powers = Float64Array.of(1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9);

const newline = 10;
const point = 46;
const quote = 34;
const longestShown = 10_000;

const specials: Readonly<Record<string, number>> = {
  '': Number.NaN,
  nan: Number.NaN,
  na: Number.NaN,
  null: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '+inf': Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
};
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

const textOf = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.max(0, end - start)).toString('utf8');

function countLines(bytes: Uint8Array): number {
  // A Buffer looks for a byte several times faster than a Uint8Array does.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let count = 0;
  for (let at = buffer.indexOf(newline); at >= 0; at = buffer.indexOf(newline, at + 1)) count += 1;
  return count;
}

/** The number that a cell's text is, undefined when it is none. */
function slowCell(text: string, double: boolean, codes: Codes | undefined): number | undefined {
  const bare = text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
  if (codes !== undefined) {
    if (Object.hasOwn(codes, bare)) return codes[bare];
    if (Object.hasOwn(codes, '*') && bare !== '') return codes['*'];
  }
  if (decimal.test(bare)) return double ? Number(bare) : nearestFloat32(bare);
  const word = bare.toLowerCase();
  return Object.hasOwn(specials, word) ? specials[word] : undefined;
}

/** The bytes with a newline at their end, so that no loop below can run over it. */
function closed(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0 || bytes[bytes.length - 1] === newline) return bytes;
  const longer = new Uint8Array(bytes.length + 1);
  longer.set(bytes);
  longer[bytes.length] = newline;
  return longer;
}

/** Parses whole lines; the last may lack its newline. */
export function parseCsvBlock(text: Uint8Array, layout: CsvLayout): CsvBlock {
  const bytes = closed(text);
  const { columns, delimiter, slots, double, codes } = layout;
  const width = columns.length;
  const lines = countLines(bytes);
  const values = double.map((wide) => (wide ? new Float64Array(lines) : new Float32Array(lines)));
  const rowNumbers = new Uint32Array(lines);
  const bad: BadRow[] = [];
  const length = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  let rows = 0;
  let line = 0;
  let at = 0;
  const cellEnd = (start: number): number => {
    let end = start;
    while ((bytes[end] === 32 || bytes[end] === 9) && bytes[end] !== delimiter) end += 1;
    if (bytes[end] === quote) {
      end += 1;
      while (bytes[end] !== quote && bytes[end] !== newline) end += 1;
    }
    while (bytes[end] !== delimiter && bytes[end] !== newline) end += 1;
    return end;
  };
  while (at < length) {
    const lineStart = at;
    let column = 0;
    let wrong: string | undefined;
    for (;;) {
      const slot = column < width ? slots[column] : -1;
      let byte = 0;
      if (slot < 0) {
        at = cellEnd(at);
        byte = bytes[at];
      } else {
        const start = at;
        byte = bytes[at];
        const negative = byte === 45;
        if (negative || byte === 43) byte = bytes[++at];
        let high = 0;
        let low = 0;
        let digits = 0;
        let exponent = 0;
        let zeros = 0;
        let rest = 0;
        let digit = byte - 48;
        while (digit === 0) {
          zeros += 1;
          digit = bytes[++at] - 48;
        }
        while (digit >= 0 && digit <= 9) {
          if (digits < 9) high = high * 10 + digit;
          else if (digits < 18) low = low * 10 + digit;
          else rest += 1;
          digits += 1;
          digit = bytes[++at] - 48;
        }
        exponent = rest;
        let seen = zeros + digits;
        if (digits > 18) digits = 18;
        if (digit === point - 48) {
          const fraction = at + 1;
          digit = bytes[++at] - 48;
          if (digits === 0) {
            while (at + 4 <= length && view.getInt32(at, true) === 0x30303030) at += 4;
            digit = bytes[at] - 48;
            while (digit === 0) digit = bytes[++at] - 48;
            exponent = fraction - at;
          }
          const kept = digits;
          // Four digits at a time, as long as four are there: most of the time of long numbers goes here.
          for (; digits <= 5 && at + 4 <= length; digits += 4, at += 4) {
            const four = view.getInt32(at, true);
            if ((four & 0xf0f0f0f0) !== 0x30303030 || ((four + 0x06060606) & 0xf0f0f0f0) !== 0x30303030)
              break;
            const tens = Math.imul(four & 0x0f0f0f0f, 10) + ((four >> 8) & 0x0f0f0f);
            high = high * 10_000 + (tens & 0xff) * 100 + ((tens >> 16) & 0xff);
          }
          digit = bytes[at] - 48;
          while (digits < 9 && digit >= 0 && digit <= 9) {
            high = high * 10 + digit;
            digits += 1;
            digit = bytes[++at] - 48;
          }
          if (digits >= 9) {
            for (; digits <= 14 && at + 4 <= length; digits += 4, at += 4) {
              const four = view.getInt32(at, true);
              if ((four & 0xf0f0f0f0) !== 0x30303030 || ((four + 0x06060606) & 0xf0f0f0f0) !== 0x30303030)
                break;
              const tens = Math.imul(four & 0x0f0f0f0f, 10) + ((four >> 8) & 0x0f0f0f);
              low = low * 10_000 + (tens & 0xff) * 100 + ((tens >> 16) & 0xff);
            }
            digit = bytes[at] - 48;
          }
          while (digits < 18 && digit >= 0 && digit <= 9) {
            low = low * 10 + digit;
            digits += 1;
            digit = bytes[++at] - 48;
          }
          exponent -= digits - kept;
          while (digit >= 0 && digit <= 9) {
            rest += 1;
            digit = bytes[++at] - 48;
          }
          seen += at - fraction;
        }
        byte = bytes[at];
        if (byte === 101 || byte === 69) {
          let power = bytes[++at];
          const down = power === 45;
          if (down || power === 43) power = bytes[++at];
          const from = at;
          let value = 0;
          for (let d = power - 48; d >= 0 && d <= 9 && value < 10_000; d = bytes[++at] - 48)
            value = value * 10 + d;
          if (at === from) seen = 0;
          exponent += down ? -value : value;
          byte = bytes[at];
        }
        let value = Number.NaN;
        const ended = byte === delimiter || byte === newline || (byte === 13 && bytes[at + 1] === newline);
        if (ended && seen > 0) {
          if (high === 0) value = 0;
          else {
            const mantissa = digits <= 9 ? high : high * powers[digits - 9] + low;
            if (!double[slot]) value = nearFloat32(mantissa, exponent);
            else if (rest === 0) value = exactFloat64(mantissa, digits, exponent);
          }
          if (negative) value = -value;
        }
        if (Number.isNaN(value) || codes[slot] !== undefined) {
          at = cellEnd(ended ? at : start);
          const text = textOf(bytes, start, at);
          const found = slowCell(text, double[slot], codes[slot]);
          if (found === undefined) {
            const cell = text.trim();
            const shown = JSON.stringify(cell.length > 24 ? `${cell.slice(0, 24)}...` : cell);
            const known = codes[slot] === undefined ? '' : ` or ${Object.keys(codes[slot]).join(', ')}`;
            wrong ??= `column ${column + 1} (${columns[column]}) is ${shown}, expected a number${known}`;
          } else value = found;
        } else if (byte === 13) at += 1;
        values[slot][rows] = value;
        byte = bytes[at];
      }
      column += 1;
      at += 1;
      if (byte === newline) break;
    }
    const end = at - 1;
    if (column !== width || wrong !== undefined) {
      const blank = column === 1 && textOf(bytes, lineStart, end).trim() === '';
      if (!blank) {
        const counted = `has ${column} column${column === 1 ? '' : 's'}, expected ${width}`;
        const text = textOf(bytes, lineStart, Math.min(end, lineStart + longestShown)).trimEnd();
        bad.push({ row: line, what: column !== width ? counted : wrong!, text });
      }
    } else if (width === 1 && textOf(bytes, lineStart, end).trim() === '') {
      // A blank line of a table of one column.
    } else rowNumbers[rows++] = line;
    line += 1;
  }
  const trimmed = rows === lines ? values : values.map((array) => array.slice(0, rows));
  return {
    rows,
    lines,
    rowNumbers: rows === lines ? rowNumbers : rowNumbers.slice(0, rows),
    values: trimmed,
    bad,
  };
}
