// Files that gzip, bzip2 or Unix compress packed as a whole.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { GrowingBytes } from '../../../../data-adapters/formats/fits/growing-bytes.ts';
import { encodeFits, openFits } from '../../../../data-adapters/formats/fits/index.ts';
import { unpackLzw } from '../../../../data-adapters/formats/fits/unpack-lzw.ts';
import { answer } from '../damage.ts';
import { packLzw } from './pack-lzw.ts';

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

  it('by Unix compress are unpacked, whatever the width of their codes', () => {
    const random = new RandomStream(5);
    const contents = [
      bytes,
      new Uint8Array(3000).fill(7),
      Uint8Array.from({ length: 40_000 }, () => random.integer(3)),
      Uint8Array.from({ length: 40_000 }, () => random.integer(256)),
    ];
    for (const content of contents) {
      for (const widest of [10, 12, 16]) {
        for (const clears of [false, true]) {
          const out = new GrowingBytes(0, 1e6, () => new Error('too long'));
          unpackLzw(packLzw(content, widest, clears), out);
          expect(Buffer.from(out.content).equals(content)).toBe(true);
        }
      }
    }
  });

  it('by Unix compress, damaged or too large, are refused', async () => {
    const packed = packLzw(bytes, 12, true);
    expect(Array.from((await opened(packed)).data as Float32Array)).toEqual([1, 2, 3, 4]);
    await expect(opened(packed, { unpackLimit: 5000 })).rejects.toThrow(
      'm31: unpacks to more than 5000 bytes',
    );
    await expect(opened(Uint8Array.of(0x1f, 0x9d, 0x90, 0xff, 0xff))).rejects.toThrow(
      'm31: cannot be unpacked (it has a code of nothing)',
    );
    await expect(opened(Uint8Array.of(0x1f, 0x9d, 0x82))).rejects.toThrow('its codes have no known width');
    await expect(opened(packed.subarray(0, 200))).rejects.toThrow('its header is cut off');
    for (let place = 3; place < packed.length; place += 5) {
      const bad = Uint8Array.from(packed);
      bad[place] ^= 0x55;
      await answer(() => opened(bad));
    }
  });
});
