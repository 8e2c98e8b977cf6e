// Images of a source: which files, which HDUs, which bands.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { encodeFits, FitsHeader, type HduToWrite } from '../../../data-adapters/formats/fits/index.ts';
import { findImages, groupBands } from '../../../data-adapters/galaxies/find-images.ts';
import { isImageFile, readImage, readImages } from '../../../data-adapters/galaxies/image-file.ts';
import { readSource, type SourceImage } from '../../../data-adapters/galaxies/read-source.ts';
import { plane } from '../../../data-adapters/galaxies/sky-image.ts';
import { card, hduBytes } from '../formats/fits/fits-fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-sources-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);

/** Pixel k holds `first` + k. */
const image = (shape: readonly number[], first = 0, more: Partial<HduToWrite> = {}): HduToWrite => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => first + i),
  ...more,
});

function write(name: string, hdus: readonly HduToWrite[], pack = (bytes: Uint8Array) => bytes): string {
  writeFileSync(at(name), pack(encodeFits(hdus)));
  return at(name);
}

const tableHdu = hduBytes(
  [
    "XTENSION= 'BINTABLE'",
    card('BITPIX', 8),
    card('NAXIS', 2),
    card('NAXIS1', 4),
    card('NAXIS2', 5),
    card('PCOUNT', 0),
    card('GCOUNT', 1),
    card('TFIELDS', 1),
    "TFORM1  = 'J       '",
    "EXTNAME = 'CATALOG '",
  ],
  new Uint8Array(20),
);

const failure = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => {
      throw new RangeError('expected a failure');
    },
    (error: Error) => error,
  );

describe('isImageFile', () => {
  it('goes by endings, packed or not', () => {
    const yes = [
      'a.fits',
      'a.FIT',
      'a.fts',
      'a.fits.gz',
      'a.fits.bz2',
      'a.fits.fz',
      'a.fz',
      'a.png',
      'a.jpeg',
    ];
    expect(yes.filter((name) => !isImageFile(name))).toEqual([]);
    const no = ['a.csv', 'a.gz', 'fits', 'a.fits.txt', 'a.fits~', 'a.tif', '.DS_Store'];
    expect(no.filter(isImageFile)).toEqual([]);
  });
});

