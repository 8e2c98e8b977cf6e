// What is measured of an image before it is restored: its noise, its seeing, its holes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { fillMissing, missingPixels } from '../../../../domains/galaxies/restoration/fill-missing.ts';
import { measureSeeing } from '../../../../domains/galaxies/restoration/measure-seeing.ts';
import { noiseSigma } from '../../../../domains/galaxies/restoration/sky-noise.ts';
import { fwhmPerSigma, type Light, skyPlane } from '../skies.ts';

const size = 200;
const square = { width: size, height: size };

/** Stars on a grid that is no multiple of a pixel, of different heights. */
const stars = (sigma: number, beta?: number): Light[] =>
  Array.from({ length: 16 }, (_, i) => ({
    x: 28.3 + 47.7 * (i % 4),
    y: 27.8 + 48.1 * Math.floor(i / 4),
    height: 20 + 7 * i,
    sigma,
    ...(beta === undefined ? {} : { beta }),
  }));

const galaxies: Light[] = [
  { x: 100, y: 100, height: 6, sigma: 12 },
  { x: 50, y: 150, height: 3, sigma: 9 },
  { x: 150, y: 52, height: 2, sigma: 7 },
];

describe('noiseSigma', () => {
  // Of a median absolute deviation of 39,204 correlated values about 0.9 %: three of these.
  const error = 0.03;

  it.each([0.01, 1, 300])('finds white noise of %f', (noise) => {
    expect(noiseSigma(skyPlane({ ...square, noise }), size, size) / noise).toBeGreaterThan(1 - error);
    expect(noiseSigma(skyPlane({ ...square, noise }), size, size) / noise).toBeLessThan(1 + error);
  });

  it('whatever the level, the stars and the galaxies', () => {
    const plane = skyPlane({ ...square, noise: 0.1, level: 50, lights: [...stars(2), ...galaxies] });
    // Stars within 5 pixels cover 3 % of the image, which moves the median of the rest by some 3 %.
    expect(Math.abs(noiseSigma(plane, size, size) / 0.1 - 1)).toBeLessThan(error + 0.03);
  });

  it('and the holes: missing pixels, and edges that were filled with one value', () => {
    const plane = skyPlane({ ...square, noise: 0.1 });
    for (let i = 0; i < 60 * size; i++) plane[i] = i < 30 * size ? Number.NaN : 7;
    expect(Math.abs(noiseSigma(plane, size, size) / 0.1 - 1)).toBeLessThan(1.2 * error);
  });

  it('of an image so large that not every pixel is looked at', () => {
    const plane = skyPlane({ width: 1100, height: 950, noise: 2 });
    expect(Math.abs(noiseSigma(plane, 1100, 950) / 2 - 1)).toBeLessThan(0.01);
  });

  it('is no number where there is none', () => {
    expect(noiseSigma(new Float32Array(size * size).fill(3), size, size)).toBeNaN();
    expect(noiseSigma(new Float32Array(size * size).fill(Number.NaN), size, size)).toBeNaN();
    expect(noiseSigma([1, 2, 3, 4], 2, 2)).toBeNaN();
  });
});

describe('measureSeeing', () => {
  it.each([
    [1.2, undefined],
    [2, undefined],
    [3, undefined],
    [1.5, 4.765],
    [2.2, 3],
  ])('finds stars of sigma %f, Moffat exponent %s', (sigma, beta) => {
    const plane = skyPlane({ ...square, noise: 0.1, level: 3, lights: stars(sigma, beta) });
    const seeing = measureSeeing(plane, size, size)!;
    // Rings half a pixel wide blur a profile by less than 4 % of its width.
    expect(Math.abs(seeing.fwhm / (sigma * fwhmPerSigma) - 1)).toBeLessThan(0.04);
    expect(seeing.stars).toBeGreaterThanOrEqual(12);
  });

  it('does not take galaxies for stars', () => {
    const lights = [...stars(1.7), ...galaxies];
    const seeing = measureSeeing(skyPlane({ ...square, noise: 0.05, lights }), size, size)!;
    expect(Math.abs(seeing.fwhm / (1.7 * fwhmPerSigma) - 1)).toBeLessThan(0.05);
  });

  it('finds nothing where there is nothing to find', () => {
    const none = [
      skyPlane({ ...square, noise: 0.1 }),
      skyPlane({ ...square, noise: 0.1, lights: stars(2).slice(0, 2) }),
      // Five times the noise: too faint to be measured.
      skyPlane({ ...square, noise: 4, lights: stars(2).map((star) => ({ ...star, height: 20 })) }),
      new Float32Array(size * size).fill(2),
    ];
    for (const plane of none) expect(measureSeeing(plane, size, size)).toBeUndefined();
    expect(measureSeeing(skyPlane({ width: 25, height: 200, noise: 1 }), 25, 200)).toBeUndefined();
  });

  it('does not look at single hot pixels', () => {
    const plane = skyPlane({ ...square, noise: 0.1 });
    for (const [i, star] of stars(1).entries()) {
      plane[Math.round(star.y) * size + Math.round(star.x)] += 100 + i;
    }
    expect(measureSeeing(plane, size, size)).toBeUndefined();
  });
});

describe('missingPixels and fillMissing', () => {
  it('mark what is no number, and nothing when all are', () => {
    const marks = missingPixels([1, Number.NaN, Number.POSITIVE_INFINITY, -1e30, Number.NEGATIVE_INFINITY]);
    expect([...marks!]).toEqual([0, 1, 1, 0, 1]);
    expect(missingPixels([0, -0, 1e-300])).toBeUndefined();
  });

  it('fill holes from their edges inwards by the mean of the neighbours', () => {
    // The middle of 3 x 3 from its eight neighbours: 36 / 8.
    const ring = [1, 2, 3, 4, Number.NaN, 5, 6, 7, 8];
    expect(fillMissing(ring, 3, 3, missingPixels(ring)!)[4]).toBe(4.5);
    // From one end: each is the neighbour that was filled before.
    const line = [5, Number.NaN, Number.NaN, Number.NaN];
    expect([...fillMissing(line, 4, 1, missingPixels(line)!)]).toEqual([5, 5, 5, 5]);
  });

  it('leave what is known, and stay between its least and its most', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(),
        (width, height, seed) => {
          const random = new RandomStream('holes', seed);
          const pixels = Float32Array.from({ length: width * height }, () =>
            random.uniform() < 0.6 ? Number.NaN : random.normal(),
          );
          const marks = missingPixels(pixels) ?? new Uint8Array(pixels.length);
          if (!marks.includes(0)) return;
          const filled = fillMissing(pixels, width, height, marks);
          const known = pixels.filter(Number.isFinite);
          const [least, most] = [Math.min(...known), Math.max(...known)];
          filled.forEach((value, i) => {
            if (marks[i] === 0) expect(value).toBe(pixels[i]);
            // Means are rounded to float32.
            expect(value).toBeGreaterThanOrEqual(least - 1e-6);
            expect(value).toBeLessThanOrEqual(most + 1e-6);
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('refuse an image without any number', () => {
    expect(() => fillMissing([Number.NaN], 1, 1, Uint8Array.of(1))).toThrow(
      'expected a pixel that is a number',
    );
  });
});
