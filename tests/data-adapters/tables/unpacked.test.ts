// Small files that are huge in memory: each is refused by what it says of itself, and one that says too little is held to it by
// its reader. Files of ROOT are others' (fixtures/root), with lengths overwritten.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import * as Arrow from 'apache-arrow';
import fc from 'fast-check';
import h5wasm from 'h5wasm/node';
import { type FileMetaData, parquetMetadata } from 'hyparquet';
import { ByteWriter, parquetWriteBuffer } from 'hyparquet-writer';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../data-adapters/tables/index.ts';
import type { TableFormat } from '../../../data-adapters/tables/table-format.ts';
import { checkUnpacked } from '../../../data-adapters/tables/unpacked/check-unpacked.ts';
import { UnpacksTooMuch } from '../../../data-adapters/tables/unpacked/unpacked-bytes.ts';
import { answer, damage, trials } from '../formats/damage.ts';
import { readWhole, scratch } from './table-fixtures.ts';

const file = scratch();
const mebibyte = 2 ** 20;
const name = 'theirs';

const check = (path: string, format: TableFormat, most: number) =>
  checkUnpacked(path, format, { name, most });

/** Bytes of memory that a check may leave behind or a test beside it take: an eighth of what any of these files unpacks to. */
const slack = 64 * mebibyte;

/** Refused by the words of all other files that unpack to too much, and without the memory. */
async function expectRefused(path: string, format: TableFormat, most: number): Promise<void> {
  const before = process.memoryUsage().rss;
  const error = await check(path, format, most).then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(UnpacksTooMuch);
  expect(error.message).toBe(
    `theirs: unpacks to more than ${most / mebibyte} MiB; cut it into parts, or let the server have more (--max-unpacked)`,
  );
  expect(process.memoryUsage().rss - before).toBeLessThan(slack);
}

const rows = 1_000_000;
const plainParquet = new Uint8Array(
  parquetWriteBuffer({ columnData: [{ name: 'x', data: new Array(rows).fill(1.5), type: 'DOUBLE' }] }),
);

/** The same pages under another footer. */
function withFooter(change: (metadata: FileMetaData) => FileMetaData): Uint8Array {
  const { buffer, length } = plainParquet;
  const metadata = parquetMetadata(buffer as ArrayBuffer);
  const pages = plainParquet.subarray(0, length - 8 - metadata.metadata_length);
  const writer = new ByteWriter();
  writer.appendBytes(pages);
  writeMetadata(writer, change(metadata));
  const footer = writer.index - pages.length;
  // writeMetadata ends a footer by its length; PAR1 ends the file.
  expect(new DataView(writer.buffer).getUint32(writer.index - 4, true)).toBe(footer - 4);
  writer.appendBytes(Buffer.from('PAR1'));
  return new Uint8Array(writer.buffer.slice(0, writer.index));
}

describe('Parquet', () => {
  it('adds up the rows of a hundred million equal values in some kilobytes', async () => {
    const bytes = withFooter((metadata) => ({
      ...metadata,
      num_rows: 100n * BigInt(rows),
      row_groups: new Array(100).fill(metadata.row_groups[0]),
    }));
    expect(bytes.length).toBeLessThan(mebibyte / 8);
    const path = file('bomb.parquet', bytes);
    await expectRefused(path, 'parquet', 700 * mebibyte); // 100,000,000 x 8 bytes are 763 MiB
    await check(path, 'parquet', 800 * mebibyte);
  });

  it('looks at the headers of the pages, whatever the footer says', async () => {
    const path = file(
      'lies.parquet',
      withFooter((metadata) => ({
        ...metadata,
        num_rows: 10n,
        row_groups: metadata.row_groups.map((group) => ({
          ...group,
          num_rows: 10n,
          columns: group.columns.map((column) => ({
            ...column,
            meta_data: { ...column.meta_data!, num_values: 10n, total_uncompressed_size: 100n },
          })),
        })),
      })),
    );
    await expectRefused(path, 'parquet', mebibyte);
  });

  it('adds up the beginnings that texts repeat', async () => {
    const texts = new Array(500).fill('a'.repeat(2 ** 16));
    const column = { name: 'x', data: texts, type: 'STRING', encoding: 'DELTA_BYTE_ARRAY' } as const;
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData: [column], statistics: false }));
    expect(bytes.length).toBeLessThan(mebibyte / 4);
    const path = file('texts.parquet', bytes);
    await expectRefused(path, 'parquet', 31 * mebibyte); // 500 texts of 64 KiB are 31.25 MiB
    await check(path, 'parquet', 32 * mebibyte);
  });

  it('lets honest files pass', async () => {
    await check(file('honest.parquet', plainParquet), 'parquet', 8 * mebibyte); // 8,000,000 bytes are 7.6 MiB
  });
});

