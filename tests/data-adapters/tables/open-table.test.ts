import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as Arrow from 'apache-arrow';
import fc from 'fast-check';
import h5wasm from 'h5wasm/node';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../data-adapters/tables/index.ts';
import { answer, damage, trials } from '../formats/damage.ts';
import { readWhole, scratch } from './table-fixtures.ts';

const file = scratch();
const pt = [1.5, 2.25, Number.NaN, -4];
const n = [1, 2, 3, 4];
const rows = { pt, n };

/** The four rows of `rows` and a column of words. */
const csv = 'pt,n,kind\n1.5,1,s\n2.25,2,b\n,3,s\n-4,4,s\n';
const words = { codes: { kind: { s: 1, b: 0 } } };
const kind = [1, 0, 1, 1];

function arrowBytes(type: 'file' | 'stream'): Uint8Array {
  const table = new Arrow.Table({
    pt: Arrow.vectorFromArray([1.5, 2.25, null, -4], new Arrow.Float64()),
    n: Arrow.vectorFromArray([1n, 2n, 3n, 4n], new Arrow.Int64()),
    kind: Arrow.vectorFromArray(
      ['s', 'b', 's', 's'],
      new Arrow.Dictionary(new Arrow.Utf8(), new Arrow.Int32()),
    ),
  });
  return Arrow.tableToIPC(table, type);
}

const parquetBytes = (codec?: 'UNCOMPRESSED' | 'GZIP', data = rows): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      codec,
      compressors: { GZIP: (bytes) => gzipSync(bytes) },
      columnData: [
        { name: 'pt', data: data.pt.map((x) => (Number.isNaN(x) ? null : x)), type: 'DOUBLE' },
        { name: 'n', data: data.n, type: 'INT32' },
        { name: 'kind', data: data.n.map((_, i) => 'sbss'[i % 4]), type: 'STRING' },
      ],
    }),
  );

/** pyarrow 25.0.1: write_table(table({'pt': [1.5, 2.25, None, -4.0], 'n': [1, 2, 3, 4], 'kind': list('sbss')}), compression='zstd', store_schema=False, write_statistics=False) */
const zstdParquet =
  'UEFSMRUEFTAVQkwVBhUAEgAAKLUv/SAYwQAAAAAAAAAA+D8AAAAAAAACQAAAAAAAABDAFQAVFBUmLBUIFRAVBhUGHAAAACi1L/0gClEAAAIAAAADCwIDJAAVBBVAFTxMFQgVABIAACi1L/0gIK0AAHABAAIAAwAEAAAAAAAAAANUAgADARUAFRQVJiwVCBUQFQYVBhwAAAAotS/9IApRAAACAAAACAECA+QAFQQVFBUmTBUEFQASAAAotS/9IApRAAABAAAAcwEAAABiFQAVEhUkLBUIFRAVBhUGHAAAACi1L/0gCUkAAAIAAAAIAQEDAhUEGUw1ABgGc2NoZW1hFQYAFQolAhgCcHQAFQQlAhgBbgAVDCUCGARraW5kJQBMHAAAABYIGRwZPCYAHBUKGTUABhAZGAJwdBUMFggWhgEWqgEmZiYIKSwVBBUAFQIAFQAVEBUCADwpBhkmAgYAAAAmABwVBBk1AAYQGRgBbhUMFggWlgEWpAEmigImsgEpLBUEFQAVAgAVABUQFQIAPCkGGSYACAAAACYAHBUMGTUABhAZGARraW5kFQwWCBZoFowBJpgDJtYCKSwVBBUAFQIAFQAVEBUCADwWCBkGGSYACAAAABaEAxYIJggW2gMAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI1LjAuMRk8HAAAHAAAHAAAAB0BAABQQVIx';

await h5wasm.ready;
const hdf5Path = file('rows.h5');
{
  const h5 = new h5wasm.File(hdf5Path, 'w');
  const group = h5.create_group('events');
  group.create_dataset({ name: 'pt', data: Float64Array.from(pt) });
  group.create_dataset({ name: 'n', data: Int32Array.from(n) });
  group.create_dataset({ name: 'p', data: Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]), shape: [4, 2] });
  group.create_dataset({ name: 'luminosity', data: [3.5] });
  h5.create_group('other').create_dataset({ name: 'x', data: [1, 2, 3] });
  h5.close();
}

