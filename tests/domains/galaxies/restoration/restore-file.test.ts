// Files in, files out, by a network that answers with the smoothed image.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { Progress } from '../../../../core/progress.ts';
import { RandomStream } from '../../../../core/random.ts';
import { encodeFits, FitsHeader, openFits } from '../../../../data-adapters/formats/fits/index.ts';
import { readImage } from '../../../../data-adapters/galaxies/image-file.ts';
import { encodePicture, readPicture } from '../../../../data-adapters/galaxies/picture.ts';
import { mapPlanes, plane } from '../../../../data-adapters/galaxies/sky-image.ts';
import { galaxiesConfig } from '../../../../domains/galaxies/config.ts';
import {
  type RestoreFileOptions,
  restoreFile,
} from '../../../../domains/galaxies/restoration/restore-file.ts';
import { stretchAll } from '../../../../domains/galaxies/stretch.ts';
import { echo, farthest, sky } from '../skies.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-restore-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

const config = galaxiesConfig.parse({
  degradation: { fwhm: [1, 2.8], noise: [0.02, 0.35] },
  network: { tile: 64 },
  conserveFlux: 0,
});

function restore(path: string, out: string | undefined, options: Partial<RestoreFileOptions> = {}) {
  const told: [string, number, number][] = [];
  const progress: Progress = {
    task: (label, total) => {
      told.push([label, total, 0]);
      const own = told.at(-1)!;
      return {
        advance(units = 1) {
          own[2] += units;
        },
        end() {},
      };
    },
  };
  const context = {
    config,
    seed: 1,
    random: new RandomStream(1),
    device: 'cpu',
    threads: 1,
    progress,
    signal: new AbortController().signal,
    log: () => {},
    models: { ...echo().models, ids: ['restoration'] },
  };
  return restoreFile(path, out, { strength: 1, fwhm: 1.5, centred: false, ...options }, context).then(
    (answer) => ({
      ...answer,
      told,
    }),
  );
}

const header = new FitsHeader([])
  .with('OBJECT', 'M 51', 'a whirlpool')
  .with('CTYPE1', 'RA---TAN')
  .with('CTYPE2', 'DEC--TAN')
  .with('CRPIX1', 20.5)
  .with('CRPIX2', 30.5)
  .with('CRVAL1', 202.47)
  .with('CRVAL2', 47.195)
  .with('CD1_1', -1.1e-4)
  .with('CD1_2', 0)
  .with('CD2_1', 0)
  .with('CD2_2', 1.1e-4)
  .with('BUNIT', 'nanomaggy');

const lights = [{ x: 40, y: 30, height: 2, sigma: 5 }];
const original = sky({ width: 90, height: 70, noise: 0.1, lights });

/** A cube in an extension, with a hole in the second band. */
function cube(name: string): Float32Array {
  const data = original.data.slice();
  for (let i = 0; i < 40; i++) data[90 * 70 + 2000 + i] = Number.NaN;
  const hdus = [{}, { name: 'SCI', header, shape: [3, 70, 90], data, history: ['flat-fielded'] }];
  writeFileSync(at(name), encodeFits(hdus));
  return data;
}

async function hdusOf(path: string) {
  const file = await openFits(path);
  try {
    const read = [];
    for (const hdu of file.hdus)
      read.push({ ...hdu, data: (await file.readImage(hdu, { as: 'float32' })).data });
    return read;
  } finally {
    await file.close();
  }
}

