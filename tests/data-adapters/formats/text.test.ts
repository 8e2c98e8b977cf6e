import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { type ByteSource, bytesSource } from '../../../data-adapters/formats/byte-source.ts';
import { readCsv } from '../../../data-adapters/formats/csv.ts';
import { lineBlocks } from '../../../data-adapters/formats/lines.ts';
import { type NumberRows, parseNumber } from '../../../data-adapters/formats/number-rows.ts';
import { readTextTable } from '../../../data-adapters/formats/text-table.ts';
import { answer, damage, trials } from './damage.ts';

/** A source that comes in pieces of the given length. */
function pieces(text: string | Uint8Array, length = 7): ByteSource {
  const bytes = Buffer.from(text);
  return {
    name: 'a.txt',
    size: bytes.length,
    async *chunks() {
      for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
    },
  };
}

interface Table {
  header?: readonly string[];
  columns: number;
  rows: number[][];
  lines: number[];
}

async function collect(blocks: AsyncIterable<NumberRows>): Promise<Table> {
  const table: Table = { columns: 0, rows: [], lines: [] };
  for await (const { header, columns, rows, values, lines } of blocks) {
    expect(values.length).toBe(rows * columns);
    expect(lines.length).toBe(rows);
    table.header = header;
    table.columns = columns;
    for (let row = 0; row < rows; row++)
      table.rows.push([...values.subarray(row * columns, (row + 1) * columns)]);
    table.lines.push(...lines);
  }
  return table;
}

const readers = [
  ['text', readTextTable, ' '],
  ['csv', readCsv, ','],
] as const;

describe('lineBlocks', () => {
  it('gives every byte once, in whole lines, whatever the pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', ','), maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (text, length) => {
          let joined = '';
          for await (const { bytes, line } of lineBlocks(pieces(text, length))) {
            expect(line).toBe(joined.split('\n').length);
            expect(joined === '' || joined.endsWith('\n')).toBe(true);
            joined += Buffer.from(bytes).toString();
          }
          expect(joined).toBe(text);
        },
      ),
    );
  });

  it('removes a byte order mark, refuses UTF-16 and lines without end', async () => {
    const first = async (bytes: Uint8Array) => (await lineBlocks(bytesSource('a.txt', bytes)).next()).value;
    expect(Buffer.from((await first(Buffer.from('\ufeff1\n'))).bytes).toString()).toBe('1\n');
    await expect(first(Buffer.from('\ufeff1\n', 'utf16le'))).rejects.toThrow(
      'a.txt: is UTF-16 text; save it as UTF-8',
    );
    await expect(first(new Uint8Array(17 * 1024 * 1024).fill(49))).rejects.toThrow('line 1 is longer than');
  });
});

describe('parseNumber', () => {
  it.each([
    ['1', 1],
    ['-1', -1],
    ['+1', 1],
    ['2.', 2],
    ['.5', 0.5],
    ['1e3', 1000],
    ['2.269185314', 2.269185314],
    ['nan', Number.NaN],
    ['-inf', Number.NEGATIVE_INFINITY],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['', undefined],
    ['.', undefined],
    ['-', undefined],
    ['0x10', undefined],
    ['1_000', undefined],
    ['1,5', undefined],
    ['1 2', undefined],
    ['constructor', undefined],
  ])('%s', (text, value) => {
    expect(parseNumber(text)).toEqual(value);
  });
});

