import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { plane, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import type { MeasuredGalaxy } from '../../../domains/galaxies/parts.ts';
import { gaussianPsf } from '../../../domains/galaxies/psf/psf.ts';
import { observationOf, spoil } from '../../../domains/galaxies/spoil.ts';
import { farthest, sky } from './skies.ts';

const size = 64;
const noise = 0.02;
const lights = [{ x: 32, y: 32, height: 2, sigma: 4 }];
const truth = sky({ width: size, height: size, noise: 0, lights });
const original = sky({ width: size, height: size, noise, lights });

const spoiled = (
  given: Partial<MeasuredGalaxy> = {},
  mode: 'independent' | 'shared' = 'independent',
  seed = 1,
) =>
  spoil(
    { original, truth, grey: false, catalogue: {}, ...given },
    { fwhm: 2, noise: 5 },
    mode,
    new RandomStream('spoil', seed),
  );

/** Standard deviation in a corner of 20 x 20 pixels, away from the galaxy. */
function corner(image: SkyImage, band: number): number {
  const pixels = plane(image, band);
  const values = Float64Array.from({ length: 400 }, (_, i) => pixels[Math.floor(i / 20) * size + (i % 20)]);
  const mean = values.reduce((a, b) => a + b, 0) / 400;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 399);
}

describe('spoil', () => {
  it('says the noise that there is, the seeing in pixels and the PSF', () => {
    const { image, noise: told, seeing, psf, sky: before } = spoiled();
    for (let band = 0; band < 3; band++) {
      // 400 pixels give a deviation within 3.5 %: three of these.
      expect(Math.abs(corner(image, band) / told[band] - 1)).toBeLessThan(0.11);
      // Five times the sky, whose measure takes the galaxy's outskirts for noise: up to a third more.
      expect(told[band] / (5 * noise)).toBeGreaterThan(0.95);
      expect(told[band] / (5 * noise)).toBeLessThan(1.35);
    }
    expect(seeing).toBeCloseTo(2 / 0.396, 12);
    expect(psf.data.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(before).toBeGreaterThan(noise * 0.95);
    expect(observationOf(spoiled())).toMatchObject({ noiseSigma: told });
  });

  it('blurs by the PSF of the galaxy where it has one', () => {
    const own = gaussianPsf(1.6);
    const { psf, seeing } = spoiled({ psf: own });
    expect(psf).toBe(own);
    expect(Math.abs(seeing / (1.6 / 0.396) - 1)).toBeLessThan(0.04);
  });

  it('gives the bands of a grey galaxy, and of the mode `shared`, one noise', () => {
    const grey = {
      ...original,
      data: Float32Array.from({ length: 3 * size * size }, (_, i) => original.data[i % (size * size)]),
    };
    const { image } = spoiled({ original: grey, grey: true });
    expect(plane(image, 0)).toEqual(plane(image, 2));
    const apart = (mode: 'independent' | 'shared') => {
      const { image: one } = spoiled({ original: truth }, mode);
      return farthest(plane(one, 0), plane(one, 1));
    };
    expect(apart('shared')).toBeLessThan(1e-6);
    expect(apart('independent')).toBeGreaterThan(0.1);
  });

  it('depends on the stream alone', () => {
    expect(spoiled().image.data).toEqual(spoiled().image.data);
    expect(spoiled({}, 'independent', 2).image.data).not.toEqual(spoiled().image.data);
  });
});