describe('restoreFile', () => {
  it('keeps header, coordinates and history, and adds what was done and the uncertainty', async () => {
    const data = cube('cube.fits');
    const answer = await restore(at('cube.fits'), at('cube-out.fits'));
    expect(answer.written).toEqual([at('cube-out.fits')]);
    expect(answer.text).toMatch(
      /^90 x 70 px, 3 bands, blur as given, blur of 1\.50" undone, noise 0\.\d+, 0\.\d+, 0\.\d+$/,
    );
    expect(answer.told).toEqual([[`Restoring ${at('cube.fits')}`, 6300, 6300]]);
    const [restored, uncertainty, ...more] = await hdusOf(at('cube-out.fits'));
    expect(more).toEqual([]);
    expect(restored).toMatchObject({ name: 'SCI', shape: [3, 70, 90], dtype: 'float32' });
    for (const { keyword, value } of header.cards)
      expect(restored.header.get(keyword), keyword).toEqual(value);
    expect(restored.header.card('OBJECT')?.comment).toBe('a whirlpool');
    const history = restored.header.texts('HISTORY').map((line) => line.trim());
    expect(history[0]).toBe('flat-fielded');
    expect(history.join(' ')).toMatch(
      /restored by deepfield galaxies: blur of 1\.50 arcsec \(FWHM\) undone, noise of .*removed, strength 1/,
    );
    expect(uncertainty).toMatchObject({ name: 'UNCERTAINTY', shape: [3, 70, 90] });
    // The network says 0.1 everywhere.
    expect(
      farthest(uncertainty.data.filter(Number.isFinite), new Float32Array(3 * 6300 - 40).fill(0.1)),
    ).toBeLessThan(1e-7);
    const isHole = (i: number) => Number.isNaN(data[i]);
    for (const pixels of [restored.data, uncertainty.data]) {
      expect(Array.from(pixels as Float32Array, (value) => Number.isNaN(value))).toEqual(
        Array.from(data, (_, i) => isHole(i)),
      );
    }
    // Smoothed: three times less noise, at least, in a corner.
    const rough = (values: ArrayLike<number>) =>
      Math.hypot(...Array.from({ length: 20 }, (_, i) => values[i + 1] - values[i]));
    expect(rough(restored.data as Float32Array)).toBeLessThan(rough(data) / 3);
  });

  it('gives back the image with strength 0, and half of both with 0.5', async () => {
    const data = cube('strength.fits');
    for (const strength of [0, 0.5, 1])
      await restore(at('strength.fits'), at(`s${strength}.fits`), { strength });
    const [none, half, all] = await Promise.all([0, 0.5, 1].map((s) => hdusOf(at(`s${s}.fits`))));
    // Nanomaggies, so that nothing is scaled: the very same numbers.
    expect(none[0].data).toEqual(data);
    const mean = Float32Array.from(data, (value, i) => (value + Number(all[0].data[i])) / 2);
    mean.forEach((value, i) => {
      if (!Number.isNaN(value)) expect(Math.abs(Number(half[0].data[i]) - value)).toBeLessThan(1e-6);
    });
    // The noise, 0.1 measured within 5 %, is the uncertainty of what was left alone.
    expect(Math.abs(Number(none[1].data[0]) / 0.1 - 1)).toBeLessThan(0.05);
  });

  it('fits the brightness in the middle where it is told of a galaxy there, and writes that down', async () => {
    const middle = { x: 44.5, y: 34.5, height: 2, sigma: 4 };
    const data = sky({ width: 90, height: 70, noise: 0.1, lights: [middle] }, ['flux']).data;
    writeFileSync(at('stamp.fits'), encodeFits([{ header, shape: [70, 90], data: Float32Array.from(data) }]));
    const plain = await restore(at('stamp.fits'), at('plain.fits'), { fwhm: 2.5 });
    const centred = await restore(at('stamp.fits'), at('centred.fits'), { fwhm: 2.5, centred: true });
    expect(plain.text).not.toContain('fitted');
    expect(centred.text).toMatch(/, brightness fitted in the middle$/);
    expect([plain.answer.centred, centred.answer.centred]).toEqual([false, true]);
    const [[before], [after]] = await Promise.all(
      ['plain.fits', 'centred.fits'].map((name) => hdusOf(at(name))),
    );
    expect(after.header.texts('HISTORY').join(' ')).toContain(
      'brightness of the galaxy in the middle fitted to the image as it was',
    );
    // This test's network smooths, which lowers the middle; the corner is further off than the fitted shapes reach.
    const pixel = 34 * 90 + 44;
    expect(Number(after.data[pixel])).toBeGreaterThan(Number(before.data[pixel]));
    expect(Number(after.data[0])).toBeCloseTo(Number(before.data[0]), 6);
  });

  it('puts back the sky that it took off', async () => {
    const data = Float32Array.from(sky({ width: 90, height: 70, noise: 0.1, level: 25 }, ['flux']).data);
    writeFileSync(at('on-sky.fits'), encodeFits([{ header, shape: [70, 90], data }]));
    const { warnings } = await restore(at('on-sky.fits'), at('on-sky-out.fits'));
    expect(warnings).toContainEqual(expect.stringMatching(/^its sky of 25\.0 is taken off/));
    const [{ data: restored }] = await hdusOf(at('on-sky-out.fits'));
    // The stub answers with the smoothed image: 25, and less than a fifth of the noise about it.
    const values = Array.from(restored, Number);
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length - 25)).toBeLessThan(0.01);
    expect(Math.max(...values.map((value) => Math.abs(value - 25)))).toBeLessThan(0.1);
  });

  it('reads packed files of integers with BLANK and writes plain floats in their unit', async () => {
    const width = 40;
    const counts = Int16Array.from(
      { length: width * 30 },
      (_, i) => Math.round(400 * original.data[90 * Math.floor(i / width) + (i % width)]) + 5,
    );
    counts[77] = -32_768;
    const blank = header.with('BUNIT', 'adu');
    const bytes = Buffer.from(encodeFits([{ header: blank, shape: [30, width], data: counts }]));
    // BLANK is a matter of the file's layout, which encodeFits writes for itself; a spare card takes it.
    const place = bytes.indexOf('OBJECT  = ');
    bytes.write('BLANK   =               -32768'.padEnd(80), place, 'latin1');
    writeFileSync(at('counts.fits.gz'), gzipSync(bytes));
    const { answer } = await restore(at('counts.fits.gz'), at('counts.fits'), { strength: 0 });
    const [restored] = await hdusOf(at('counts.fits'));
    expect(restored.dtype).toBe('float32');
    expect(restored.header.get('BUNIT')).toBe('adu');
    expect(restored.header.get('BLANK')).toBeUndefined();
    expect(restored.data[77]).toBeNaN();
    counts.forEach((value, i) => {
      // Scaled to nanomaggies and back: two roundings to 24 bits of at most 850.
      if (i !== 77) expect(Math.abs(Number(restored.data[i]) - value)).toBeLessThan(2e-4);
    });
    // Noise of 0.1 x 400 counts.
    expect((answer.noise as number[])[0] / 40).toBeCloseTo(1, 0);
  });

  it('reads compressed tiles and writes them plain', async () => {
    const fixture = new URL('../../../fixtures/fits/tiles-rice_1-i2.fits.gz', import.meta.url);
    writeFileSync(at('tiles.fits.fz'), gunzipSync(readFileSync(fixture)));
    // 11 x 9 pixels of integers, in which no noise is to be measured.
    const { warnings } = await restore(at('tiles.fits.fz'), at('tiles.fits'), {
      sigma: 5,
      strength: 0,
      scale: 0.01,
    });
    expect(warnings[0]).toMatch(/how large a pixel is/);
    const [restored, uncertainty] = await hdusOf(at('tiles.fits'));
    expect([restored.kind, uncertainty.kind]).toEqual(['image', 'image']);
    expect(
      restored.header.cards.filter(({ keyword }) => /^Z(IMAGE|CMPTYPE|BITPIX|TILE)/.test(keyword)),
    ).toEqual([]);
    const { image } = await readImage(at('tiles.fits.fz'));
    const largest = Math.max(...image.data.map(Math.abs));
    restored.data.forEach((value, i) => {
      // Scale and sky, each taken off and put back: roundings of relative 6e-8 each, of numbers up to the largest.
      expect(Math.abs(Number(value) - image.data[i])).toBeLessThanOrEqual(2.4e-7 * largest);
    });
  });

  it('restores the HDU that it is told', async () => {
    const hdus = [10, 20].map((side) => ({
      shape: [30, side + 20],
      data: Float32Array.from(sky({ width: side + 20, height: 30, noise: 0.1 }, ['flux']).data),
    }));
    writeFileSync(at('two.fits'), encodeFits(hdus));
    expect((await restore(at('two.fits'), undefined)).answer).toMatchObject({ width: 30 });
    expect((await restore(at('two.fits'), undefined, { hdu: 1 })).answer).toMatchObject({ width: 40 });
    await expect(restore(at('two.fits'), undefined, { hdu: 'ERR' })).rejects.toThrow(/has no HDU ERR/);
  });

  it('answers a picture by a picture in the same stretch', async () => {
    const stretched = mapPlanes(original, stretchAll);
    writeFileSync(at('sky.png'), await encodePicture(stretched));
    await restore(at('sky.png'), at('sky-same.png'), { strength: 0 });
    // 255 (n / 255) goes through stretch and back.
    expect((await readPicture(at('sky-same.png'))).data).toEqual((await readPicture(at('sky.png'))).data);
    await restore(at('sky.png'), at('sky-out.png'));
    const out = await readPicture(at('sky-out.png'));
    expect(out).toMatchObject({ width: 90, height: 70, bands: ['g', 'r', 'i'] });
    // The galaxy is where it was: up stays up.
    expect(plane(out, 1)[30 * 90 + 40]).toBeGreaterThan(2 * plane(out, 1)[60 * 90 + 40]);
    await restore(at('sky.png'), at('sky-out.jpg'));
    expect((await sharp(at('sky-out.jpg')).metadata()).format).toBe('jpeg');
    await restore(at('sky.png'), at('sky-out.fits'));
    expect((await hdusOf(at('sky-out.fits')))[0].shape).toEqual([3, 70, 90]);
  });

  it('keeps a grey picture grey', async () => {
    const grey = { ...original, bands: ['grey'], data: stretchAll(plane(original, 0)) };
    writeFileSync(at('grey.png'), await encodePicture(grey));
    await restore(at('grey.png'), at('grey-out.png'));
    expect((await readPicture(at('grey-out.png'))).bands).toEqual(['grey']);
  });

  it('leaves nothing where it fails', async () => {
    cube('whole.fits');
    writeFileSync(at('half.fits'), readFileSync(at('whole.fits')).subarray(0, 20_000));
    const before = readdirSync(folder).sort();
    await expect(restore(at('half.fits'), at('half-out.fits'))).rejects.toThrow(/is truncated/);
    await expect(restore(at('whole.fits'), at('none/out.fits'))).rejects.toThrow(/make the folder first/);
    await expect(restore(at('whole.fits'), at('whole.fits/out.fits'))).rejects.toThrow(
      /is a file, not a folder/,
    );
    await expect(restore(at('whole.fits'), at('wide.fits'), { fwhm: 1000 })).rejects.toThrow(
      /wider than the image/,
    );
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});

