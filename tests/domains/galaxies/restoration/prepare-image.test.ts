import { describe, expect, it } from 'vitest';
import { FitsHeader } from '../../../../data-adapters/formats/fits/index.ts';
import { plane, type SkyImage, skyImage } from '../../../../data-adapters/galaxies/sky-image.ts';
import { type ImageHints, prepareImage } from '../../../../domains/galaxies/restoration/prepare-image.ts';
import { unstretch } from '../../../../domains/galaxies/stretch.ts';
import { inNanomaggies } from '../../../../domains/galaxies/units.ts';
import { farthest, fwhmPerSigma, inFits, type Light, sky } from '../skies.ts';

const degradation = {
  fwhm: [1, 2.8] as [number, number],
  noise: [0.02, 0.35] as [number, number],
  mode: 'independent' as const,
};
const nanomaggies = new FitsHeader([]).with('BUNIT', 'nanomaggy');
const counts = new FitsHeader([]).with('BUNIT', 'adu');

const stars = (sigma: number): Light[] =>
  Array.from({ length: 9 }, (_, i) => ({
    x: 25 + 38 * (i % 3),
    y: 25 + 38 * Math.floor(i / 3),
    height: 30,
    sigma,
  }));
const quiet = (lights: Light[] = [], noise = 0.1): SkyImage =>
  sky({ width: 128, height: 128, noise, lights }, ['flux']);

const prepare = (image: SkyImage, hints: ImageHints = {}, header = nanomaggies, scaled = true) =>
  prepareImage(inFits(image, header, scaled), hints, { degradation });

describe('prepareImage', () => {
  it('measures seeing and noise, and has nothing to warn of when all is well', () => {
    // A blur of 1.7" on the survey's 1.32", both Gaussian.
    const fwhm = Math.hypot(1.7, 1.32) / 0.396;
    const prepared = prepare(quiet(stars(fwhm / fwhmPerSigma)));
    expect(prepared.warnings).toEqual([]);
    // Stars come out within 4 % and the survey's seeing is taken off in quadrature, which makes 7 % of that.
    expect(Math.abs(prepared.fwhm / 1.7 - 1)).toBeLessThan(0.07);
    expect(prepared.seeing).toBeCloseTo(prepared.fwhm / 0.396, 10);
    expect(prepared.stars!.count).toBe(9);
    // A median of 15,876 values errs by 1.5 %, the stars add some 3 %.
    expect(Math.abs(prepared.noise[0] / 0.1 - 1)).toBeLessThan(0.06);
    expect(prepared.scale).toBe(1);
    expect(prepared.missing).toEqual([undefined]);
  });

  it('takes what it is told', () => {
    const prepared = prepare(
      quiet([], 3),
      { fwhm: 2, sigma: 3, scale: 0.05, pixelScale: 0.5 },
      counts,
      false,
    );
    expect(prepared).toMatchObject({
      fwhm: 2,
      seeing: 4,
      scale: 0.05,
      warnings: [],
      image: { pixelScale: 0.5 },
    });
    expect(prepared.noise[0]).toBeCloseTo(0.15, 12);
    expect(prepared.stars).toBeUndefined();
  });

  it.each<[string, SkyImage, ImageHints, FitsHeader, boolean, RegExp]>([
    [
      'no pixel scale',
      quiet(),
      { fwhm: 2 },
      nanomaggies,
      false,
      /how large a pixel is; taken for 0\.396" \(--pixel-scale\)/,
    ],
    [
      'no stars',
      quiet(),
      {},
      nanomaggies,
      true,
      /^no stars to measure the seeing from; a blur of 1\.90" is assumed \(--fwhm\)$/,
    ],
    [
      'a blur too wide',
      quiet(),
      { fwhm: 4 },
      nanomaggies,
      true,
      /^the blur of 4\.00" is beyond the 2\.80" that/,
    ],
    [
      'a blur too narrow',
      quiet(),
      { fwhm: 0.5 },
      nanomaggies,
      true,
      /^the blur of 0\.500" is below the 1\.00" that .* \(--strength\)$/,
    ],
    [
      'too much noise',
      quiet([], 0.5),
      { fwhm: 2 },
      nanomaggies,
      true,
      /^the noise of flux, 0\.\d+ nanomaggies, is outside the 0\.02 to 0\.35/,
    ],
    [
      'too little noise',
      quiet([], 0.005),
      { fwhm: 2 },
      nanomaggies,
      true,
      /^the noise of flux, 0\.00\d+ nanomaggies, is outside/,
    ],
  ])('warns of %s', (_, image, hints, header, scaled, warning) => {
    expect(prepare(image, hints, header, scaled).warnings).toEqual([expect.stringMatching(warning)]);
  });

  it.each([1, -1])('takes off a sky that is at %f, and says so', (level) => {
    // Ten sigma off; nine tenths of the pixels are further off than 10 - 1.28 sigma.
    const image = sky({ width: 128, height: 128, noise: 0.1, level }, ['flux']);
    const prepared = prepare(image, { fwhm: 2 });
    expect(prepared.warnings).toEqual([
      expect.stringMatching(/^its sky of -?(1\.0\d|0\.99\d) is taken off and put back afterwards$/),
    ]);
    // The median of 16,384 normal numbers of deviation 0.1 errs by 0.1 sqrt(pi / 2 / 16384) = 0.001; four of these.
    expect(Math.abs(prepared.sky[0] - level)).toBeLessThan(0.004);
    prepared.image.data.forEach((value, i) => {
      expect(value).toBeCloseTo(image.data[i] - prepared.sky[0], 6);
    });
    // A galaxy that is above three sigma on three quarters of the image.
    const filling = quiet([{ x: 64, y: 64, height: 2, sigma: 27 }]);
    expect(prepare(filling, { fwhm: 2 }).warnings).toEqual([]);
    const picture = { image, where: 'a.png' };
    expect(prepareImage(picture, { fwhm: 2, sigma: 0.1 }, { degradation }).warnings).toEqual([]);
  });

  it('undoes at least the narrowest blur that was trained', () => {
    expect(prepare(quiet(), { fwhm: 0.5 }).fwhm).toBeCloseTo(1, 12);
    // Stars as narrow as the survey's have no blur to be undone.
    expect(prepare(quiet(stars(1.2))).warnings).toEqual([expect.stringMatching(/^the blur of .* is below/)]);
  });

  it('scales what has no unit by its noise, to the middle of the training range', () => {
    const { noise, scale, warnings } = prepare(quiet([], 40), { fwhm: 2 }, counts);
    // sqrt(0.02 x 0.35). The scale is from the quarter of some hundred squares, with a standard error of 1.5 %.
    expect(Math.abs((scale! * 40) / 0.0836660027 - 1)).toBeLessThan(0.045);
    expect(Math.abs(noise[0] / (scale! * 40) - 1)).toBeLessThan(0.045);
    expect(warnings).toEqual([]);
  });

  it('fills holes and remembers them', () => {
    const image = quiet();
    image.data[700] = Number.NaN;
    image.data[701] = Number.POSITIVE_INFINITY;
    const { missing, image: filled } = prepare(image, { fwhm: 2 });
    expect(missing[0]!.reduce((sum, mark) => sum + mark, 0)).toBe(2);
    expect([missing[0]![700], missing[0]![701]]).toEqual([1, 1]);
    expect(filled.data.every(Number.isFinite)).toBe(true);
    expect(image.data[700]).toBeNaN();
  });

  it('refuses what cannot be restored, in one line', () => {
    const where = 'image.fits: HDU 0 (PRIMARY): ';
    const nothing = skyImage(
      { width: 20, height: 20, bands: ['flux'] },
      new Float32Array(400).fill(Number.NaN),
    );
    expect(() => prepare(nothing)).toThrow(
      `${where}has no number in any pixel; give an image that was exposed`,
    );
    const half = sky({ width: 20, height: 20, noise: 1 });
    plane(half, 'r').fill(Number.NaN);
    expect(() => prepare(half)).toThrow(`${where}has no number in band r; `);
    const flat = skyImage({ width: 20, height: 20, bands: ['flux'] }, new Float32Array(400).fill(5));
    expect(() => prepare(flat)).toThrow(`${where}its noise cannot be measured; give it by --sigma`);
    expect(prepare(flat, { sigma: 0.1, fwhm: 2 }).noise).toEqual([0.1]);
    // Far too wide must not be a matter of memory.
    for (const fwhm of [40, 1e6, 1e300]) {
      expect(() => prepare(quiet(), { fwhm })).toThrow(
        /^image\.fits: HDU 0 \(PRIMARY\): the blur of .*" is wider than the image of 128 x 128 px; give --fwhm/,
      );
    }
  });
});

