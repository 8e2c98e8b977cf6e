// Stamps of faint galaxies that are drawn: their sizes, colours and places, and how bright they are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { plane } from '../../../../data-adapters/galaxies/sky-image.ts';
import { faintStamp } from '../../../../domains/galaxies/networks/faint-stamp.ts';
import { smooth } from '../../../../domains/galaxies/psf/sampled-gaussian.ts';

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);

describe('faintStamp', () => {
  it('is a square of 32 to 64 pixels, or what is allowed, of light that is nowhere negative', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(16, 48, 112), (seed, most) => {
        const { width, height, bands, data } = faintStamp(most, new RandomStream(seed));
        expect(height).toBe(width);
        expect(width).toBeLessThanOrEqual(Math.min(64, most));
        expect(width).toBeGreaterThanOrEqual(Math.min(32, most));
        expect(bands).toEqual(['g', 'r', 'i']);
        expect(data.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('is the same for the same stream', () => {
    const of = (seed: number) => faintStamp(64, new RandomStream(seed));
    expect(of(4)).toEqual(of(4));
    expect(of(4)).not.toEqual(of(5));
  });

  it('is as red as galaxies are: g is .35 to 1 of r, i 1 to 1.6', () => {
    for (let seed = 0; seed < 40; seed++) {
      const stamp = faintStamp(64, new RandomStream('colours', seed));
      const [g, r, i] = [0, 1, 2].map((band) => sum(plane(stamp, band)));
      // All that is painted has ratios within these ranges, and so has the sum; the slack is that of 32-bit floats.
      expect(g / r).toBeGreaterThan(0.3499);
      expect(g / r).toBeLessThan(1.0001);
      expect(i / r).toBeGreaterThan(0.9999);
      expect(i / r).toBeLessThan(1.6001);
    }
  });

  it('has its galaxy near the middle', () => {
    const off = Array.from({ length: 200 }, (_, seed) => {
      const stamp = faintStamp(64, new RandomStream('middle', seed));
      const { width } = stamp;
      const smoothed = smooth(plane(stamp, 1), width, width, 2);
      const brightest = smoothed.indexOf(Math.max(...smoothed));
      const middle = (width - 1) / 2;
      return Math.hypot((brightest % width) - middle, Math.floor(brightest / width) - middle);
    }).sort((a, b) => a - b);
    // 1.2 px along each axis: half within 1.4 px (Rayleigh), and rounding to pixels; knots and neighbours outshine a few.
    expect(off[100]).toBeLessThan(2.5);
    expect(off[150]).toBeLessThan(5);
  });

  it('is as bright as stamps of deep surveys', () => {
    const peaks = Array.from({ length: 200 }, (_, seed) =>
      Math.max(...plane(faintStamp(64, new RandomStream('peaks', seed)), 1)),
    ).sort((a, b) => a - b);
    // 50 stamps of HST's COSMOS set, 32 to 46 px, with their noise at .025 nanomaggies: .14 to .64 nanomaggies a pixel from the
    // tenth to the ninetieth of a hundred, median .24. The drawn ones reach beyond on both sides.
    expect(peaks[20]).toBeLessThan(0.14);
    expect(peaks[180]).toBeGreaterThan(0.64);
    expect(peaks[100]).toBeGreaterThan(0.15);
    expect(peaks[100]).toBeLessThan(0.5);
  });
});
