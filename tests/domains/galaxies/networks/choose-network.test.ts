// Which network restores an image, and how files are answered where each setting has its own; the network is the identity here.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TensorData } from '../../../../core/engine/tensor-data.ts';
import { RandomStream } from '../../../../core/random.ts';
import { openFits, writeFits } from '../../../../data-adapters/formats/fits/index.ts';
import type { Models } from '../../../../domains/domain.ts';
import { galaxiesConfig } from '../../../../domains/galaxies/config.ts';
import { domain } from '../../../../domains/galaxies/index.ts';
import {
  nearestSetting,
  networkFor,
  settingWarnings,
  trainedRange,
} from '../../../../domains/galaxies/networks/choose-network.ts';
import { contextOf } from '../tiny-galaxies.ts';

const one = galaxiesConfig.parse({});
const own = galaxiesConfig.parse({
  network: { kind: 'pix2pix' },
  images: { size: 64 },
  training: { crop: 64 },
  pix2pix: { levels: 6 },
  conserveFlux: 0,
});

describe('the network of an image', () => {
  it('is the one of the setting, or the one that knows all', () => {
    expect(networkFor(own, 'mild')).toMatchObject({ id: 'pix2pix-mild', tile: 64 });
    expect(networkFor(one, 'mild')).toMatchObject({ id: 'restoration', tile: one.network.tile });
  });

  it.each([
    // Blur in pixels of 0.396 arcsec and noise in nanomaggies: severe is 2.5" and 10 x 0.025, mild 1.4" and 1.2 x 0.025.
    ['severe itself', 6.3, 0.25, 'severe'],
    ['mild itself', 3.5, 0.03, 'mild'],
    ['as blurred as severe and as clear as mild', 6.3, 0.03, 'mild'],
    ['as sharp as mild and as noisy as severe', 3.5, 0.25, 'severe'],
    ['far beyond severe', 20, 3, 'severe'],
  ])('of the nearest setting: %s', (_, seeing, noise, setting) => {
    expect(nearestSetting(own, { seeing, noise: [noise, noise, noise] })).toBe(setting);
  });

  it('was trained from the least to the most of the settings, or on the whole range', () => {
    const { fwhm, noise } = trainedRange(own);
    expect(fwhm).toEqual([1.4, 2.5]);
    expect(noise[0]).toBeCloseTo(0.03, 12);
    expect(noise[1]).toBeCloseTo(0.25, 12);
    expect(trainedRange(one)).toBe(one.degradation);
  });

  it('comes with a warning where it knows one setting alone', () => {
    expect(settingWarnings(one, 'mild')).toEqual([]);
    expect(settingWarnings(own, 'severe')[0]).toMatch(
      /^restored by pix2pix-severe, which knows a blur of 2.5" and noise of 0.250 nanomaggies alone/,
    );
  });
});

/** Models that answer what they are shown. */
const identity = (asked: string[]): Models => ({
  ids: ['pix2pix-severe', 'pix2pix-mild'],
  metadata: async () => ({}),
  run: async (id, inputs): Promise<Record<string, TensorData>> => {
    expect(Object.keys(inputs)).toEqual(['degraded']);
    expect(inputs.degraded.shape.slice(1)).toEqual([3, 64, 64]);
    asked.push(id);
    return { restored: inputs.degraded };
  },
});

describe('files with a network for each setting', () => {
  const [width, height] = [150, 90];
  const random = new RandomStream(1, 'sky');
  const sky = Float32Array.from({ length: 3 * width * height }, () => 0.2 * random.normal());
  let folder: string;
  let path: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deepfield-choice-'));
    path = join(folder, 'sky.fits');
    await writeFits(path, [{ shape: [3, height, width], data: sky }]);
  });

  it('are restored tile by tile by the nearest, without an uncertainty, and with a warning', async () => {
    const asked: string[] = [];
    const out = join(folder, 'restored.fits');
    const { files } = domain.predict;
    const options = files!.options.parse({ fwhm: 2, scale: 1 });
    const { warnings } = await files!.answer(path, out, options, {
      ...contextOf(own),
      models: identity(asked),
    });
    expect([...new Set(asked)]).toEqual(['pix2pix-severe']);
    expect(warnings.at(-1)).toMatch(/^restored by pix2pix-severe/);
    const fits = await openFits(out);
    expect(fits.hdus).toHaveLength(1);
    const { data: pixels } = await fits.readImage(fits.hdus[0]);
    // Means of equal float32 numbers.
    sky.forEach((value, i) => {
      expect(Math.abs(Number(pixels[i]) - value)).toBeLessThan(1e-6);
    });
  });

  it('and so are requests, which have no deviation then', async () => {
    const request = {
      flux: [0, 1, 2].map(() =>
        Array.from({ length: 16 }, (_, y) => Array.from({ length: 16 }, (_unused, x) => (x + y) / 100)),
      ),
      fwhm: 6,
      noise: [0.3, 0.3, 0.3],
    };
    const { models, inputs } = await domain.predict.decode(request, identity([]), own);
    expect(models).toEqual(['pix2pix-severe']);
    expect(Object.keys(inputs)).toEqual(['degraded']);
    const answer = domain.predict.encode([{ restored: inputs.degraded }], request, own);
    expect(Object.keys(answer)).toEqual(['restored']);
    expect(answer.restored[2][3][1]).toBeCloseTo(0.04, 6);
    expect(domain.predict.answer.safeParse(answer).success).toBe(true);
  });
});