describe('openTable', () => {
  it.each([
    ['plain text', file('a.csv', csv)],
    ['text with tabs and CRLF', file('a.tsv', csv.replaceAll(',', '\t').replaceAll('\n', '\r\n'))],
    ['gzipped text', file('a.csv.gz', gzipSync(csv))],
    [
      'gzipped text of two members',
      file('b.gz', Buffer.concat([gzipSync(csv.slice(0, 9)), gzipSync(csv.slice(9))])),
    ],
    ['an Arrow file', file('a.arrow', arrowBytes('file'))],
    ['an Arrow stream', file('b.arrow', arrowBytes('stream'))],
    ['an Arrow stream by its bytes', file('stream', arrowBytes('stream'))],
    ['Parquet, snappy', file('a.parquet', parquetBytes())],
    ['Parquet, plain', file('b.parquet', parquetBytes('UNCOMPRESSED'))],
    ['Parquet, gzip', file('c.parquet', parquetBytes('GZIP'))],
    ['Parquet, zstd', file('d.parquet', Buffer.from(zstdParquet, 'base64'))],
    ['Parquet by its bytes', file('parquet.csv', parquetBytes())],
  ])('reads %s', async (_, path) => {
    const table = await openTable(path);
    expect(table.columns).toEqual(['pt', 'n', 'kind']);
    const { columns, rowNumbers, bad } = await readWhole(table, words);
    expect(columns).toEqual({ pt, n, kind });
    expect(rowNumbers).toEqual(table.rowNoun === 'line' ? [2, 3, 4, 5] : [1, 2, 3, 4]);
    expect(bad).toEqual([]);
    expect((await readWhole(table, { ...words, columns: ['kind', 'n'] })).columns).toEqual({ kind, n });
  });

  // pyarrow 25.0.1: write_feather(table({'x': [i % 4 / 4 for i in range(200)]}), compression=...)
  it.each([
    [
      'lz4',
      'QVJST1cxAAD/////cAAAABAAAAAAAAoADAAGAAUACAAKAAAAAAEEAAwAAAAIAAgAAAAEAAgAAAAEAAAAAQAAABQAAAAQABQACAAGAAcADAAAABAAEAAAAAAAAQMQAAAAGAAAAAQAAAAAAAAAAQAAAHgABgAIAAYABgAAAAAAAgD/////mAAAABQAAAAAAAAADAAYAAYABQAIAAwADAAAAAADBAAcAAAAQAAAAAAAAAAAAAAADAAcABAABAAIAAwADAAAAEgAAAAcAAAAFAAAAMgAAAAAAAAAAAAAAAQABAAEAAAAAgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADsAAAAAAAAAAAAAAAEAAADIAAAAAAAAAAAAAAAAAAAAQAYAAAAAAAAEIk0YYECCJAAAABkAAQAi0D8PABPgCAAT6AgABAIADyAA////////AFAAAADoPwAAAAAAAAAAAP////8AAAAAEAAAAAwAFAAGAAgADAAQAAwAAAAAAAQANAAAACQAAAAEAAAAAQAAAIAAAAAAAAAAoAAAAAAAAABAAAAAAAAAAAAAAAAIAAgAAAAEAAgAAAAEAAAAAQAAABQAAAAQABQACAAGAAcADAAAABAAEAAAAAAAAQMQAAAAGAAAAAQAAAAAAAAAAQAAAHgABgAIAAYABgAAAAAAAgCYAAAAQVJST1cx',
    ],
    [
      'zstd',
      'QVJST1cxAAD/////cAAAABAAAAAAAAoADAAGAAUACAAKAAAAAAEEAAwAAAAIAAgAAAAEAAgAAAAEAAAAAQAAABQAAAAQABQACAAGAAcADAAAABAAEAAAAAAAAQMQAAAAGAAAAAQAAAAAAAAAAQAAAHgABgAIAAYABgAAAAAAAgD/////oAAAABQAAAAAAAAADAAYAAYABQAIAAwADAAAAAADBAAcAAAAMAAAAAAAAAAAAAAADAAeABAABAAIAAwADAAAAFAAAAAkAAAAGAAAAMgAAAAAAAAAAAAAAAAABgAIAAcABgAAAAAAAAECAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKgAAAAAAAAAAAAAAAQAAAMgAAAAAAAAAAAAAAAAAAABABgAAAAAAACi1L/1gQAXFAAA4AADQPwDg6AYADw71ATwA7lYcA4LjQBsAAAAAAAD/////AAAAABAAAAAMABQABgAIAAwAEAAMAAAAAAAEADQAAAAkAAAABAAAAAEAAACAAAAAAAAAAKgAAAAAAAAAMAAAAAAAAAAAAAAACAAIAAAABAAIAAAABAAAAAEAAAAUAAAAEAAUAAgABgAHAAwAAAAQABAAAAAAAAEDEAAAABgAAAAEAAAAAAAAAAEAAAB4AAYACAAGAAYAAAAAAAIAmAAAAEFSUk9XMQ==',
    ],
  ])('reads Arrow buffers packed with %s', async (name, base64) => {
    const { columns } = await readWhole(
      await openTable(file(`${name}.feather`, Buffer.from(base64, 'base64'))),
    );
    expect(columns.x).toEqual(Array.from({ length: 200 }, (_, i) => (i % 4) / 4));
  });

  it('names the columns of a text without a header', async () => {
    const path = file(
      'uci.csv',
      '1.000000000000000000e+00,8.692932128906250000e-01\n0,-6.350818276405334473e-01\n',
    );
    expect((await openTable(path)).columns).toEqual(['column_1', 'column_2']);
    const { columns } = await readWhole(await openTable(path, { names: ['label', 'lepton_pt'] }));
    expect(columns).toEqual({
      label: [1, 0],
      lepton_pt: [0.869293212890625, Number('-6.350818276405334473e-01')],
    });
    await expect(openTable(path, { names: ['a', 'b', 'c'] })).rejects.toThrow(
      `${path}: has 2 columns and no header, expected 3; its columns should be a, b, c`,
    );
  });

  it('reads the datasets of an HDF5 group, the one with most columns unless it is named', async () => {
    const table = await openTable(hdf5Path);
    expect(table.columns).toEqual(['n', 'p[0]', 'p[1]', 'pt']);
    expect((await readWhole(table)).columns).toEqual({ n, pt, 'p[0]': [1, 3, 5, 7], 'p[1]': [2, 4, 6, 8] });
    expect((await readWhole(await openTable(`${hdf5Path}:other`))).columns).toEqual({ x: [1, 2, 3] });
    await expect(openTable(`${hdf5Path}:evnts`)).rejects.toThrow('has no group evnts; did you mean events?');
    const cut = file('cut.h5');
    writeFileSync(cut, readFileSync(hdf5Path).subarray(0, 300));
    await expect(openTable(cut)).rejects.toThrow(
      /is damaged or truncated \(HDF5: unable to synchronously open file\); copy or download it again$/,
    );
  });

  it('reads threads and blocks as one', async () => {
    const lines = Array.from({ length: 400_000 }, (_, i) => `${i},${(i * 0.5).toExponential(18)}`);
    const path = file('large.csv', `i,x\n${lines.join('\n')}\n`);
    const table = await openTable(path);
    const one = await readWhole(table);
    expect(one.columns.i.length).toBe(400_000);
    expect(one.columns.i.every((value, i) => value === i)).toBe(true);
    expect(one.columns.x.every((value, i) => value === i * 0.5)).toBe(true);
    expect(one.rowNumbers[399_999]).toBe(400_001);
    expect(one.blocks).toBeGreaterThan(2);
    expect(await readWhole(table, { threads: 2 })).toEqual(one);
  });

  it('stops when told to', async () => {
    const table = await openTable(file('stop.csv', csv));
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(readWhole(table, { ...words, signal })).rejects.toThrow('enough');
  });
});

