// Tables: parts, missing values, odd columns. Whole tables of every type are in fixtures.test.ts.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { encodeFits, openFits, type TablePart } from '../../../../data-adapters/formats/fits/index.ts';
import { card, hduBytes } from './fits-fixtures.ts';

const primary = encodeFits([{}]);
const quote = (text: string): string => `'${text}'`;

/** A table HDU of these columns. */
const tableCards = (
  kind: string,
  width: number,
  rows: number,
  formats: readonly string[],
  heap = 0,
): string[] => [
  card('XTENSION', quote(kind.padEnd(8))),
  card('BITPIX', 8),
  card('NAXIS', 2),
  card('NAXIS1', width),
  card('NAXIS2', rows),
  card('PCOUNT', heap),
  card('GCOUNT', 1),
  card('TFIELDS', formats.length),
  ...formats.map((format, i) => card(`TFORM${i + 1}`, quote(format))),
];

async function table(cards: readonly string[], data: Uint8Array, part: TablePart = {}) {
  const file = await openFits(Buffer.concat([primary, hduBytes(cards, data)]), { name: 't.fits' });
  return file.readTable(file.hdus[1], part);
}

describe('binary tables', () => {
  it('mark what has no value: TNULL in integers, NaN where they are scaled, logical values that are neither', async () => {
    const cards = [
      ...tableCards('BINTABLE', 4, 3, ['I', 'B', 'L']),
      card('TNULL1', -1),
      card('TNULL2', 9),
      card('TSCAL2', 0.5),
      card('TZERO2', 1),
    ];
    const data = Uint8Array.of(0, 1, 4, 84, 0xff, 0xff, 9, 70, 0, 2, 0, 0);
    const { columns } = await table(cards, data);
    expect(columns.map(({ data }) => Array.from(data as Float64Array))).toEqual([
      [1, -1, 2],
      [3, Number.NaN, 1],
      [1, 0, 0],
    ]);
    expect(columns.map((column) => 'nulls' in column && Array.from(column.nulls as Uint8Array))).toEqual([
      [0, 1, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(columns.map((column) => column.kind === 'numbers' && column.dtype)).toEqual([
      'int16',
      'float64',
      'bool',
    ]);
  });

  it('give some rows and columns, by names in any case', async () => {
    const cards = [
      ...tableCards('BINTABLE', 3, 4, ['B', 'I']),
      card('TTYPE1', quote('ID')),
      card('TTYPE2', quote('Mag')),
    ];
    const data = Uint8Array.from({ length: 12 }, (_, i) => i);
    const { rows, columns } = await table(cards, data, { rows: { first: 1, count: 2 }, columns: ['mag'] });
    expect(rows).toBe(2);
    expect(columns.map(({ name, data }) => [name, ...Array.from(data as Int16Array)])).toEqual([
      ['Mag', 0x0405, 0x0708],
    ]);
    await expect(table(cards, data, { columns: ['Mga'] })).rejects.toThrow(
      'has no column Mga; did you mean Mag?',
    );
    await expect(table(cards, data, { rows: { first: 3, count: 2 } })).rejects.toThrow(
      'has 4 rows, asked for 2 from 3 on',
    );
  });

  it('without TTYPE have columns col1, col2 ...', async () => {
    const { columns } = await table(tableCards('BINTABLE', 2, 1, ['B', '1B']), Uint8Array.of(1, 2));
    expect(columns.map(({ name, data }) => [name, data[0]])).toEqual([
      ['col1', 1],
      ['col2', 2],
    ]);
  });

  it('read arrays of variable length behind a gap before the heap', async () => {
    const cards = [...tableCards('BINTABLE', 8, 2, ['1PJ(2)'], 20), card('THEAP', 20)];
    const data = Buffer.alloc(36);
    for (const [i, value] of [2, 4, 1, 0].entries()) data.writeInt32BE(value, i * 4);
    for (const [i, value] of [7, 8, 9].entries()) data.writeInt32BE(value, 20 + i * 4);
    const { columns } = await table(cards, data);
    expect((columns[0].data as Int32Array[]).map((cell) => Array.from(cell))).toEqual([[8, 9], [7]]);
  });

  it.each([
    ["TFORM1 is '9Z'", tableCards('BINTABLE', 1, 1, ['9Z'])],
    ["TFORM1 is 'P'", tableCards('BINTABLE', 8, 1, ['P'])],
    ["TFORM1 is '2PJ'", tableCards('BINTABLE', 16, 1, ['2PJ'])],
    ['its columns take 999999999999999 bytes', tableCards('BINTABLE', 8, 1, ['999999999999999A'])],
    ['has no TFORM1', tableCards('BINTABLE', 8, 1, []).map((line) => line.replace(/(TFIELDS = +)0/, '$11'))],
    ['THEAP is 3, expected 8 to', [...tableCards('BINTABLE', 8, 1, ['PJ']), card('THEAP', 3)]],
    ['has 9007199254740 rows of no bytes', tableCards('BINTABLE', 0, 9007199254740, ['0A'])],
    ['is truncated: 1000000 rows of 1000000 bytes', tableCards('BINTABLE', 1e6, 1e6, ['J'])],
    ['is a compressed table', [...tableCards('BINTABLE', 4, 1, ['J']), card('ZTABLE', 'T')]],
    [
      'is a table with 1 axes',
      [card('XTENSION', quote('BINTABLE')), card('BITPIX', 8), card('NAXIS', 1), card('NAXIS1', 4)],
    ],
  ])('are refused when %s', async (message, cards) => {
    await expect(table(cards, new Uint8Array(16))).rejects.toThrow(message);
  });

  it('with many columns of no bytes are refused, and read without them', async () => {
    const cards = tableCards('BINTABLE', 1, 20_000, ['B', ...new Array<string>(998).fill('0A')]);
    const data = new Uint8Array(20_000);
    await expect(table(cards, data)).rejects.toThrow(
      'has 998 columns of no bytes in 20000 rows; read its other columns',
    );
    expect((await table(cards, data, { columns: ['col1'] })).rows).toBe(20_000);
  });

  it.each([
    [-1, 0],
    [1, -4],
    [4, 0],
    [1, 2 ** 31 - 1],
    [2 ** 31 - 1, 0],
  ])('are refused when a row points to %d elements at %d', async (count, offset) => {
    const data = Buffer.alloc(20);
    data.writeInt32BE(count);
    data.writeInt32BE(offset, 4);
    await expect(table(tableCards('BINTABLE', 8, 1, ['PJ'], 12), data)).rejects.toThrow(
      `t.fits: HDU 1: row 1 of column col1 points to ${count} elements at byte ${offset} of a heap of 12 bytes`,
    );
  });

  it('whose rows share the heap cannot fill the memory', async () => {
    const rows = 20_000;
    const data = Buffer.alloc(rows * 8 + 100_000);
    for (let row = 0; row < rows; row++) data.writeInt32BE(100_000, row * 8);
    await expect(table(tableCards('BINTABLE', 8, rows, ['PB'], 100_000), data)).rejects.toThrow(
      'more than 16 times its heap',
    );
  });
});

describe('ASCII tables', () => {
  const cards = (format: string, extra: readonly string[] = []): string[] => [
    ...tableCards('TABLE', 8, 3, [format]),
    card('TBCOL1', 1),
    ...extra,
  ];
  const data = (...rows: string[]): Uint8Array =>
    Buffer.from(rows.map((row) => row.padEnd(8)).join(''), 'latin1');

  it('have no value where the field is empty or TNULL', async () => {
    const extra = [card('TNULL1', quote('***'))];
    const reals = await table(cards('D8.2', extra), data('  1.5D+2', '***', ''));
    expect(Array.from(reals.columns[0].data as Float64Array)).toEqual([150, Number.NaN, Number.NaN]);
    const whole = await table(cards('I8', extra), data('-7', '***', ' +8'));
    expect(Array.from(whole.columns[0].data as Int32Array)).toEqual([-7, 0, 8]);
    expect('nulls' in whole.columns[0] && Array.from(whole.columns[0].nulls as Uint8Array)).toEqual([
      0, 1, 0,
    ]);
  });

  it('are scaled', async () => {
    const { columns } = await table(
      cards('I8', [card('TSCAL1', 0.5), card('TZERO1', 1)]),
      data('1', '2', '3'),
    );
    expect(Array.from(columns[0].data as Float64Array)).toEqual([1.5, 2, 2.5]);
  });

  it('have exact integers of up to 64 bits', async () => {
    const wide = (format: string): string[] => [...tableCards('TABLE', 20, 2, [format]), card('TBCOL1', 1)];
    const rows = (...cells: string[]): Uint8Array =>
      Buffer.from(cells.map((cell) => cell.padStart(20)).join(''), 'latin1');
    const { columns } = await table(wide('I20'), rows('1237649768107474963', '-9223372036854775808'));
    expect(Array.from(columns[0].data as BigInt64Array)).toEqual([
      1237649768107474963n,
      -9223372036854775808n,
    ]);
    await expect(table(wide('I20'), rows('1', '9223372036854775808'))).rejects.toThrow(
      'row 2 of column col1',
    );
  });

  it('whose columns share all their characters many times are refused', async () => {
    const formats = new Array<string>(5).fill('A8');
    const cards = [...tableCards('TABLE', 8, 1, formats), ...formats.map((_, i) => card(`TBCOL${i + 1}`, 1))];
    await expect(table(cards, data('x'))).rejects.toThrow('its columns have 40 characters, its rows 8');
  });

  it('are refused where there is no number, or a column outside the row', async () => {
    await expect(table(cards('F8.2'), data('1', 'x2', '3'))).rejects.toThrow(
      "row 2 of column col1 has 'x2', expected a number",
    );
    await expect(table(cards('A9'), data('a', 'b', 'c'))).rejects.toThrow(
      'its column 1 ends at character 9, its rows at 8',
    );
    await expect(table(cards('Q8'), data('1', '2', '3'))).rejects.toThrow("TFORM1 is 'Q8'");
  });
});

describe('the fixture', () => {
  it('has units, names and formats', async () => {
    const path = fileURLToPath(new URL('../../../fixtures/fits/table.fits.gz', import.meta.url));
    const file = await openFits(readFileSync(path));
    const { columns } = await file.readTable(file.hdu('catalogue'), {
      columns: ['matrix', 'texts', 'bits', 'complexes'],
    });
    expect(columns.map(({ unit, format }) => [unit, format])).toEqual([
      ['mag', '6E'],
      ['', '6A'],
      ['', '11X'],
      ['', '2M'],
    ]);
    expect(columns.map((column) => column.kind !== 'variable' && column.shape)).toEqual([
      [2, 3],
      [2],
      [11],
      [2, 2],
    ]);
  });
});
