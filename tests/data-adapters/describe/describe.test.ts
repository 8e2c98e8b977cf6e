import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { countLines } from '../../../data-adapters/describe/count-lines.ts';
import { describePath } from '../../../data-adapters/describe/index.ts';
import { writeFits } from '../../../data-adapters/formats/fits/index.ts';
import { writeNpy } from '../../../data-adapters/formats/write-npy.ts';
import { openTableWriter } from '../../../data-adapters/tables/index.ts';
import { idx } from '../digits/idx-bytes.ts';
import { zipFile } from '../formats/zip-fixtures.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'describe-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file and describes it. */
async function described(name: string, bytes: Uint8Array | string) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return describePath(path);
}

const npy = writeNpy({ shape: [3, 4], data: new Float32Array(12) });

describe('describePath', () => {
  it.each([
    ['a.npy', npy, 'NumPy array', ['3 x 4, <f4']],
    ['a.npz', zipFile([{ name: 'x.npy', content: npy }]), 'NumPy arrays', ['x: 3 x 4, <f4']],
    [
      'a.zip',
      zipFile([{ name: 'd/a.txt', content: Buffer.from('hi') }]),
      'zip archive',
      ['1 file', 'd/a.txt: 2 bytes'],
    ],
    [
      'images',
      idx(
        8,
        [2, 3, 4],
        Array.from({ length: 24 }, () => 0),
      ),
      'IDX',
      ['2 x 3 x 4'],
    ],
    ['images.gz', gzipSync(idx(8, [2, 1], [0, 0])), 'IDX', ['2 x 1']],
    ['a.csv', 'x,y\n1,2\n3,4\n', 'text table', ['2 rows', '2 columns: x, y']],
    ['last line.csv', 'x,y\n1,2\n3,4', 'text table', ['2 rows', '2 columns: x, y']],
    ['bare.csv', '1,2\n3,4\n', 'text table', ['2 rows', '2 columns without names (no header)']],
    ['a.csv.gz', gzipSync('x\n1\n2\n3\n'), 'text table, gzipped', ['3 rows', '1 column: x']],
    ['a.tsv', 'x\ty\n1\t2\n', 'TSV', ['1 row', '2 columns: x, y']],
    ['a.json', '{"a": 1}', 'JSON', []],
    ['a.ndjson', '{"a": 1}\n{"a": 2}\n', 'JSON lines', []],
    ['README.md', '# a, b\n', 'text', []],
    ['empty.csv', '', 'empty', []],
    ['a.duckdb', Buffer.from('\0\0\0\0\0\0\0\0DUCK', 'latin1'), 'DuckDB database', []],
    ['a.bz2', 'BZh9', 'packed by bzip2', []],
    ['noise', Uint8Array.of(7, 0, 7, 0), 'of no format that is known', []],
  ])('says what %s is', async (name, bytes, format, lines) => {
    expect(await described(name, bytes)).toEqual({ format, lines });
  });

  it('lists the HDUs of a FITS file', async () => {
    const path = join(folder, 'a.fits');
    await writeFits(path, [{ data: new Float32Array(6), shape: [2, 3] }]);
    expect(await describePath(path)).toEqual({
      format: 'FITS',
      lines: ['HDU 0 PRIMARY: image of 2 x 3, float32'],
    });
  });

  it('counts the rows of Parquet and Arrow, and measures pictures', async () => {
    for (const [ending, format] of [
      ['parquet', 'Parquet'],
      ['arrow', 'Arrow'],
    ]) {
      const path = join(folder, `t.${ending}`);
      const writer = await openTableWriter(path, [{ name: 'x', type: 'float32' }]);
      await writer.write({ x: Float32Array.of(1, 2, 3) }, 3);
      await writer.finish();
      expect(await describePath(path)).toEqual({ format, lines: ['3 rows', '1 column: x'] });
    }
    const picture = sharp({ create: { width: 4, height: 3, channels: 3, background: 'red' } });
    expect(await described('a.png', await picture.png().toBuffer())).toEqual({
      format: 'picture (png)',
      lines: ['4 x 3 px, 3 channels'],
    });
  });

  it('sums up a folder by the endings of its files, a damaged one among them', async () => {
    const data = join(folder, 'data');
    mkdirSync(join(data, 'below'), { recursive: true });
    writeFileSync(join(data, 'a.csv'), 'x\n1\n');
    writeFileSync(join(data, 'below', 'b.csv'), 'x\n1\n');
    writeFileSync(join(data, 'bad.npy'), Buffer.from('\x93NUMPY', 'latin1'));
    writeFileSync(join(data, '.hidden.csv'), 'x\n');
    const { format, lines } = await describePath(data);
    expect(format).toBe('folder of 3 files, 14 bytes');
    expect(lines[0]).toBe('2 files .csv, 8 bytes; a.csv: text table, 1 row');
    expect(lines[1]).toBe('1 file .npy, 6 bytes; bad.npy: ends within its header');
  });

  it('refuses what is not there and what is damaged in one line', async () => {
    for (const path of [join(folder, 'gone'), folder.concat('/bad.fits')]) {
      if (path.endsWith('.fits')) writeFileSync(path, 'SIMPLE  = T');
      const error = await describePath(path).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).message).not.toContain('\n');
    }
  });
});

describe('countLines', () => {
  it('tells the lines of a large text from its beginning', async () => {
    const path = join(folder, 'large.csv');
    // Ten bytes a line: 4 MB of it are read in pieces of 1 MiB, whose ends cut at most one line.
    writeFileSync(path, Buffer.alloc(10_000_000, '123456789\n'));
    expect(await countLines(path, false)).toEqual({ lines: 1_000_000, exact: true });
    const { lines, exact } = await countLines(path, false, 4_000_000);
    expect(exact).toBe(false);
    expect(Math.abs(lines - 1_000_000)).toBeLessThanOrEqual(2);
  });

  it('unpacks gzip as far as it reads', async () => {
    const path = join(folder, 'large.csv.gz');
    const random = Buffer.alloc(3_000_000, '123456789\n');
    writeFileSync(path, gzipSync(random, { level: 0 }));
    expect(await countLines(path, true)).toEqual({ lines: 300_000, exact: true });
    // 1 of 3 MB: stored blocks add five bytes to 65,535 (RFC 1951).
    const { lines } = await countLines(path, true, 1_000_000);
    expect(Math.abs(lines / 300_000 - 1)).toBeLessThan(0.03);
  });
});
