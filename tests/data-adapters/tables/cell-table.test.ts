import { gzipSync } from 'node:zlib';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { type CellTable, openCells } from '../../../data-adapters/tables/cell-table.ts';
import { fileOf } from '../own-table/own-table.ts';

async function allOf(table: CellTable) {
  const rows: (readonly string[])[] = [];
  for await (const block of table.blocks()) rows.push(...block.rows);
  return { columns: table.columns, rows };
}

const open = async (content: string | Uint8Array, name?: string, options = {}) =>
  allOf(await openCells(fileOf(content, name), options));

describe('openCells', () => {
  it('reads words, quotes and lines within quotes, with any of the usual signs between', async () => {
    const rows = [
      ['1', 'two, or\nmore'],
      ['', 'said "no"'],
    ];
    expect(await open('\ufeffa,b\r\n1,"two, or\nmore"\r\n\r\n,"said ""no"""\r\n')).toEqual({
      columns: ['a', 'b'],
      rows,
    });
    expect((await open('a;b\n1;x\n')).rows).toEqual([['1', 'x']]);
    expect((await open('a\tb\n1\tx', 'table.tsv')).rows).toEqual([['1', 'x']]);
    expect((await open(gzipSync('a,b\n1,x\n'), 'table.csv.gz')).rows).toEqual([['1', 'x']]);
  });

  it('tells a header by its words, or as it is told', async () => {
    expect((await open('1,x\n2,y\n')).columns).toEqual(['column_1', 'column_2']);
    // A data frame's row numbers have no name.
    expect((await open(',b\n0,y\n')).columns).toEqual(['column_1', 'b']);
    expect((await open('1900,1950\n2,3\n', undefined, { header: true })).columns).toEqual(['1900', '1950']);
    expect((await open('x,y\nz,w\n', undefined, { header: false })).rows).toHaveLength(2);
  });

  it('reads Parquet and Arrow of words, numbers, truths, dates and nothing', async () => {
    const date = new Date('2024-02-29T06:00:00Z');
    const parquet = parquetWriteBuffer({
      columnData: [
        { name: 'word', data: ['x', null], type: 'STRING' },
        { name: 'number', data: [1.5, Number.NaN], type: 'DOUBLE' },
        { name: 'truth', data: [true, false], type: 'BOOLEAN' },
        { name: 'when', data: [date, null], type: 'TIMESTAMP' },
        { name: 'big', data: [2n ** 53n + 1n, null], type: 'INT64' },
      ],
    });
    expect(await open(new Uint8Array(parquet), 'table.parquet')).toEqual({
      columns: ['word', 'number', 'truth', 'when', 'big'],
      rows: [
        ['x', '1.5', 'true', '2024-02-29T06:00:00.000Z', '9007199254740993'],
        ['', '', 'false', '', ''],
      ],
    });
    const arrow = tableToIPC(tableFromArrays({ word: ['x', 'y'], number: Float64Array.of(1.5, -2) }), 'file');
    expect((await open(arrow, 'table.arrow')).rows).toEqual([
      ['x', '1.5'],
      ['y', '-2'],
    ]);
  });

  it.each([
    ['', 'is empty'],
    ['a,b\n', 'has a header and no rows'],
    ['a,a\n1,2\n', 'has two columns a; rename one'],
    ['{"a": 1}', 'is JSON, not a table'],
  ])('refuses %j: %s', async (text, message) => {
    await expect(open(text)).rejects.toThrow(message);
  });

  it('refuses a damaged Parquet file, and one that is missing', async () => {
    await expect(open('PAR1 and no more', 'table.parquet')).rejects.toThrow('damaged or truncated');
    await expect(openCells('nowhere.csv')).rejects.toThrow('nowhere.csv');
  });
});