describe('bad input', () => {
  const cut = (bytes: Uint8Array, share: number): Uint8Array =>
    bytes.subarray(0, Math.floor(bytes.length * share));
  const noise = gzipSync(
    `a,b\n${randomBytes(60_000)
      .toString('hex')
      .replace(/(..)(..)/g, '0x,$1\n')}`,
  );
  const large = {
    pt: Array.from({ length: 5000 }, (_, i) => Math.sin(i)),
    n: Array.from({ length: 5000 }, (_, i) => i),
  };
  const truncatedBody = (() => {
    const bytes = parquetBytes(undefined, large);
    return Buffer.concat([
      bytes.subarray(0, 2000),
      Buffer.alloc(bytes.length - 6000),
      bytes.subarray(bytes.length - 4000),
    ]);
  })();

  it.each([
    ['a.nothing', undefined, 'no such file'],
    ['empty.csv', '', 'is empty'],
    ['header.csv', 'a,b\n', undefined],
    ['blank.csv', '\n\n', 'holds no row'],
    ['truncated.csv.gz', cut(noise, 0.7), 'is truncated: the gzip data ends in the middle'],
    [
      'flipped.csv.gz',
      (() => {
        const bytes = Buffer.from(noise);
        bytes[bytes.length - 6] ^= 1;
        return bytes;
      })(),
      'do not agree with their checksum',
    ],
    ['truncated.parquet', cut(parquetBytes(undefined, large), 0.9), 'is damaged or truncated (Parquet'],
    ['holes.parquet', truncatedBody, 'is damaged or truncated'],
    ['truncated.arrow', cut(arrowBytes('file'), 0.99), 'is damaged or truncated (Arrow: its end is missing)'],
    ['truncated.root', 'root\0\0\0\0nothing follows', 'is damaged or truncated (ROOT'],
    ['text.root', 'pt,n\n1,2\n', 'is no ROOT file, though its name says so; rename it to .csv if it is text'],
    ['text.h5', 'pt,n\n1,2\n', 'is no HDF5 file'],
    ['page.csv', '<!DOCTYPE html>\n<html>', 'is XML, not a table'],
    ['twice.csv', 'a,a\n1,2\n', 'has two columns a'],
    ['wide.csv', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 'is UTF-16 text; save it as UTF-8'],
  ])('%s is refused in one line', async (name, content, message) => {
    const path = file(name, content);
    const read = async () => readWhole(await openTable(path));
    if (message === undefined) expect((await read()).rowNumbers).toEqual([]);
    else
      await expect(read()).rejects.toMatchObject({
        name: 'UserError',
        message: expect.stringContaining(message),
      });
  });

  it('lists near names of unknown columns', async () => {
    for (const path of [
      file('near.csv', csv),
      file('near.parquet', parquetBytes()),
      file('near.arrow', arrowBytes('file')),
    ]) {
      const table = await openTable(path);
      await expect(readWhole(table, { columns: ['knd'] })).rejects.toThrow(
        `${path}: has no column knd; did you mean kind?`,
      );
    }
  });

  it('refuses names within files that hold one table', async () => {
    await expect(openTable(`${file('one.csv', csv)}:events`)).rejects.toThrow(
      'holds one table, which has no name events',
    );
  });

  it('sets rows of a text aside with their line, reason and text', async () => {
    const table = await openTable(file('bad.csv', 'a,b\n1,2\n3\n\n4,x\n5,6,7\n8,9'));
    const { columns, rowNumbers, bad } = await readWhole(table);
    expect(columns).toEqual({ a: [1, 8], b: [2, 9] });
    expect(rowNumbers).toEqual([2, 7]);
    expect(bad).toEqual([
      { row: 3, what: 'has 1 column, expected 2', text: '3' },
      { row: 5, what: 'column 2 (b) is "x", expected a number', text: '4,x' },
      { row: 6, what: 'has 3 columns, expected 2', text: '5,6,7' },
    ]);
  });

  it('tells where a typed table holds text', async () => {
    const table = await openTable(file('words.parquet', parquetBytes()));
    await expect(readWhole(table, { columns: ['kind'] })).rejects.toThrow('row 1, column kind is "s"');
    await expect(readWhole(table, { columns: ['kind'], codes: { kind: { s: 1 } } })).rejects.toThrow(
      'row 2, column kind is "b"; its words are s',
    );
    const { columns } = await readWhole(table, { columns: ['kind'], codes: { kind: { s: 1, '*': 0 } } });
    expect(columns.kind).toEqual(kind);
  });

  it.each([
    ['csv', Buffer.from(csv)],
    ['csv.gz', gzipSync(csv)],
  ])('damaged .%s is read or refused, nothing else', async (ending, good) => {
    const path = file(`damaged.${ending}`);
    await fc.assert(
      fc.asyncProperty(damage(good), async (bytes) => {
        writeFileSync(path, bytes);
        await answer(async () => {
          const table = await openTable(path);
          await readWhole(table, {
            codes: Object.fromEntries(table.columns.map((name) => [name, { '*': 0 }])),
          });
        });
      }),
      trials(100),
    );
  });

  // Other damage may keep apache-arrow and hyparquet busy for ever: they trust the lengths that they find.
  it.each([
    ['Arrow file', arrowBytes('file')],
    ['Arrow stream', arrowBytes('stream')],
    ['Parquet file', parquetBytes()],
  ])('an %s that is cut off is read or refused, nothing else', async (kind, good) => {
    const path = file(`cut.${kind}`);
    for (let length = 1; length < good.length; length += 7) {
      writeFileSync(path, good.subarray(0, length));
      await answer(async () => {
        const table = await openTable(path);
        const { columns } = await readWhole(table, { columns: ['n'] });
        expect([[], n]).toContainEqual(columns.n);
      });
    }
  });
});