const python = process.env.DEEPFIELD_PYTHON ?? 'python3';
const hasAstropy = spawnSync(python, ['-c', 'import astropy']).status === 0;

it.skipIf(!hasAstropy)(
  `astropy reads the answer, its coordinates and its checksums${hasAstropy ? '' : ' (skipped: no Python with astropy; set DEEPFIELD_PYTHON)'}`,
  async () => {
    cube('astropy.fits');
    await restore(at('astropy.fits'), at('astropy-out.fits'));
    const program = `
import sys, json, warnings
warnings.simplefilter('error')
import numpy
from astropy.io import fits
from astropy.wcs import WCS
with fits.open(sys.argv[1], checksum=True) as hdus:
    hdus.verify('exception')
    sky = WCS(hdus[0].header, naxis=2).wcs_pix2world([[19.5, 29.5]], 0)[0].tolist()
    print(json.dumps([[h.name, list(h.data.shape), int(numpy.isnan(h.data).sum())] for h in hdus] + [sky]))`;
    const found = JSON.parse(execFileSync(python, ['-c', program, at('astropy-out.fits')]).toString());
    // The pixel of reference, counted from 0, is at CRVAL.
    expect(found).toEqual([
      ['SCI', [3, 70, 90], 40],
      ['UNCERTAINTY', [3, 70, 90], 40],
      [expect.closeTo(202.47, 9), expect.closeTo(47.195, 9)],
    ]);
  },
);