describe.each(readers)('reading %s', (_, read, separator) => {
  const table = fc.integer({ min: 1, max: 5 }).chain((columns) =>
    fc.array(
      fc.array(fc.oneof(fc.constantFrom(0, 1, -1), fc.double({ noNaN: true, noDefaultInfinity: true })), {
        minLength: columns,
        maxLength: columns,
      }),
      { minLength: 1, maxLength: 8 },
    ),
  );

  it('gives back what was written, by any pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, n, end) => {
          const text = rows
            .map((row) => row.map((x) => (Object.is(x, -0) ? '-0' : `${x}`)).join(separator))
            .join(end);
          const found = await collect(read(pieces(text, n)));
          expect(found.rows).toEqual(rows);
          expect(found.lines).toEqual(rows.map((_, i) => i + 1));
          expect(found.header).toBe(undefined);
        },
      ),
    );
  });

  it('passes over blank lines and comments, and counts them', async () => {
    const text = `# made by hand\n\n1${separator}0\n\n0${separator}1\n\n`;
    expect(await collect(read(pieces(text)))).toMatchObject({
      rows: [
        [1, 0],
        [0, 1],
      ],
      lines: [3, 5],
    });
  });

  it.each([
    ['', 'a.txt: is empty'],
    ['\n\n', 'a.txt: holds no row of numbers'],
    ['# nothing\n', 'a.txt: holds no row of numbers'],
    [`1${separator}0\n1\n`, 'a.txt: line 2 has 1 column, expected 2'],
    [`1${separator}0\n1${separator}0${separator}1`, 'a.txt: line 2 has 3 columns, expected 2'],
    [`1${separator}0\n1${separator}up`, 'a.txt: line 2, column 2 is "up", expected a number'],
    [`1${separator}0\n1${separator}\u0000`, 'a.txt: line 2, column 2 is "\\u0000", expected a number'],
    [`5${separator}x`, undefined],
  ])('tells what is wrong with %j', async (text, message) => {
    const found = collect(read(pieces(text)));
    await expect(found).rejects.toThrow(UserError);
    if (message !== undefined) await expect(found).rejects.toThrow(message);
  });

  it('keeps nan and inf for whoever knows what they mean', async () => {
    const { rows } = await collect(read(pieces(`1${separator}nan\n2${separator}-inf`)));
    expect(rows).toEqual([
      [1, Number.NaN],
      [2, Number.NEGATIVE_INFINITY],
    ]);
  });

  it('answers any damage with a table or a UserError', async () => {
    const good = Buffer.from(
      `${[
        [1, 0, 2.27],
        [0, 1, 3.5],
        [1, 1, 1],
      ]
        .map((row) => row.join(separator))
        .join('\n')}\n`,
    );
    await fc.assert(
      fc.asyncProperty(damage(good), fc.integer({ min: 1, max: 60 }), async (bytes, n) => {
        const found = await answer(() => collect(read(pieces(bytes, n))));
        if (found) expect(found.rows.length).toBeGreaterThan(0);
      }),
      trials(500),
    );
  });
});

describe('readTextTable', () => {
  it('takes blanks, tabs and commas between numbers, and comments at a line’s end', async () => {
    expect((await collect(readTextTable(pieces(' 1  0\t-1 \n0, 1 ,+1 # last\n')))).rows).toEqual([
      [1, 0, -1],
      [0, 1, 1],
    ]);
  });
});

describe('readCsv', () => {
  it.each([
    ['a,b\n1,2\n', ['a', 'b']],
    ['0,1,2,T\n1,0,1,2.27\n', ['0', '1', '2', 'T']],
    ['"s 1","T"\n"1","2.5"\n', ['s 1', 'T']],
    ['1,2\n3,4\n', undefined],
  ])('finds the header of %j', async (text, header) => {
    expect((await collect(readCsv(pieces(text)))).header).toEqual(header);
  });

  it('takes no row with one wrong cell for a header', async () => {
    await expect(collect(readCsv(pieces('1,0,x,1\n1,0,1,1\n')))).rejects.toThrow('line 1, column 3 is "x"');
  });

  it.each([';', '\t', '|'])('takes %j between cells', async (separator) => {
    expect((await collect(readCsv(pieces(`1${separator}0\n0${separator}1\n`)))).rows).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it.each([
    ['1,2\n3,\n', 'line 2, column 2 is empty'],
    ['1,2\n,,\n', 'line 2 has 3 columns'],
    ['1,2\n3,"4\n5,6\n', 'line 2 has a quotation mark that is not closed'],
    ['a,b\n', 'holds no row of numbers'],
  ])('tells what is wrong with %j', async (text, message) => {
    await expect(collect(readCsv(pieces(text, 1000)))).rejects.toThrow(message);
  });
});
