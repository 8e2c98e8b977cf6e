import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { galaxiesConfig } from '../../../domains/galaxies/config.ts';
import { type ImageRequest, predict } from '../../../domains/galaxies/predict.ts';
import { sampledWidth } from '../../../domains/galaxies/psf/sampled-gaussian.ts';
import { predictAll } from '../../../pipelines/stages/predict.ts';
import { echo } from './skies.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-requests-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const config = galaxiesConfig.parse({ network: { tile: 64 }, conserveFlux: 0 });
const models = { ...echo('degraded', 0.3).models, ids: ['restoration'] };

const answersTo = (requests: readonly ImageRequest[], given = config) =>
  predictAll({ predict } as never, given, models, requests);

const request = (width: number, height: number, more: Partial<ImageRequest> = {}): ImageRequest => ({
  flux: [0, 1, 2].map((band) =>
    Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_unused, x) => 100 * band + 10 * y + x),
    ),
  ),
  fwhm: 2,
  noise: [0.1, 0.1, 0.1],
  ...more,
});

describe('a request as JSON', () => {
  it('is answered with planes of its own size, rows and bands in their places', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 5, max: 64 }),
        fc.integer({ min: 5, max: 64 }),
        async (width, height) => {
          const asked = request(width, height, { name: 'one' });
          const [answer] = await answersTo([asked]);
          const { name, restored, deviation } = predict.answer.parse(answer);
          expect(name).toBe('one');
          // The network answers with the image, in the very same float32.
          expect(restored).toEqual(asked.flux);
          expect(deviation).toEqual(
            asked.flux.map((rows) => rows.map((row) => row.map(() => Math.fround(0.3)))),
          );
        },
      ),
      { numRuns: 12 },
    );
  });

  it('is answered beside others of other sizes', async () => {
    const asked = [request(20, 10), request(64, 64), request(7, 30)];
    const answers = (await answersTo(asked)) as { restored: number[][][]; name?: string }[];
    expect(answers.map(({ restored }) => restored)).toEqual(asked.map(({ flux }) => flux));
    expect('name' in answers[0]).toBe(false);
    expect(predict.describe(answers[0] as never)).toBe('20 x 10 px restored');
  });

  it('works when its example is pasted, also with the flux put right', async () => {
    const [example] = predict.examples;
    expect(predict.request.parse(JSON.parse(JSON.stringify(example)))).toEqual(example);
    const [answer] = await answersTo(
      [example],
      galaxiesConfig.parse({ network: { tile: 64 }, conserveFlux: 8 }),
    );
    expect(predict.answer.parse(answer).restored[2]).toHaveLength(16);
  });

  it('has its brightness fitted in the middle when it says that a galaxy is there', async () => {
    const [example] = predict.examples;
    const [plain, centred] = await Promise.all(
      [example, { ...example, centred: true }].map(async (asked) =>
        predict.answer.parse((await answersTo([asked]))[0]),
      ),
    );
    // The network answers with the blurred spot itself, which is too faint in its middle for what that blur made of it.
    expect(plain.restored).toEqual(example.flux.map((rows) => rows.map((row) => row.map(Math.fround))));
    expect(centred.restored[1][8][8]).toBeGreaterThan(plain.restored[1][8][8]);
  });

  it.each<[string, ImageRequest, string]>([
    [
      'too large',
      request(65, 9),
      'flux: is 65 x 9 px, more than the 64 that one request may have; restore it as a file',
    ],
    [
      'ragged',
      {
        ...request(9, 9),
        name: 'odd',
        flux: request(9, 9).flux.map((rows, band) => rows.with(4, band === 1 ? [1] : rows[4])),
      },
      'odd: row 5 of plane 2 has 1 pixels, expected 9; give three planes of one size',
    ],
    [
      'of planes that differ',
      { ...request(9, 9), flux: request(9, 9).flux.with(2, request(9, 8).flux[2]) },
      'flux: plane 3 has 8 rows, expected 9; give',
    ],
    [
      'blurred beyond its sides',
      request(9, 20, { fwhm: 6 }),
      'fwhm: the blur of 6 px is wider than the image of 9 x 20 px',
    ],
    ['blurred beyond all memory', request(9, 20, { fwhm: 1e300 }), 'is wider than the image'],
  ])('is refused when it is %s', async (_, asked, message) => {
    const error = await answersTo([asked]).catch((thrown: unknown) => thrown as Error);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toContain(message);
  });

  it.each<[string, unknown]>([
    ['two planes', { ...request(5, 5), flux: request(5, 5).flux.slice(1) }],
    ['no noise', { ...request(5, 5), noise: undefined }],
    ['noise of one band', { ...request(5, 5), noise: [0.1] }],
    ['a noise of zero', { ...request(5, 5), noise: [0.1, 0, 0.1] }],
    ['a negative blur', { ...request(5, 5), fwhm: -1 }],
    ['text for a pixel', { ...request(1, 1), flux: [[['a']], [[1]], [[1]]] }],
    ['no pixel', { ...request(1, 1), flux: [[[]], [[]], [[]]] }],
    ['something else besides', { ...request(5, 5), fhwm: 2 }],
  ])('fits no schema with %s', (_, asked) => {
    expect(predict.request.safeParse(asked).success).toBe(false);
  });
});

