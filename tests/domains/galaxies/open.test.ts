// Images of files, and simulated ones, as the parts of a run.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { silent } from '../../../core/progress.ts';
import { RandomStream } from '../../../core/random.ts';
import type { Parts } from '../../../data-adapters/dataset.ts';
import { encodeFits, FitsHeader, type HduToWrite } from '../../../data-adapters/formats/fits/index.ts';
import { plane, type SkyImage, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { galaxiesConfig } from '../../../domains/galaxies/config.ts';
import { open } from '../../../domains/galaxies/open.ts';
import {
  type MeasuredGalaxy,
  measuredDataset,
  measuredGalaxies,
  trainingDataset,
  trainingImages,
} from '../../../domains/galaxies/parts.ts';
import { gaussianPsf, moffatPsf, type Psf } from '../../../domains/galaxies/psf/psf.ts';
import { psfWidth } from '../../../domains/galaxies/psf/psf-width.ts';
import { simulate } from '../../../domains/galaxies/simulate.ts';
import { unstretch } from '../../../domains/galaxies/stretch.ts';
import { farthest, sky } from './skies.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

type Given = Parameters<typeof galaxiesConfig.parse>[0];

const contextOf = (
  given: object = {},
  purpose: 'training' | 'evaluation' = 'training',
  log: string[] = [],
) => ({
  config: galaxiesConfig.parse({
    images: { size: 64, training: 3, validation: 2, test: 3 },
    training: { crop: 64 },
    ...given,
  } as Given),
  purpose,
  seed: 1,
  random: new RandomStream(1),
  device: 'cpu',
  threads: 1,
  progress: silent,
  signal: new AbortController().signal,
  log: (line: string) => void log.push(line),
  openPart: () => Promise.reject(new Error('these data are kept in memory')),
  folder,
});

const nanomaggies = new FitsHeader([]).with('BUNIT', 'nanomaggy');

/** One plane of noise with a mark in its middle, which says which image it is. */
const hdu = (mark: number, width = 64, height = 64): HduToWrite => {
  const data = Float32Array.from(sky({ width, height, noise: 0.02, seed: mark + 1 }, ['flux']).data);
  data[Math.floor(height / 2) * width + Math.floor(width / 2)] = 100 + mark;
  return { header: nanomaggies, shape: [height, width], data };
};

function write(name: string, hdus: readonly HduToWrite[]): string {
  writeFileSync(at(name), encodeFits(hdus));
  return at(name);
}

/** A folder of files, one for each list of HDUs. */
function source(name: string, files: readonly (readonly HduToWrite[])[]): string {
  mkdirSync(at(name), { recursive: true });
  for (const [i, hdus] of files.entries()) write(`${name}/${String(i).padStart(2, '0')}.fits`, hdus);
  return at(name);
}

/** Which images they are: the flux in the middle, less 100. */
const marks = (images: readonly SkyImage[]): number[] =>
  images.map((image) => Math.round(plane(image, 1)[32 * 64 + 32]) - 100);

const originals = (parts: Parts, split: 'validation' | 'test') =>
  measuredGalaxies(parts, split).map(({ original }) => original);

const twelve = source(
  'twelve',
  Array.from({ length: 12 }, (_, i) => [hdu(i)]),
);

describe('open', () => {
  it('divides images among the splits, each into one', async () => {
    const parts = await open(twelve, contextOf({ source: { training: 0.5, validation: 0.25 } }));
    const learnt = marks(trainingImages(parts));
    const [tuning, testing] = [marks(originals(parts, 'validation')), marks(originals(parts, 'test'))];
    expect([learnt.length, tuning.length, testing.length]).toEqual([6, 3, 3]);
    expect([...learnt, ...tuning, ...testing].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, i) => i),
    );
    // Shuffled, and in the same way each time.
    expect(learnt).not.toEqual([0, 1, 2, 3, 4, 5]);
    const again = await open(twelve, contextOf({ source: { training: 0.5, validation: 0.25 } }));
    expect(marks(trainingImages(again))).toEqual(learnt);
    expect(parts.measured.provenance).toMatchObject({ kind: 'files', source: twelve });
    expect(parts.measured.provenance.files).toHaveLength(12);
  });

  it.each([
    [0.99, 0.005],
    [0.5, 0.49],
    [0, 0],
    [0.05, 0.94],
  ])('leaves an image to each split, whatever the shares (%f, %f)', async (training, validation) => {
    const parts = await open(twelve, contextOf({ source: { training, validation } }));
    const counts = [
      trainingImages(parts).length,
      originals(parts, 'validation').length,
      originals(parts, 'test').length,
    ];
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(12);
  });

  it('mixes simulated galaxies into the training images alone', async () => {
    const parts = await open(twelve, contextOf({ source: { training: 0, validation: 0.5, simulated: 2 } }));
    expect(trainingImages(parts)).toHaveLength(2);
    expect(originals(parts, 'validation').length + originals(parts, 'test').length).toBe(12);
    expect(parts.training.provenance.notes?.join()).toContain('2 simulated galaxies besides');
  });

  it('measures on every image when asked for an evaluation, however few', async () => {
    const parts = await open(source('one', [[hdu(7)]]), contextOf({}, 'evaluation'));
    expect(Object.keys(parts)).toEqual(['measured']);
    expect(originals(parts, 'validation')).toEqual([]);
    expect(marks(originals(parts, 'test'))).toEqual([7]);
    const [galaxy] = measuredGalaxies(parts, 'test');
    expect(galaxy).toMatchObject({ grey: true, catalogue: { index: 0, width: 64, height: 64 } });
    expect(galaxy.truth).toBeUndefined();
    expect(plane(galaxy.original, 0)).toEqual(plane(galaxy.original, 2));
  });

  it('cuts about the centre, fills holes, and leaves out what is of no use, saying so', async () => {
    const holes = hdu(3, 71, 80);
    (holes.data as Float32Array)[40 * 71 + 40] = Number.NaN;
    const flat: HduToWrite = {
      header: nanomaggies,
      shape: [64, 64],
      data: new Float32Array(4096).fill(0.01),
    };
    const empty: HduToWrite = { shape: [64, 64], data: new Float32Array(4096).fill(Number.NaN) };
    const mixed = source('mixed', [[hdu(1, 65, 66)], [hdu(2, 63, 90)], [holes], [empty], [flat]]);
    writeFileSync(join(mixed, 'zz.fits'), 'no image');
    const log: string[] = [];
    const parts = await open(mixed, contextOf({}, 'evaluation', log));
    expect(marks(originals(parts, 'test'))).toEqual([1, 3]);
    const [, filled] = originals(parts, 'test');
    expect(filled.data.every(Number.isFinite)).toBe(true);
    const notes = parts.measured.provenance.notes!.join('\n');
    for (const note of ['being smaller: 1', 'having no number: 1', 'without noise: 1', 'not readable: 1']) {
      expect(notes).toContain(note);
    }
    expect(log[0]).toMatch(/^left out: .*zz\.fits/);
    expect(parts.measured.provenance.files).toHaveLength(2);
  });

  it('undoes the stretch of pictures', async () => {
    mkdirSync(at('pictures'));
    const bytes = Buffer.from(Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => 20 + ((i * 37) % 11)));
    await sharp(bytes, { raw: { width: 64, height: 64, channels: 3 } })
      .png()
      .toFile(at('pictures/a.png'));
    const [galaxy] = measuredGalaxies(await open(at('pictures'), contextOf({}, 'evaluation')), 'test');
    expect(galaxy.grey).toBe(false);
    // The lowest row's first pixel is red byte 63 x 192: i.
    expect(plane(galaxy.original, 'i')[0]).toBeCloseTo(unstretch((20 + ((63 * 192 * 37) % 11)) / 255), 6);
  });

  it('takes a scale for FITS files of another unit', async () => {
    const counts = source('counts', [[{ ...hdu(0), header: new FitsHeader([]) }]]);
    const test = async (given: object) =>
      originals(await open(counts, contextOf(given, 'evaluation')), 'test')[0];
    const known = await test({ source: { scale: 2 } });
    expect(plane(known, 1)[32 * 64 + 32]).toBe(200);
    // Without: what makes the noise, 0.02, that of the survey, 0.025. Three standard errors of 3,844 values are 9 %.
    expect(Math.abs(plane(await test({}), 1)[32 * 64 + 32] / 125 - 1)).toBeLessThan(0.09);
  });

  it('refuses sources that cannot be used, in one line', async () => {
    const few = source(
      'few',
      Array.from({ length: 9 }, (_, i) => [hdu(i)]),
    );
    await expect(open(few, contextOf())).rejects.toThrow(
      `${few}: has 9 images, too few to train on; give 10 or more, or measure trained networks on them by "deepfield evaluate"`,
    );
    const small = source('small', [[hdu(0, 40, 90)], [hdu(0, 90, 63)]]);
    await expect(open(small, contextOf())).rejects.toThrow(
      `${small}: none of its 2 images can be used (2 smaller than 64 px, 0 empty, 0 without noise, 0 damaged); set images.size and training.crop to less`,
    );
    const flat = source('flat', [
      [{ header: nanomaggies, shape: [64, 64], data: new Float32Array(4096).fill(9) }],
    ]);
    await expect(open(flat, contextOf({}, 'evaluation'))).rejects.toThrow(
      /1 without noise, 0 damaged\); give whole images$/,
    );
    await expect(open(at('nowhere'), contextOf())).rejects.toThrow(/no such file/);
  });

  describe('with PSFs', () => {
    const psfs = [1.5, 2, 2.5].map((fwhm) => gaussianPsf(fwhm));
    const psfHdu = ({ width, height, data }: Psf, factor = 1): HduToWrite => ({
      shape: [height, width],
      data: data.map((value) => factor * value),
    });
    const three = source('three', [[hdu(0), hdu(1)], [hdu(2)]]);
    const opened = (psf: string, from = three) => open(from, contextOf({ source: { psf } }, 'evaluation'));

    it('gives each image its own, normalised', async () => {
      const file = write(
        'psfs.fits',
        psfs.map((psf) => psfHdu(psf, 7)),
      );
      const galaxies = measuredGalaxies(await opened(file), 'test');
      expect(marks(galaxies.map(({ original }) => original))).toEqual([0, 1, 2]);
      for (const [i, { psf }] of galaxies.entries()) {
        expect(psf!.data.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
        // Of a Gaussian integrated over pixels: a little wider than the Gaussian, by the pixel in quadrature.
        expect(Math.abs(psfWidth(psf!) / ([1.5, 2, 2.5][i] / 0.396) - 1)).toBeLessThan(0.04);
      }
    });

    it('refuses too few of them, and what is none', async () => {
      const two = write(
        'two-psfs.fits',
        psfs.slice(1).map((psf) => psfHdu(psf)),
      );
      await expect(opened(two)).rejects.toThrow(
        `${two}: has 2 PSFs for more images; give one for each image, in their order`,
      );
      const dark = write('dark.fits', [psfHdu(psfs[0], -1)]);
      await expect(opened(dark)).rejects.toThrow(
        /dark\.fits.*is no PSF: its sum is -0\.99.*; give PSFs without holes/,
      );
      const nan = write('nan-psf.fits', [psfHdu(psfs[0], Number.NaN)]);
      await expect(opened(nan)).rejects.toThrow(/is no PSF: its sum is NaN/);
    });

    it('stops at an image that cannot be read: the others would get PSFs that are not theirs', async () => {
      const file = write(
        'psfs.fits',
        psfs.map((psf) => psfHdu(psf)),
      );
      const broken = source('broken', [[hdu(0)], [hdu(1)], [hdu(2)]]);
      writeFileSync(join(broken, '01.fits'), 'no image');
      await expect(opened(file, broken)).rejects.toThrow(/01\.fits/);
    });
  });
});