describe('readImage', () => {
  it('takes the first HDU that is an image, or the one that is named', async () => {
    const small = image([4, 4]);
    const path = write('several.fits', [
      {},
      small,
      image([9, 10], 100, { name: 'SCI' }),
      image([8, 8], 500, { name: 'ERR' }),
    ]);
    const first = await readImage(path);
    // Four pixels a side are a table of numbers rather than an image, unless they are asked for.
    expect(first.image).toMatchObject({ width: 10, height: 9, bands: ['flux'] });
    expect(first.image.data[11]).toBe(111);
    expect(first.where).toBe(`${path}: HDU 2 (SCI)`);
    expect((await readImage(path, 1)).image).toMatchObject({ width: 4, height: 4 });
    expect((await readImage(path, 3)).image.data[0]).toBe(500);
    expect((await readImage(path, 'ERR')).image.data[0]).toBe(500);
    expect((await readImages(path)).map(({ where }) => where.slice(-5))).toEqual(['(SCI)', '(ERR)']);
  });

  it('says which HDUs there are when one is not', async () => {
    const path = write('named.fits', [{}, image([8, 8], 0, { name: 'SCI' })]);
    expect((await failure(readImage(path, 'SIC'))).message).toContain(
      'has no HDU SIC; it has 0 PRIMARY, 1 SCI',
    );
    expect((await failure(readImage(path, 7))).message).toContain('has no HDU 7');
    const empty = await failure(readImage(path, 0));
    expect(empty).toBeInstanceOf(UserError);
    expect(empty.message).toBe(
      `${path}: HDU 0 (PRIMARY): is no image but a header alone; choose another HDU`,
    );
  });

  it.each([
    [
      [3, 8, 9],
      ['g', 'r', 'i'],
    ],
    [[1, 8, 9], ['flux']],
    [
      [3, 1, 8, 9],
      ['g', 'r', 'i'],
    ],
    [[1, 1, 8, 9], ['flux']],
  ])('reads the shape %j as the bands %j', async (shape, bands) => {
    const found = await readImage(write('shape.fits', [image(shape)]));
    expect(found.image).toMatchObject({ width: 9, height: 8, bands });
    expect(plane(found.image, bands.length - 1)[1]).toBe((bands.length - 1) * 72 + 1);
    expect(found.fits?.shape).toEqual(shape);
  });

  it.each([[[2, 8, 9]], [[5, 8, 9]], [[2, 3, 8, 9]]])('refuses the shape %j', async (shape) => {
    const { message } = await failure(readImage(write('planes.fits', [image(shape)])));
    expect(message).toBe(
      `${at('planes.fits')}: HDU 0 (PRIMARY): has the axes ${shape.join(' x ')}, expected one image or three planes of one; choose planes of it beforehand, or another HDU`,
    );
  });

  it('says what else a file holds that has no image', async () => {
    writeFileSync(at('table.fits'), Buffer.concat([encodeFits([{}]), tableHdu]));
    expect((await failure(readImage(at('table.fits')))).message).toContain(
      'has no image of 8 x 8 px or more (its HDUs: empty, table); give a file with one',
    );
    expect((await failure(readImage(at('table.fits'), 'CATALOG'))).message).toContain(
      'HDU 1 (CATALOG): is no image but of the kind table; choose another HDU',
    );
    const line = write('line.fits', [image([50])]);
    expect((await failure(readImage(line))).message).toContain('its HDUs: image of 50)');
    expect((await failure(readImage(line, 0))).message).toContain('has the axes 50, expected one image');
  });

  it('unpacks', async () => {
    const path = write('packed.fits.gz', [image([8, 8], 3)], gzipSync);
    expect((await readImage(path)).image.data[63]).toBe(66);
  });

  it('knows the pixel scale and the unit from the header, where it says them', async () => {
    const wcs = new FitsHeader([])
      .with('CTYPE1', 'RA---TAN')
      .with('CTYPE2', 'DEC--TAN')
      .with('CRPIX1', 4)
      .with('CRPIX2', 4)
      .with('CRVAL1', 10)
      .with('CRVAL2', 20)
      .with('CDELT1', -0.5 / 3600)
      .with('CDELT2', 0.5 / 3600)
      .with('BUNIT', 'nanomaggy');
    const known = await readImage(write('wcs.fits', [image([8, 8], 0, { header: wcs })]));
    expect(known.image.pixelScale).toBeCloseTo(0.5, 9);
    expect(known.fits).toMatchObject({ unit: 'nanomaggy', scaled: true });
    for (const header of [wcs.with('CTYPE1', 'LINEAR'), wcs.with('CDELT1', 0).with('CDELT2', 0)]) {
      const unknown = await readImage(write('linear.fits', [image([8, 8], 0, { header })]));
      // 0.396 arcsec: SDSS's, for want of another.
      expect(unknown.image.pixelScale).toBe(0.396);
      expect(unknown.fits?.scaled).toBe(false);
    }
  });

  it('refuses what is no file, no FITS file, or half of one', async () => {
    expect((await failure(readImage(at('nothing.fits')))).message).toContain('no such file');
    writeFileSync(at('text.fits'), 'hello');
    const whole = encodeFits([image([40, 40])]);
    writeFileSync(at('half.fits'), whole.subarray(0, 5000));
    writeFileSync(at('half.fits.gz'), gzipSync(whole).subarray(0, 60));
    for (const name of ['text.fits', 'half.fits', 'half.fits.gz']) {
      const error = await failure(readImage(at(name)));
      expect(error, name).toBeInstanceOf(UserError);
      expect(error.message).toContain(at(name));
      expect(error.message).not.toContain('\n');
    }
  });
});

describe('groupBands', () => {
  it('puts g, r and i together, whatever their order and dividing mark', () => {
    expect(groupBands(['a-i.fits', 'a-r.fits', 'a-g.fits', 'b.fits'])).toEqual([
      ['a-g.fits', 'a-r.fits', 'a-i.fits'],
      ['b.fits'],
    ]);
    expect(groupBands(['x_G.fits.bz2', 'x_R.fits.bz2', 'x_I.fits.bz2'])).toHaveLength(1);
  });

  it('keeps apart what is not three bands of one image', () => {
    const alone = [
      ['a-g.fits', 'a-r.fits'],
      ['a-g.fits', 'b-r.fits', 'a-i.fits'],
      ['one/a-g.fits', 'two/a-r.fits', 'one/a-i.fits'],
      ['a-g.fits', 'a-r.fits', 'a-i.fits.gz'],
      ['a-g.png', 'a-r.png', 'a-i.png'],
      ['frame-r-001.fits', 'frame-g-001.fits', 'frame-i-001.fits'],
    ];
    for (const files of alone) expect(groupBands(files).map(String).sort()).toEqual(files.toSorted());
  });

  it('loses and doubles no file', () => {
    const name = fc
      .tuple(
        fc.constantFrom('a', 'b-g', 'c.r'),
        fc.constantFrom('-g', '_r', '.i', ''),
        fc.constantFrom('.fits', '.png'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.uniqueArray(name), (files) => {
        const groups = groupBands(files);
        expect(groups.flat().sort()).toEqual([...files].sort());
        expect(groups.every(({ length }) => length === 1 || length === 3)).toBe(true);
      }),
    );
  });
});