describe('inNanomaggies', () => {
  const file = (unit: string | undefined) =>
    inFits(quiet([], 2), unit === undefined ? new FitsHeader([]) : new FitsHeader([]).with('BUNIT', unit));

  it.each(['nanomaggies', 'nanomaggy', 'Nanomaggies/pixel', 'nMgy', 'nmaggies'])(
    'knows the unit %s',
    (unit) => {
      expect(inNanomaggies(file(unit), 0.1).scale).toBe(1);
    },
  );

  it.each(['adu', 'maggies', 'nJy', 'mJy', undefined])('scales the unit %s by the noise', (unit) => {
    // By the quarter of 256 squares, three standard errors of which are 4.5 %.
    expect(Math.abs(inNanomaggies(file(unit), 0.1).scale! / 0.05 - 1)).toBeLessThan(0.045);
  });

  it('lets a scale that is given have its way', () => {
    const { image, scale } = inNanomaggies(file('nanomaggies'), 0.1, 3);
    expect(scale).toBe(3);
    expect(image.data[5]).toBe(Math.fround(3 * quiet([], 2).data[5]));
  });

  it('undoes the stretch of pictures', () => {
    const picture = skyImage({ width: 2, height: 1, bands: ['grey'] }, Float32Array.of(0.25, 0.75));
    const { image, scale } = inNanomaggies({ image: picture, where: 'a.png' }, 0.1);
    expect(scale).toBeUndefined();
    expect(farthest(image.data, Float32Array.of(unstretch(0.25), unstretch(0.75)))).toBe(0);
  });

  it('leaves what has neither unit nor noise', () => {
    const flat = skyImage({ width: 9, height: 9, bands: ['flux'] }, new Float32Array(81).fill(5));
    expect(inNanomaggies(inFits(flat, counts), 0.1)).toEqual({ image: flat, scale: 1 });
  });
});
