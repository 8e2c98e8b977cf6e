// Small files that are huge in memory are refused before a reader meets them; all others are left to their readers.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { checkExpansion } from '../../server/uploads/check-expansion.ts';
import { zipFile } from '../data-adapters/formats/zip-fixtures.ts';
import { makeFolder, removeFolder } from './harness.ts';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

const mebibyte = 2 ** 20;

const check = (bytes: Uint8Array, most: number) => {
  const path = join(folder, 'upload');
  writeFileSync(path, bytes);
  return checkExpansion(path, { name: 'theirs', most });
};

describe('checkExpansion', () => {
  it('counts what gzip unpacks to', async () => {
    const packed = gzipSync(Buffer.alloc(3 * mebibyte));
    expect(packed.length).toBeLessThan(mebibyte / 100);
    await expect(check(packed, 2 * mebibyte)).rejects.toThrow(/^theirs: unpacks to more than 2 MiB; cut it/);
    await check(packed, 3 * mebibyte);
  });

  it('adds up what the entries of an archive claim', async () => {
    const archive = zipFile([
      { name: 'a.npy', content: Buffer.alloc(mebibyte) },
      { name: 'b.npy', content: Buffer.alloc(mebibyte) },
    ]);
    await expect(check(archive, mebibyte)).rejects.toThrow(/^theirs: unpacks to more than 1 MiB; cut it/);
    await check(archive, 2 * mebibyte);
  });

  it('counts the pixels of pictures, of all their pages', async () => {
    // 12 bytes for each pixel: 400 x 400 take 1.83 MiB.
    const picture = await sharp({ create: { width: 400, height: 400, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    await expect(check(picture, mebibyte)).rejects.toThrow(/theirs: unpacks to more than 1 MiB/);
    await check(picture, 2 * mebibyte);
  });

  it('leaves damaged and plain files to their readers', async () => {
    await check(gzipSync(Buffer.alloc(1000)).subarray(0, 20), mebibyte);
    await check(Buffer.from('\x89PNG and no more', 'latin1'), mebibyte);
    await check(Buffer.from('1,2\n'), 1);
    await check(Buffer.alloc(0), 1);
  });
});
