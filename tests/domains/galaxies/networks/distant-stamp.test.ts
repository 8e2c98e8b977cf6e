// Stamps of distant galaxies: what they keep of the image, and how large they are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { skyImage } from '../../../../data-adapters/galaxies/sky-image.ts';
import { distantStamp, shrunk } from '../../../../domains/galaxies/networks/distant-stamp.ts';
import { sky } from '../skies.ts';

describe('shrunk', () => {
  it('is the mean over squares, band by band, the rest of the edges left out', () => {
    const image = skyImage(
      { width: 5, height: 4, bands: ['g', 'r'] },
      Float32Array.from({ length: 40 }, (_, i) => (i < 20 ? i : 100)),
    );
    // (0 + 1 + 5 + 6) / 4 = 3, two columns further 2 more, two rows further 10 more.
    expect(shrunk(image, 2)).toEqual({
      ...skyImage({ width: 2, height: 2, bands: ['g', 'r'] }),
      data: Float32Array.of(3, 5, 13, 15, 100, 100, 100, 100),
    });
    expect(shrunk(image, 1)).toEqual(image);
  });
});

describe('distantStamp', () => {
  it('is a square of 32 to 64 pixels, or what the image and the limit have', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 16, max: 140 }),
        fc.constantFrom(16, 48, 112),
        (seed, side, most) => {
          const image = sky({ width: side, height: side + 3, noise: 0.1 });
          const stamp = distantStamp(image, most, new RandomStream(seed));
          expect(stamp.width).toBe(stamp.height);
          expect(stamp.width).toBeLessThanOrEqual(Math.min(64, most, side));
          expect(stamp.width).toBeGreaterThanOrEqual(Math.min(32, most, side));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has its galaxy in the middle, mostly, as bright as it was for its surface', () => {
    const image = sky({
      width: 128,
      height: 128,
      noise: 0,
      lights: [{ x: 64, y: 64, height: 5, sigma: 12 }],
    });
    const centred = Array.from({ length: 60 }, (_, i) => {
      const { data, width } = distantStamp(image, 112, new RandomStream('stamps', i));
      const brightest = data.indexOf(Math.max(...data));
      const middle = width / 2;
      const off = Math.hypot((brightest % width) - middle, Math.floor(brightest / width) - middle);
      // A mean over 4 x 4 px of a Gaussian of 12 px is 1 % below its top, up to 4 % where these are beside it.
      if (off < 2) expect(Math.max(...data)).toBeGreaterThan(4.75);
      return off < 2;
    }).filter(Boolean).length;
    // 80 % of 60 are 48, with a standard deviation of 3.1; some of the others are in the middle by chance.
    expect(centred).toBeGreaterThan(34);
    expect(centred).toBeLessThan(60);
  });
});