const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** A Zstandard frame (RFC 8878) of equal bytes: blocks of one byte that is repeated. */
function zstdOf(length: number, byte: number): Uint8Array {
  const largest = 128 * 1024;
  const frame = Buffer.alloc(9);
  frame.set([...zstdMagic, 0xa0]); // single segment, length in four bytes
  frame.writeUInt32LE(length, 5);
  const blocks: Buffer[] = [];
  for (let left = length; left > 0; left -= largest) {
    const size = Math.min(left, largest);
    const block = Buffer.alloc(4, byte);
    block.writeUIntLE((size << 3) | (1 << 1) | (left <= largest ? 1 : 0), 0, 3);
    blocks.push(block);
  }
  return Buffer.concat([frame, ...blocks]);
}

/** One column of a million equal numbers. @param length what a packed buffer holds of the bytes that it claims */
function arrowBytes(type: 'file' | 'stream', length = (claimed: number) => claimed): Uint8Array {
  Arrow.compressionRegistry.set(Arrow.CompressionType.ZSTD, {
    encode: (bytes) => zstdOf(length(bytes.length), bytes[bytes.length - 1]),
  });
  const table = new Arrow.Table({ x: Arrow.makeVector(new Float64Array(rows)) });
  const Writer = type === 'file' ? Arrow.RecordBatchFileWriter : Arrow.RecordBatchStreamWriter;
  const writer = new Writer({ compressionType: Arrow.CompressionType.ZSTD });
  const bytes = Buffer.from(writer.writeAll(table).finish().toUint8Array(true));
  // apache-arrow writes the packed length where the format wants the other.
  const place = bytes.indexOf(zstdMagic);
  bytes.writeBigInt64LE(BigInt(rows * 8), place - 8);
  return bytes;
}

describe('Arrow', () => {
  it.each(['file', 'stream'] as const)('adds up the lengths before packed buffers of a %s', async (type) => {
    const bytes = arrowBytes(type);
    expect(bytes.length).toBeLessThan(mebibyte / 256);
    const path = file(`bomb-${type}.arrow`, bytes);
    await expectRefused(path, 'arrow', 7 * mebibyte); // 8,000,000 bytes are 7.6 MiB
    await check(path, 'arrow', 8 * mebibyte);
    const { columns } = await readWhole(await openTable(path));
    expect(columns.x).toHaveLength(rows);
  });

  it('holds a buffer to the length that it states', async () => {
    const path = file(
      'lies.arrow',
      arrowBytes('file', (claimed) => 8 * claimed),
    );
    await check(path, 'arrow', 8 * mebibyte);
    await expect(openTable(path).then(readWhole)).rejects.toThrow(/lies.arrow: is damaged or truncated/);
  });
});

await h5wasm.ready;

describe('HDF5', () => {
  const make = (name: string, shape: number[], chunks: number[]): string => {
    const path = file(name);
    const h5 = new h5wasm.File(path, 'w');
    const maxshape = shape.map(() => null);
    const first = shape.map(() => 1);
    const x = h5.create_dataset({
      name: 'x',
      data: Float64Array.of(1),
      shape: first,
      maxshape,
      chunks,
      compression: 'gzip',
    });
    x.resize(shape);
    h5.close();
    return path;
  };

  it.each([
    ['rows', [200_000_000], [1000], 1500], // x 8 bytes are 1,526 MiB, of which one chunk was written
    ['columns', [0, 10_000_000], [1, 1000], 1000], // names of columns alone
    ['a chunk', [4], [20_000_000], 150],
  ] as const)('multiplies shapes: %s', async (what, shape, chunks, most) => {
    const path = make(`${what}.h5`, [...shape], [...chunks]);
    expect(readFileSync(path).length).toBeLessThan(mebibyte);
    await expectRefused(path, 'hdf5', most * mebibyte);
  });

  it('lets honest files pass, and goes round no circle', async () => {
    await check(make('honest.h5', [1000, 8], [100, 8]), 'hdf5', mebibyte);
    const path = file('circle.h5');
    const h5 = new h5wasm.File(path, 'w');
    h5.create_group('a').create_dataset({ name: 'x', data: [1, 2, 3] });
    for (let i = 0; i < 60; i++) h5.create_hard_link('/', `link${i}`);
    h5.close();
    await expect(check(path, 'hdf5', mebibyte)).rejects.toThrow(/HDF5: it holds more than 20000 objects/);
  });
});