describe('a file of requests', () => {
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('holds one, or a list', async () => {
    const one = request(5, 6);
    expect(await predict.read(write('one.json', JSON.stringify(one)))).toEqual([one]);
    expect(await predict.read(write('two.json', JSON.stringify([one, one])))).toHaveLength(2);
  });

  it('is refused in one line that names it', async () => {
    for (const [name, text] of [
      ['half.json', '{"flux": ['],
      ['other.json', '{"fwhm": 2}'],
    ]) {
      await expect(predict.read(write(name, text))).rejects.toThrow(
        `${join(folder, name)}: is no request as JSON; give flux, fwhm and noise, or an image file`,
      );
    }
    await expect(predict.read(join(folder, 'none.json'))).rejects.toThrow(/no such file/);
  });
});

describe('files', () => {
  const { files } = predict;

  it.each([
    ['m51.fits', 'm51.restored.fits'],
    ['m51.fits.fz', 'm51.restored.fits'],
    ['m51.FIT.gz', 'm51.restored.fits'],
    ['m51.fz', 'm51.restored.fits'],
    ['m51.v2.fts.bz2', 'm51.v2.restored.fits'],
    ['in/folders/m51.png', 'm51.restored.png'],
    ['m51.JPG', 'm51.restored.JPG'],
    ['m51.jpeg', 'm51.restored.jpeg'],
    ['m51.png.old.png', 'm51.png.old.restored.png'],
  ])('%s is answered by %s', (path, name) => {
    expect(files!.nameOf(path, {})).toBe(name);
    expect(files!.endings.some((ending) => name.toLowerCase().endsWith(ending))).toBe(true);
  });

  it('have options of the kinds that flags give', () => {
    const parse = (given: unknown) => files!.options.safeParse(given);
    expect(parse({}).data).toEqual({ strength: 1, centred: false });
    expect(
      parse({ fwhm: 2, sigma: 0.1, strength: 0.5, pixelScale: 0.2, scale: 3, hdu: 'SCI', centred: true })
        .success,
    ).toBe(true);
    for (const wrong of [
      { fwhm: 0 },
      { strength: 1.1 },
      { hdu: -1 },
      { sigma: '1' },
      { seeing: 2 },
      { centred: 1 },
    ]) {
      expect(parse(wrong).success).toBe(false);
    }
  });
});

it('knows the width of a kernel without making it', () => {
  // 2 ceil(2 sigma) + 1
  expect([0, 0.3, 1, 1.01, 20].map(sampledWidth)).toEqual([1, 3, 5, 7, 81]);
});