describe('findImages and readSource', () => {
  beforeAll(async () => {
    for (const name of ['set/deep/deeper', 'none/inside', 'bad', 'sizes', 'planes']) {
      mkdirSync(at(name), { recursive: true });
    }
    for (const name of [
      'set/10.fits',
      'set/9.fits',
      'set/deep/a-g.fits',
      'set/deep/a-r.fits',
      'set/deep/a-i.fits',
    ]) {
      write(name, [image([8, 8], name.length * 100 + name.charCodeAt(name.length - 6))]);
    }
    write('set/deep/deeper/two.fits', [image([8, 9]), image([9, 8])]);
    writeFileSync(at('set/notes.txt'), 'not one of them');
    writeFileSync(at('none/inside/notes.txt'), 'nor here');
    await sharp({ create: { width: 9, height: 9, channels: 3, background: '#102030' } })
      .png()
      .toFile(at('set/z.png'));
    write('bad/a.fits', [image([8, 8], 1)]);
    writeFileSync(at('bad/b.fits'), 'no image');
    write('bad/c.fits', [image([8, 8], 3)]);
    for (const [band, width] of [
      ['g', 8],
      ['r', 8],
      ['i', 9],
    ] as const) {
      write(`sizes/a-${band}.fits`, [image([8, width])]);
      write(`planes/a-${band}.fits`, [image(band === 'r' ? [3, 8, 8] : [8, 8])]);
    }
  });

  const all = async (source: string, onFailure?: (error: UserError) => void): Promise<SourceImage[]> => {
    const found: SourceImage[] = [];
    for await (const one of readSource(source, onFailure)) found.push(one);
    return found;
  };

  it('find images in folders within folders, in the order of their numbers', async () => {
    const found = await findImages(at('set'));
    expect(found.map((files) => files.map((path) => relative(at('set'), path)))).toEqual([
      ['9.fits'],
      ['10.fits'],
      ['deep/a-g.fits', 'deep/a-r.fits', 'deep/a-i.fits'],
      ['deep/deeper/two.fits'],
      ['z.png'],
    ]);
    expect(await findImages(at('set/9.fits'))).toEqual([[at('set/9.fits')]]);
  });

  it('say what is wrong with a source without images', async () => {
    expect((await failure(findImages(at('none')))).message).toBe(
      `${at('none')}: holds no images; give .fits (.gz, .bz2, .fz), .png or .jpg files`,
    );
    expect((await failure(findImages(at('nowhere')))).message).toContain('no such file or folder');
  });

  it('read every HDU, and the bands of an image as one', async () => {
    const found = await all(at('set'));
    expect(found.map(({ image: { width, height, bands } }) => [width, height, bands.length])).toEqual([
      [8, 8, 1],
      [8, 8, 1],
      [8, 8, 3],
      [9, 8, 1],
      [8, 9, 1],
      [9, 9, 3],
    ]);
    const { image: joined, files } = found[2];
    expect(files).toHaveLength(3);
    // Each file's first pixel is 1700 and the code of its band's letter.
    expect([0, 1, 2].map((band) => plane(joined, band)[0])).toEqual([
      1700 + 'g'.charCodeAt(0),
      1700 + 'r'.charCodeAt(0),
      1700 + 'i'.charCodeAt(0),
    ]);
  });

  it('hand failures on and go on, or stop at them', async () => {
    const failures: UserError[] = [];
    const found = await all(at('bad'), (error) => failures.push(error));
    expect(found.map(({ image: { data } }) => data[0])).toEqual([1, 3]);
    expect(failures.map(({ message }) => message.includes('b.fits'))).toEqual([true]);
    await expect(all(at('bad'))).rejects.toThrow(/b\.fits/);
  });

  it('refuse bands of different sizes or of several planes', async () => {
    await expect(all(at('sizes'))).rejects.toThrow(
      /a-i\.fits: HDU 0 \(PRIMARY\): is 9 x 8 px in 1 planes, expected 8 x 8 in one as in .*a-g\.fits.*; bring the bands/,
    );
    await expect(all(at('planes'))).rejects.toThrow(/a-r\.fits.*is 8 x 8 px in 3 planes/);
  });
});