const fixture = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/root/${name}`, import.meta.url)));
const tree = fixture('uproot-simple.root');
const ntuple = fixture('test_int_float_rntuple_v1-0-0-0.root');

/** Places of uproot-simple.root: its tree's key, a basket's, that of the description of classes. */
const [treeKey, basketKey, streamerKey] = [506, 218, 1117];
const lengthInKey = 6;
const immense = 0x7fffffff;

describe('ROOT', () => {
  const overwritten = (place: number): Buffer => {
    const bytes = Buffer.from(tree);
    bytes.writeUInt32BE(immense, place + lengthInKey);
    return bytes;
  };
  /** The list of keys repeats that of the tree. */
  const listed = tree.indexOf(tree.subarray(treeKey, treeKey + 10), treeKey + 1);

  it.each([
    ['a tree', overwritten(listed)],
    ['a basket', overwritten(basketKey)],
    ['the description of classes', overwritten(streamerKey)],
  ])('believes the key of %s, and asks for no more', async (what, bytes) => {
    await expectRefused(file(`${what}.root`, bytes), 'root', 1024 * mebibyte);
  });

  it('refuses a description of classes that is real and immense', async () => {
    // ROOT's blocks: ZL, method 8, packed and unpacked length in three bytes each.
    const length = 15 * mebibyte;
    const packed = deflateSync(Buffer.alloc(length));
    const head = Buffer.from('ZL\x08------');
    head.writeUIntLE(packed.length, 3, 3);
    head.writeUIntLE(length, 6, 3);
    const key = Buffer.from(tree.subarray(streamerKey, streamerKey + 64));
    const blocks = new Array(40).fill(Buffer.concat([head, packed]));
    const object = Buffer.concat([key, ...blocks]);
    object.writeInt32BE(object.length, 0);
    object.writeUInt32BE(40 * length, lengthInKey);
    const bytes = Buffer.concat([tree, object]);
    bytes.writeUInt32BE(tree.length, 37);
    bytes.writeUInt32BE(object.length, 41);
    expect(bytes.length).toBeLessThan(mebibyte);
    await expectRefused(file('bomb.root', bytes), 'root', 512 * mebibyte);
  });

  it('looks at the header of an RNTuple before it is unpacked', async () => {
    const place = ntuple.indexOf(Buffer.from([0, 0, 0, 0, 0, 0, 1, 7])); // 263 bytes, as jsroot says
    const bytes = Buffer.from(ntuple);
    bytes.writeBigUInt64BE(2n ** 40n, place);
    await expectRefused(file('header.root', bytes), 'root', 1024 * mebibyte);
  });

  it('lets honest files pass', async () => {
    await check(file('tree.root', tree), 'root', mebibyte);
    await check(file('ntuple.root', ntuple), 'root', mebibyte);
  });
});

describe('descriptions that make no sense', () => {
  it.each([
    ['parquet', withFooter((metadata) => metadata)],
    ['arrow', arrowBytes('file')],
    ['root', tree],
    ['root', ntuple],
  ] as [TableFormat, Uint8Array][])('are mistakes of one line: %s', async (format, good) => {
    const path = file(`damaged.${format}`);
    await fc.assert(
      fc.asyncProperty(damage(good), async (bytes) => {
        file(`damaged.${format}`, bytes);
        await answer(() => check(path, format, mebibyte));
      }),
      trials(60),
    );
  });

  it('of HDF5 likewise', async () => {
    const good = file('good.h5');
    const h5 = new h5wasm.File(good, 'w');
    h5.create_group('events').create_dataset({
      name: 'x',
      data: [1, 2, 3],
      chunks: [3],
      compression: 'gzip',
    });
    h5.close();
    await fc.assert(
      fc.asyncProperty(damage(readFileSync(good)), async (bytes) => {
        await answer(() => check(file('damaged.h5', bytes), 'hdf5', mebibyte));
      }),
      trials(60),
    );
  });
});
