import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { asMnist, greyAsMnist } from '../../../data-adapters/digits/as-mnist.ts';
import { resample } from '../../../data-adapters/pictures/resample.ts';

type Colour = readonly number[];

/** A seven of straight strokes, `side` px high, on a picture of `side` x 1.5 `side`; ink and paper are colours of any depth. */
function seven(side: number, ink: Colour, paper: Colour, deep = false): Sharp {
  const [width, height, channels] = [Math.round(side * 1.5), side, ink.length as 1 | 2 | 3 | 4];
  const pixels = new (deep ? Uint16Array : Uint8Array)(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x / side - 0.4, y / side - 0.2];
      const bar = v >= 0 && v < 0.1 && u >= 0 && u < 0.5;
      const stem = v >= 0 && v < 0.6 && Math.abs(u - (0.45 - 0.4 * v)) < 0.05;
      const colour = bar || stem ? ink : paper;
      for (let c = 0; c < channels; c++) pixels[(y * width + x) * channels + c] = colour[c];
    }
  }
  return sharp(pixels, { raw: { width, height, channels } });
}

/** A TIFF of float32 (TIFF 6.0, sections 2 and 19), which sharp does not write. */
function floatTiff(values: readonly number[], width: number): Uint8Array {
  const height = values.length / width;
  const tags = [
    [256, width],
    [257, height],
    [258, 32],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, height],
    [279, 4 * values.length],
    [339, 3],
  ];
  const at = 8 + 4 * values.length;
  const bytes = Buffer.alloc(at + 2 + 12 * tags.length + 4);
  bytes.write('II*\0');
  bytes.writeUInt32LE(at, 4);
  for (const [i, value] of values.entries()) bytes.writeFloatLE(value, 8 + 4 * i);
  bytes.writeUInt16LE(tags.length, at);
  for (const [i, [tag, value]] of tags.entries()) {
    const entry = at + 2 + 12 * i;
    bytes.writeUInt16LE(tag, entry);
    bytes.writeUInt16LE(4, entry + 2);
    bytes.writeUInt32LE(1, entry + 4);
    bytes.writeUInt32LE(value, entry + 8);
  }
  return bytes;
}

const difference = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]) / a.length, 0);

const reference = asMnist(await seven(200, [255], [0]).png().toBuffer());

