import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import {
  encodePicture,
  isPicture,
  readPicture,
  writePicture,
} from '../../../data-adapters/galaxies/picture.ts';
import { plane, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-picture-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Two rows of three pixels, red, green and blue told apart; the first row is the upper one. */
const colours = Buffer.from([
  10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180,
]);
const size = { width: 3, height: 2 };

async function read(name: string, bytes: Uint8Array) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return readPicture(path);
}

/** Values of a plane in units of 1/255. */
const bytesOf = (values: Float32Array): number[] => Array.from(values, (value) => Math.round(value * 255));

describe('readPicture', () => {
  it('reads red, green and blue as i, r and g, the lowest row first', async () => {
    const image = await read(
      'a.png',
      await sharp(colours, { raw: { ...size, channels: 3 } })
        .png()
        .toBuffer(),
    );
    expect(image).toMatchObject({ ...size, bands: ['g', 'r', 'i'] });
    expect(bytesOf(plane(image, 'i'))).toEqual([100, 130, 160, 10, 40, 70]);
    expect(bytesOf(plane(image, 'r'))).toEqual([110, 140, 170, 20, 50, 80]);
    expect(bytesOf(plane(image, 'g'))).toEqual([120, 150, 180, 30, 60, 90]);
    // Bytes become exactly n/255 in float32.
    expect(plane(image, 'i')[0]).toBe(Math.fround(100 / 255));
  });

  it('leaves transparency out, of colours and of greys', async () => {
    const rgba = Buffer.from([10, 20, 30, 0, 40, 50, 60, 255]);
    const raw = { width: 2, height: 1 };
    const colour = await read(
      'alpha.png',
      await sharp(rgba, { raw: { ...raw, channels: 4 } })
        .png()
        .toBuffer(),
    );
    expect([0, 1, 2].map((band) => bytesOf(plane(colour, band)))).toEqual([
      [30, 60],
      [20, 50],
      [10, 40],
    ]);
    const grey = await read(
      'grey-alpha.png',
      await sharp(Buffer.from([7, 0, 200, 128]), { raw: { ...raw, channels: 2 } })
        .toColourspace('b-w')
        .png()
        .toBuffer(),
    );
    expect(grey.bands).toEqual(['grey']);
    expect(bytesOf(grey.data)).toEqual([7, 200]);
  });

  it('reads grey and palettes', async () => {
    const bytes = Buffer.from([0, 1, 128, 254, 255, 9]);
    const grey = sharp(bytes, { raw: { ...size, channels: 1 } }).toColourspace('b-w');
    const image = await read('grey.png', await grey.png().toBuffer());
    expect(image.bands).toEqual(['grey']);
    expect(bytesOf(image.data)).toEqual([254, 255, 9, 0, 1, 128]);
    const palette = sharp(colours, { raw: { ...size, channels: 3 } }).png({ palette: true, dither: 0 });
    // Six colours fit a palette of 256 without loss but for its rounding.
    const read8 = bytesOf(plane(await read('palette.png', await palette.toBuffer()), 'r'));
    for (const [i, value] of [110, 140, 170, 20, 50, 80].entries()) {
      expect(Math.abs(read8[i] - value)).toBeLessThanOrEqual(2);
    }
  });

  it.each([
    [1, 'grey16', ['grey']],
    [3, 'rgb16', ['g', 'r', 'i']],
  ] as const)('reads 16 bits of %i channels as 16 bits', async (channels, space, bands) => {
    // Neighbouring values that eight bits do not tell apart.
    const values = Uint16Array.from({ length: 6 * channels }, (_, i) => 30_000 + i);
    const png = await sharp(values, { raw: { ...size, channels } })
      .toColourspace(space)
      .png()
      .toBuffer();
    expect((await sharp(png).metadata()).depth).toBe('ushort');
    const image = await read(`deep${channels}.png`, png);
    expect(image.bands).toEqual(bands);
    const found = Array.from(plane(image, bands.length - 1), (value) => Math.round(value * 65_535));
    expect(found).toEqual([3, 4, 5, 0, 1, 2].map((i) => 30_000 + i * channels));
  });

  it('reads JPEG, also of four inks', async () => {
    const flat = sharp({ create: { width: 16, height: 16, channels: 3, background: '#c06030' } });
    const image = await read('a.jpg', await flat.clone().jpeg({ quality: 100 }).toBuffer());
    // JPEG's colours are rounded twice.
    const expected = [0x30, 0x60, 0xc0];
    for (const band of [0, 1, 2]) {
      expect(Math.abs(255 * plane(image, band)[17] - expected[band])).toBeLessThanOrEqual(2);
    }
    const inks = await flat.clone().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(inks).metadata()).space).toBe('cmyk');
    const printed = await read('cmyk.jpg', inks);
    expect(printed.bands).toEqual(['g', 'r', 'i']);
    // A gamut of inks is narrower than the screen's: the order of the colours is what is left.
    expect(plane(printed, 'i')[0]).toBeGreaterThan(plane(printed, 'r')[0]);
    expect(plane(printed, 'r')[0]).toBeGreaterThan(plane(printed, 'g')[0]);
  });

  it('says in one line what is no whole picture', async () => {
    const noise = Buffer.from(Uint8Array.from({ length: 48 * 48 * 3 }, (_, i) => (i * 7919) % 256));
    const made = sharp(noise, { raw: { width: 48, height: 48, channels: 3 } });
    const [jpeg, png] = [await made.clone().jpeg().toBuffer(), await made.clone().png().toBuffer()];
    for (const [name, bytes] of [
      ['half.jpg', jpeg.subarray(0, jpeg.length / 2)],
      ['half.png', png.subarray(0, png.length / 2)],
      ['text.png', Buffer.from('no picture\n')],
      ['nothing.jpg', Buffer.alloc(0)],
    ] as const) {
      const error = await read(name, bytes).catch((thrown: unknown) => thrown as Error);
      expect(error, name).toBeInstanceOf(UserError);
      expect((error as Error).message).toMatch(
        new RegExp(`${name}: is no picture that can be read \\(.+\\); give a whole PNG or JPEG$`),
      );
      expect((error as Error).message).not.toContain('\n');
    }
    await expect(readPicture(join(folder, 'nothing-here.png'))).rejects.toThrow(/no such file/);
  });

  it('never answers damage with anything but an image or a line', async () => {
    const made = sharp(Buffer.alloc(300, 90), { raw: { width: 10, height: 10, channels: 3 } });
    const whole = [await made.clone().png().toBuffer(), await made.clone().jpeg().toBuffer()];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...whole), fc.nat(), fc.nat(255), async (bytes, at, value) => {
        const damaged = Buffer.from(bytes);
        damaged[at % damaged.length] = value;
        const outcome = await read('damaged.png', damaged).catch((error: unknown) => error);
        expect(outcome instanceof UserError || (outcome as { data: unknown }).data !== undefined).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('writePicture', () => {
  it('comes back from PNG as it was, to eight bits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        fc.nat(),
        async (width, height, grey, seed) => {
          const image = skyImage({ width, height, ...(grey ? { bands: ['grey'] } : {}) });
          image.data.forEach((_, i) => {
            image.data[i] = ((i * 31 + seed) % 256) / 255;
          });
          const path = join(folder, 'again.png');
          await writePicture(path, image);
          const again = await readPicture(path);
          expect(again.bands).toEqual(image.bands);
          expect(again.data).toEqual(image.data);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('cuts off what is beyond 0 to 1, and draws what is no number black', async () => {
    const values = Float32Array.of(
      -1,
      0.5,
      2,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    );
    const png = await encodePicture(skyImage({ ...size, bands: ['flux'] }, values));
    // 127.5 rounds up.
    expect(bytesOf((await read('cut.png', png)).data)).toEqual([0, 128, 255, 0, 255, 0]);
  });

  it('writes JPEG by the ending, near to what was given', async () => {
    const image = skyImage({ width: 16, height: 16 }, new Float32Array(768).fill(0.4));
    const path = join(folder, 'flat.JPEG');
    await writePicture(path, image);
    expect((await sharp(path).metadata()).format).toBe('jpeg');
    // A flat picture loses no more than two roundings of 1/255.
    for (const value of (await readPicture(path)).data) expect(Math.abs(value - 0.4)).toBeLessThan(2.1 / 255);
  });

  it('leaves nothing where it cannot write', async () => {
    const image = skyImage({ width: 2, height: 2 });
    await expect(writePicture(join(folder, 'none', 'a.png'), image)).rejects.toThrow(/make the folder first/);
    expect(existsSync(join(folder, 'none'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('tmp'))).toEqual([]);
  });
});

it('knows pictures by their names', () => {
  expect(['a.png', 'b.JPG', 'c.jpeg', 'd.fits', 'png', 'e.png.gz'].map(isPicture)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
