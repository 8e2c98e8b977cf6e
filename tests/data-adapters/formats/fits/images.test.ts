// Plain images: number types, BSCALE, BZERO and BLANK, parts of images, files larger than 2 GiB.
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeFits, openFits } from '../../../../data-adapters/formats/fits/index.ts';
import { card, hduBytes, headerBytes, imageCards } from './fits-fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-fits-'));
afterAll(() => rmSync(folder, { recursive: true }));

const image = async (cards: readonly string[], data: Uint8Array, options = {}) => {
  const file = await openFits(hduBytes(cards, data));
  return file.readImage(file.hdus[0], options);
};

describe('physical values', () => {
  const shorts = Uint8Array.of(0x80, 0, 0xff, 0xff, 0, 5, 0x7f, 0xff); // -32768, -1, 5, 32767

  it('are BZERO + BSCALE x stored, in float32 for 16 bits', async () => {
    const cards = [...imageCards(16, [4]), card('BSCALE', '1.5D-2'), card('BZERO', '3.5')];
    const { data, dtype, shape } = await image(cards, shorts);
    expect(dtype).toBe('float32');
    expect(shape).toEqual([4]);
    const f = Math.fround;
    expect(Array.from(data as Float32Array)).toEqual(
      [-32768, -1, 5, 32767].map((v) => f(f(v * f(0.015)) + f(3.5))),
    );
  });

  it('are NaN where BLANK says so, also 0 and in unsigned integers', async () => {
    const blank = await image([...imageCards(16, [4]), card('BLANK', 5)], shorts);
    expect(Array.from(blank.data as Float32Array)).toEqual([-32768, -1, Number.NaN, 32767]);
    const zero = await image([...imageCards(8, [2]), card('BLANK', 0)], Uint8Array.of(0, 1));
    expect(Array.from(zero.data as Float32Array)).toEqual([Number.NaN, 1]);
    const unsigned = await image([...imageCards(16, [4]), card('BLANK', -1), card('BZERO', 32768)], shorts);
    expect(Array.from(unsigned.data as Float32Array)).toEqual([0, Number.NaN, 32773, 65535]);
  });

  it('do not know BLANK in reals', async () => {
    const { data, dtype } = await image([...imageCards(-32, [1]), card('BLANK', 0)], new Uint8Array(4));
    expect([dtype, data[0]]).toEqual(['float32', 0]);
  });

  it('are exact 64-bit integers, and reals when asked for', async () => {
    const bytes = Buffer.alloc(16);
    bytes.writeBigInt64BE(2n ** 63n - 1n);
    bytes.writeBigInt64BE(-(2n ** 63n), 8);
    const cards = [...imageCards(64, [2]), card('BZERO', '9223372036854775808')];
    expect(Array.from((await image(imageCards(64, [2]), bytes)).data as BigInt64Array)).toEqual([
      2n ** 63n - 1n,
      -(2n ** 63n),
    ]);
    expect(Array.from((await image(cards, bytes)).data as BigUint64Array)).toEqual([2n ** 64n - 1n, 0n]);
    const reals = await image(cards, bytes, { as: 'float64' });
    expect(Array.from(reals.data as Float64Array)).toEqual([2 ** 64, 0]);
  });

  it('come as float32 or float64 from any type', async () => {
    for (const as of ['float32', 'float64'] as const) {
      const { data, dtype } = await image(imageCards(16, [4]), shorts, { as });
      expect(dtype).toBe(as);
      expect(Array.from(data as Float32Array)).toEqual([-32768, -1, 5, 32767]);
    }
  });
});

describe('parts', () => {
  const shape = [2, 3, 4, 5];
  const values = Int16Array.from({ length: 120 }, (_, i) => i * 7 - 300);
  const bytes = encodeFits([{ shape, data: values }]);

  it('are windows and planes of the whole', async () => {
    const file = await openFits(bytes);
    const window = fc
      .tuple(fc.nat(4), fc.nat(3), fc.nat(5), fc.nat(4))
      .map(([x, y, w, h]) => ({ x, y, width: Math.min(w, 5 - x), height: Math.min(h, 4 - y) }));
    await fc.assert(
      fc.asyncProperty(
        window,
        fc.option(fc.tuple(fc.nat(1), fc.nat(2)), { nil: undefined }),
        async (area, plane) => {
          const part = await file.readImage(file.hdus[0], { window: area, ...(plane && { plane }) });
          const planes = plane ? [plane[0] * 3 + plane[1]] : [0, 1, 2, 3, 4, 5];
          const wanted = planes.flatMap((p) =>
            Array.from(
              { length: area.width * area.height },
              (_, i) => values[(p * 4 + area.y + Math.floor(i / area.width)) * 5 + area.x + (i % area.width)],
            ),
          );
          expect(Array.from(part.data as Int16Array)).toEqual(wanted);
          expect(part.shape).toEqual([...(plane ? [] : [2, 3]), area.height, area.width]);
        },
      ),
    );
  });

  it('count the planes of several axes by one number', async () => {
    const file = await openFits(bytes);
    const { data } = await file.readImage(file.hdus[0], { plane: 4 });
    expect(data[0]).toBe(values[80]);
  });

  it('outside the image are refused', async () => {
    const file = await openFits(bytes, { name: 'cube.fits' });
    const [hdu] = file.hdus;
    for (const plane of [6, -1, 0.5, [2, 0], [0, 0, 0]]) {
      await expect(file.readImage(hdu, { plane })).rejects.toThrow(
        'cube.fits: HDU 0 (PRIMARY): has no plane',
      );
    }
    for (const window of [
      { x: 0, y: 0, width: 6, height: 1 },
      { x: -1, y: 0, width: 1, height: 1 },
      { x: 0.5, y: 0, width: 1, height: 1 },
    ]) {
      await expect(file.readImage(hdu, { window })).rejects.toThrow('is not within its 5 x 4 pixels');
    }
  });
});

