import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { plane, type SkyImage, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { type DegradeOptions, degrade, noiseGain, skySigma } from '../../../domains/galaxies/degrade.ts';
import { moffatPsf } from '../../../domains/galaxies/psf/psf.ts';
import { smooth } from '../../../domains/galaxies/psf/sampled-gaussian.ts';

const size = 128;
const skyNoise = 0.02;

/** A round galaxy of 30 nanomaggies at its peak on noisy sky. */
function galaxy(): SkyImage {
  const random = new RandomStream('degrade');
  const image = skyImage({ width: size, height: size });
  image.data.forEach((_, i) => {
    const [x, y] = [i % size, Math.floor(i / size) % size];
    image.data[i] = 30 * Math.exp(-Math.hypot(x - 64, y - 64) / 2) + skyNoise * random.normal();
  });
  return image;
}

const original = galaxy();
const run = (options: DegradeOptions, seed = 1) => degrade(original, options, new RandomStream(seed));

/** Standard deviation in a corner of the image, away from the galaxy. */
function corner(image: SkyImage, band: number): number {
  const pixels = plane(image, band);
  const values = Float64Array.from({ length: 30 * 128 }, (_, i) => pixels[i]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe('skySigma', () => {
  it('is the deviation of fluxes between -0.1 and 0.1', () => {
    // Of -0.05, 0.05 and 0.03 about their mean 0.01: sqrt((0.0036 + 0.0016 + 0.0004) / 2).
    expect(skySigma([-0.05, 0.05, 0.03, 0.1, -0.1, 7])).toBeCloseTo(Math.sqrt(0.0028), 12);
    expect(skySigma([0, 5])).toBeNaN();
  });
});

describe('degrade', () => {
  it.each([
    [1.4, 1.2],
    [2.5, 10],
  ])('by %f arcsec and %f sigma brings the sky to the noise asked for', (fwhm, noise) => {
    const { image, noiseSigma, sky, added } = run({ fwhm, noise });
    expect(sky).toBe(skySigma(original.data));
    for (let band = 0; band < 3; band++) {
      // 3,840 pixels give a deviation within 1.2% (one sigma); outskirts of the galaxy raise `sky` by up to 10%.
      expect(corner(image, band) / (noise * sky)).toBeGreaterThan(0.85);
      expect(corner(image, band) / (noise * sky)).toBeLessThan(1.05);
      expect(noiseSigma[band] / (noise * sky)).toBeCloseTo(1, 1);
    }
    expect(added).toBeLessThan(noise * sky);
  });

  it('blurs by the Gaussian of the paper', () => {
    const { image } = run({ fwhm: 1.8, noise: 0 });
    const expected = smooth(plane(original, 1), size, size, 1.8 / 0.396 / 2.355);
    // Noise of 1e-4 is added at least.
    plane(image, 1).forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThan(6e-4);
    });
  });

  it('blurs by a PSF that is given, and knows the sky that it is told', () => {
    const psf = moffatPsf(2);
    const degraded = run({ psf, noise: 2, sky: [skyNoise, skyNoise, skyNoise] });
    expect(degraded.psf).toBe(psf);
    expect(degraded.added).toBeCloseTo(skyNoise * Math.sqrt(4 - noiseGain(psf) ** 2), 12);
    for (let band = 0; band < 3; band++) {
      expect(degraded.noiseSigma[band]).toBeCloseTo(2 * skyNoise, 12);
      expect(corner(degraded.image, band) / (2 * skyNoise)).toBeCloseTo(1, 1);
    }
  });

  it('says what noise each band has where they differ', () => {
    const { sky, noiseSigma, added, psf } = run({ fwhm: 2, noise: 3, sky: [0.01, 0.02, 0.03] });
    expect(sky).toBeCloseTo(Math.sqrt((1 + 4 + 9) / 3) / 100, 12);
    expect(noiseSigma[2]).toBeCloseTo(Math.hypot(0.03 * noiseGain(psf), added), 12);
    expect(noiseSigma[0]).toBeLessThan(noiseSigma[1]);
  });

  it('adds noise of its own to every band, or the same to all', () => {
    const difference = (options: DegradeOptions): number => {
      const { image } = run(options);
      const quiet = run({ ...options, noise: 0 }).image;
      const noise = image.data.map((value, i) => value - quiet.data[i]);
      const pixels = size * size;
      return (
        Math.hypot(...noise.subarray(0, pixels).map((value, i) => value - noise[pixels + i])) /
        Math.sqrt(pixels)
      );
    };
    const { added } = run({ fwhm: 1.4, noise: 5 });
    expect(difference({ fwhm: 1.4, noise: 5 })).toBeCloseTo(added * Math.SQRT2, 2);
    // Only the least noise of the comparison differs.
    expect(difference({ fwhm: 1.4, noise: 5, noiseMode: 'shared' })).toBeLessThan(3e-4);
  });

  it('adds at least a variance of 1e-8 where the sky is noisier than asked', () => {
    expect(run({ fwhm: 0, noise: 0.5 }).added).toBe(1e-4);
  });

  it('depends on the stream alone', () => {
    expect(run({ fwhm: 2, noise: 5 }, 3).image.data).toEqual(run({ fwhm: 2, noise: 5 }, 3).image.data);
    expect(run({ fwhm: 2, noise: 5 }, 3).image.data).not.toEqual(run({ fwhm: 2, noise: 5 }, 4).image.data);
  });

  it('refuses settings that mean nothing, and images without sky', () => {
    expect(() => run({ fwhm: -1, noise: 1 })).toThrow('expected fwhm >= 0, got -1');
    expect(() => run({ noise: 1, sky: [0.02] })).toThrow('sky for each of 3 bands, got 1');
    expect(() => run({ fwhm: 1, noise: Number.NaN })).toThrow('expected noise >= 0');
    const bright = skyImage({ width: 8, height: 8 }, new Float32Array(192).fill(3));
    expect(() => degrade(bright, { noise: 1 }, new RandomStream(1))).toThrow(/say how noisy the sky is/);
  });
});