describe('a picture as MNIST was made', () => {
  it('fits into 20 x 20 px, is bright on black and has its centre of mass at pixel 14', async () => {
    const image = await reference;
    let [mass, across, down] = [0, 0, 0];
    const [columns, rows] = [new Set<number>(), new Set<number>()];
    image.forEach((value, i) => {
      mass += value;
      across += value * (i % 28);
      down += value * Math.floor(i / 28);
      if (value > 0) {
        columns.add(i % 28);
        rows.add(Math.floor(i / 28));
      }
    });
    // The seven is 0.5 wide and 0.6 high.
    expect([columns.size, rows.size]).toEqual([17, 20]);
    expect(Math.max(...image)).toBe(255);
    // Moved by whole pixels, as MNIST's were: half a pixel at most is left.
    expect(Math.abs(across / mass - 14)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(down / mass - 14)).toBeLessThanOrEqual(0.5);
  });

  const white = [255, 255, 255];
  it.each([
    ['ink on paper', () => seven(200, [0, 0, 0], white).png()],
    ['a faint pencil', () => seven(200, [150, 150, 155], [235, 232, 220]).png()],
    ['colours', () => seven(200, [20, 40, 160], [250, 240, 150]).webp({ lossless: true })],
    ['bright colours on dark', () => seven(200, [250, 220, 60], [20, 60, 20]).tiff({ compression: 'lzw' })],
    ['JPEG', () => seven(200, [10, 10, 10], [245, 245, 245]).jpeg({ quality: 90 })],
    ['CMYK', () => seven(200, [20, 20, 20], white).toColourspace('cmyk').jpeg({ quality: 95 })],
    ['transparent paper under dark ink', () => seven(200, [0, 0, 0, 255], [0, 0, 0, 0]).png()],
    ['transparent paper under bright ink', () => seven(200, [255, 255, 255, 255], [255, 255, 255, 0]).png()],
    [
      'transparent paper in 16 bits',
      () => seven(200, [900, 900, 900, 65_535], [900, 900, 900, 0], true).toColourspace('rgb16').png(),
    ],
    ['an opaque alpha channel', () => seven(200, [0, 0, 0, 255], [255, 255, 255, 255]).png()],
    ['a palette of two colours', () => seven(200, [0, 0, 0], white).png({ palette: true, colours: 2 })],
    ['two frames', () => seven(200, [0, 0, 0], white).gif()],
    ['another size', () => seven(437, [0], [255]).png()],
  ])('is the same from %s', async (_, picture) => {
    // Of a mean grey of 25: another raster of the same strokes, and the ringing of JPEG, which spreads ink by a pixel of 200.
    expect(difference(await asMnist(await picture().toBuffer()), await reference)).toBeLessThan(4);
  });

  it('reads 16 bits in full', async () => {
    // The contrast of the strokes is one step of eight bits: read in eight, half of it were lost.
    const deep = await seven(200, [21_000, 21_000, 21_000], [20_000, 20_000, 20_000], true)
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    expect(difference(await asMnist(deep), await reference)).toBeLessThan(0.5);
  });

  it('is turned as its EXIF note says', async () => {
    const turned = await seven(200, [0, 0, 0], white)
      .rotate(-90)
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 95 })
      .toBuffer();
    expect(difference(await asMnist(turned), await reference)).toBeLessThan(2);
  });

  it('makes the most of a picture of a few pixels, and of one that is all stroke', () => {
    const grey = Float32Array.of(0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0);
    const image = greyAsMnist({ width: 3, height: 4, grey }, 'a');
    expect(image.filter((value) => value > 0)).toHaveLength(200);
    const line = greyAsMnist({ width: 3, height: 1, grey: Float32Array.of(0, 1, 0) }, 'a');
    expect(line.filter((value) => value > 0)).toHaveLength(400);
  });

  it('refuses in one line what is blank or no picture', async () => {
    const refusal = async (bytes: Uint8Array): Promise<string> => {
      const error = await asMnist(bytes, 'scan.png').catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UserError);
      expect((error as Error).message).not.toContain('\n');
      return (error as Error).message;
    };
    expect(await refusal(await seven(100, [7], [7]).png().toBuffer())).toMatch(/^scan.png: is blank/);
    expect(await refusal(Buffer.from('no picture'))).toMatch(/^scan.png: is no picture/);
    expect(await refusal((await seven(100, [7], [90]).png().toBuffer()).subarray(0, 120))).toMatch(
      /no picture/,
    );
    expect(await refusal(floatTiff([0, 1, 0, 1, 0, 1, 0, 1, 0], 3))).toMatch(/of the kind float/);
    await expect(asMnist('/nowhere/7.png')).rejects.toThrow(/no such file/);
  });
});

describe('resampling', () => {
  const pixels = Float32Array.from({ length: 12 }, (_, i) => i);
  const size = { width: 4, height: 3 };
  const all = { x: 0, y: 0, ...size };

  it('keeps an image at its own size, and a rectangle of it', () => {
    expect([...resample(pixels, size, all, 4, 3)]).toEqual([...pixels]);
    expect([...resample(pixels, size, { x: 1, y: 1, width: 2, height: 2 }, 2, 2)]).toEqual([5, 6, 9, 10]);
  });

  it('takes the mean over the area of a new pixel', () => {
    expect([...resample(pixels, size, all, 2, 1)]).toEqual([4.5, 6.5]);
    // Thirds of a row of four: 1 1/3 pixels each, so (0 + 1/3) / (4/3) first.
    const thirds = resample(pixels, { width: 4, height: 1 }, { x: 0, y: 0, width: 4, height: 1 }, 3, 1);
    for (const [i, value] of [0.25, 1.5, 2.75].entries()) expect(thirds[i]).toBeCloseTo(value, 6);
  });

  it('interpolates upwards, and holds the value at the edge', () => {
    const row = resample(
      Float32Array.of(0, 4),
      { width: 2, height: 1 },
      { x: 0, y: 0, width: 2, height: 1 },
      4,
      1,
    );
    expect([...row]).toEqual([0, 1, 3, 4]);
  });
});