describe('files', () => {
  it('beyond 2 GiB are read in parts, and refused as one array beyond 4 GiB', async () => {
    // Sparse: 40000 x 30000 float32 are 4.8 GB; one row near the end is not zero.
    const path = join(folder, 'huge.fits');
    const header = headerBytes(imageCards(-32, [40000, 30000]));
    const handle = await open(path, 'w');
    await handle.write(header, 0, header.length, 0);
    const row = Buffer.alloc(160_000);
    for (let i = 0; i < 40000; i++) row.writeFloatBE(i / 2, i * 4);
    await handle.write(row, 0, row.length, header.length + 29_990 * 160_000);
    await handle.truncate(header.length + 30_000 * 160_000);
    await handle.close();
    const file = await openFits(path);
    const before = process.memoryUsage().arrayBuffers;
    const { data } = await file.readImage(file.hdus[0], {
      window: { x: 39_990, y: 29_989, width: 10, height: 2 },
    });
    expect(Array.from(data as Float32Array)).toEqual([
      ...new Array<number>(10).fill(0),
      ...Array.from({ length: 10 }, (_, i) => (39_990 + i) / 2),
    ]);
    // Two rows of ten pixels, not 4.8 GB: some pages of slack.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4_000_000);
    await expect(file.readImage(file.hdus[0])).rejects.toThrow(
      'are more than the 4 GiB that are read at once; read it plane by plane',
    );
    await file.close();
    rmSync(path);
  });

  it('may lack the padding at their end, or have bytes after it', async () => {
    const bytes = encodeFits([{ shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }]);
    for (const variant of [
      bytes.subarray(0, 2880 + 24),
      Buffer.concat([bytes, Buffer.alloc(5000, 7)]),
      Buffer.concat([bytes, Buffer.from('x')]),
    ]) {
      const file = await openFits(variant);
      expect(file.hdus).toHaveLength(1);
      expect(Array.from((await file.readImage(file.hdus[0])).data as Float32Array)).toEqual([
        1, 2, 3, 4, 5, 6,
      ]);
    }
  });

  it('that are cut off are read as far as they go', async () => {
    const bytes = encodeFits([{ shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }]);
    const file = await openFits(bytes.subarray(0, 2880 + 20), { name: 'cut.fits' });
    await expect(file.readImage(file.hdus[0])).rejects.toThrow(
      'cut.fits: HDU 0 (PRIMARY): is truncated: its 2 x 3 pixels of float32 go on to byte 2904, the file ends at 2900',
    );
    const { data } = await file.readImage(file.hdus[0], { window: { x: 0, y: 0, width: 3, height: 1 } });
    expect(Array.from(data as Float32Array)).toEqual([1, 2, 3]);
  });

  it('name what is no image, and no HDU', async () => {
    const file = await openFits(encodeFits([{}, { name: 'SCI', shape: [1], data: Uint8Array.of(1) }]), {
      name: 'a.fits',
    });
    await expect(file.readImage(file.hdus[0])).rejects.toThrow(
      'a.fits: HDU 0 (PRIMARY): has no data; images are HDU 1',
    );
    await expect(file.readTable(file.hdus[1])).rejects.toThrow('is no table (image)');
    expect(file.hdu('sci').index).toBe(1);
    expect(() => file.hdu('ERR')).toThrow('a.fits: has no HDU ERR; it has 0 PRIMARY, 1 SCI');
  });

  it('that are none are refused', async () => {
    await expect(openFits(Buffer.from('PNG image'), { name: 'x.png' })).rejects.toThrow(
      "x.png: HDU 0: begins with 'PNG image'",
    );
    await expect(openFits(new Uint8Array(), { name: 'x' })).rejects.toThrow('x: HDU 0: is empty');
    await expect(openFits(join(folder, 'none.fits'))).rejects.toThrow('no such file');
    await expect(openFits(folder)).rejects.toThrow('is a folder');
    await expect(openFits(Buffer.from('SIMPLE  =                    T'))).rejects.toThrow(
      'it has no END card',
    );
  });
});
