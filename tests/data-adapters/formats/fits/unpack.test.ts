// Files that gzip or bzip2 packed as a whole.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeFits, openFits } from '../../../../data-adapters/formats/fits/index.ts';

const bytes = encodeFits([{ shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }]);
const fixture = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../../fixtures/fits/${name}`, import.meta.url)));
const bzip2 = fixture('packed.fits.bz2');

const opened = async (source: Uint8Array, options = {}) => {
  const file = await openFits(source, { name: 'm31', ...options });
  return file.readImage(file.hdus[0]);
};

describe('packed files', () => {
  it('are told by their first bytes, not their name', async () => {
    expect(Array.from((await opened(gzipSync(bytes))).data as Float32Array)).toEqual([1, 2, 3, 4]);
    expect((await opened(bzip2)).shape).toEqual([6, 7]);
  });

  it('may have several members, and bytes after the last stream of bzip2', async () => {
    const members = Buffer.concat([gzipSync(bytes.subarray(0, 1000)), gzipSync(bytes.subarray(1000))]);
    expect(Array.from((await opened(members)).data as Float32Array)).toEqual([1, 2, 3, 4]);
    // The fixture has two streams, the second of which begins within the pixels.
    expect(bzip2.toString('latin1').split('BZh9')).toHaveLength(3);
    expect((await opened(Buffer.concat([bzip2, Buffer.from('garbage')]))).data).toEqual(
      (await opened(bzip2)).data,
    );
  });

  it('that unpack to more than the limit are refused before they fill the memory', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    await expect(opened(bomb, { unpackLimit: 1_000_000 })).rejects.toThrow(
      'm31: unpacks to more than 1000000 bytes; unpack it first, or raise the limit (unpackLimit)',
    );
    await expect(opened(bzip2, { unpackLimit: 5759 })).rejects.toThrow('unpacks to more than 5759 bytes');
    await expect(opened(bzip2, { unpackLimit: 5760 })).resolves.toBeDefined();
  });

  it('that are cut off or damaged are refused, wherever', async () => {
    for (const packed of [gzipSync(bytes), bzip2]) {
      for (let end = 4; end < packed.length; end += 7) {
        // Cut between two streams of bzip2, the file is whole and the image is not.
        await expect(opened(packed.subarray(0, end))).rejects.toThrow(
          /^m31: (cannot be unpacked|.*is truncated)/,
        );
      }
      const wrong = Buffer.from(packed);
      wrong[Math.floor(wrong.length / 2)] ^= 16;
      await expect(opened(wrong)).rejects.toThrow(/^m31: cannot be unpacked/);
    }
  });

  it('of the old compress are named', async () => {
    await expect(opened(Buffer.from('1f9d90', 'hex'))).rejects.toThrow(
      'old Unix compress (.Z); unpack it first',
    );
  });
});