describe('the parts of a run', () => {
  const provenance = { kind: 'simulated' as const, source: 'a test', notes: [] };

  it('keep images, PSFs of any shape and numbers as they were', () => {
    const psfs: Psf[] = [
      moffatPsf(1.2),
      { width: 4, height: 3, data: Float64Array.from({ length: 12 }, (_, i) => i / 66) },
    ];
    const galaxies = [0, 1].map(
      (i): MeasuredGalaxy => ({
        original: sky({ width: 64, height: 64, noise: 1, seed: i }),
        truth: sky({ width: 64, height: 64, noise: 0, level: i }),
        grey: i === 1,
        psf: psfs[i],
        catalogue: { index: i, magnitude: 15.5 + i },
      }),
    );
    const parts = { measured: measuredDataset(galaxies, 1, 64, provenance) };
    const back = [...measuredGalaxies(parts, 'validation'), ...measuredGalaxies(parts, 'test')];
    back.forEach((galaxy, i) => {
      expect(galaxy.original.data).toEqual(galaxies[i].original.data);
      expect(galaxy.truth!.data).toEqual(galaxies[i].truth!.data);
      expect([galaxy.grey, galaxy.catalogue]).toEqual([i === 1, galaxies[i].catalogue]);
    });
    // The star of 4 x 3 pixels is on (2, 1), and on the centre afterwards.
    const { width, height, data } = back[1].psf!;
    expect(data[Math.floor(height / 2) * width + Math.floor(width / 2)]).toBe(psfs[1].data[1 * 4 + 2]);
    expect(data.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(farthest(back[0].psf!.data, psfs[0].data)).toBe(0);
  });

  it('know no truth unless all do', () => {
    const one = sky({ width: 64, height: 64, noise: 1 });
    const plain = { original: one, grey: false, catalogue: {} };
    const parts = { measured: measuredDataset([{ ...plain, truth: one }, plain], 0, 64, provenance) };
    expect(measuredGalaxies(parts, 'test').map(({ truth }) => truth)).toEqual([undefined, undefined]);
  });

  it('give training images as they came', () => {
    const images = [skyImage({ width: 64, height: 64 }, new Float32Array(3 * 4096).fill(2))];
    expect(trainingImages({ training: trainingDataset(images, 64, provenance) })[0].data).toEqual(
      images[0].data,
    );
  });
});

describe('simulate', () => {
  it('makes as many galaxies as asked for, with truth and catalogue, noise only in what is measured', async () => {
    const parts = await simulate(contextOf());
    expect(trainingImages(parts)).toHaveLength(3);
    const galaxies = [...measuredGalaxies(parts, 'validation'), ...measuredGalaxies(parts, 'test')];
    expect(galaxies).toHaveLength(5);
    for (const { original, truth, grey, catalogue } of galaxies) {
      expect([original.width, original.height, grey]).toEqual([64, 64, false]);
      expect(Object.keys(catalogue).sort()).toEqual([
        'axisRatio',
        'bulgeFraction',
        'halfLightRadius',
        'index',
        'kind',
        'magnitude',
      ]);
      expect(farthest(original.data, truth!.data)).toBeGreaterThan(0);
    }
    const again = await simulate(contextOf());
    expect(trainingImages(again)[2].data).toEqual(trainingImages(parts)[2].data);
  });
});

describe('psfWidth', () => {
  // Between pixels it is linear, which takes a share of a narrow peak's width.
  it.each([
    [2, 0.08],
    [3.3, 0.03],
    [6, 0.02],
  ])('of a Gaussian of %f px within a share of %f', (fwhm, error) => {
    // Integrated over pixels, sigma^2 is 1/12 squared pixels more.
    const expected = Math.sqrt(fwhm ** 2 + 2.3548 ** 2 / 12);
    expect(Math.abs(psfWidth(gaussianPsf(fwhm, 1)) / expected - 1)).toBeLessThan(error);
  });

  it('of Moffat profiles, and of squares', () => {
    expect(Math.abs(psfWidth(moffatPsf(5, 3, 1)) / 5 - 1)).toBeLessThan(0.03);
    // 5 x 5 pixels of one flux: half of it is reached half a pixel further out, a circle of (almost) 36 pixels.
    const flat = new Float64Array(81);
    for (let y = 2; y < 7; y++) flat.fill(1 / 25, 9 * y + 2, 9 * y + 7);
    expect(
      Math.abs(psfWidth({ width: 9, height: 9, data: flat }) / (2 * Math.sqrt(25 / Math.PI)) - 1),
    ).toBeLessThan(0.08);
  });
});
