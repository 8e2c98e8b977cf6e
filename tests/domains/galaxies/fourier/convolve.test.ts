import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { Canvas, indexBeyond } from '../../../../domains/galaxies/fourier/canvas.ts';
import { convolve } from '../../../../domains/galaxies/fourier/convolve.ts';
import { psfFrom } from '../../../../domains/galaxies/psf/psf.ts';

/** The defining sum, pixel by pixel. */
function directly(
  pixels: Float64Array,
  [width, height]: [number, number],
  psf: { width: number; height: number; data: Float64Array },
  border: 'reflect' | 'replicate' | 'zero',
): Float64Array {
  const at = (x: number, y: number): number => {
    if (border === 'zero') return x < 0 || y < 0 || x >= width || y >= height ? 0 : pixels[y * width + x];
    return pixels[indexBeyond(y, height, border) * width + indexBeyond(x, width, border)];
  };
  return Float64Array.from({ length: width * height }, (_, i) => {
    let sum = 0;
    for (let v = 0; v < psf.height; v++) {
      for (let u = 0; u < psf.width; u++) {
        const [dx, dy] = [u - Math.floor(psf.width / 2), v - Math.floor(psf.height / 2)];
        sum += psf.data[v * psf.width + u] * at((i % width) - dx, Math.floor(i / width) - dy);
      }
    }
    return sum;
  });
}

describe('convolve', () => {
  it('is the defining sum for planes, PSFs and borders of any kind', () => {
    const side = fc.integer({ min: 1, max: 20 });
    const kernel = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(
        fc.tuple(side, side, kernel, kernel),
        fc.constantFrom('reflect' as const, 'replicate' as const, 'zero' as const),
        fc.integer(),
        ([width, height, across, down], border, seed) => {
          const random = new RandomStream(seed);
          const psf = psfFrom(
            across,
            down,
            Float64Array.from({ length: across * down }, () => random.uniform() + 0.01),
          );
          const pixels = Float64Array.from({ length: width * height }, () => random.normal());
          const found = convolve(pixels, width, height, psf, border);
          const expected = directly(pixels, [width, height], psf, border);
          // Single precision of values of order one.
          found.forEach((value, i) => {
            expect(Math.abs(value - expected[i])).toBeLessThan(1e-6);
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('Canvas', () => {
  it('continues a plane over its edges and joins the ends smoothly', () => {
    const canvas = new Canvas(5, 1, 3, 'reflect');
    const row = canvas.lay([1, 2, 3, 4, 5]).subarray(0, 16);
    expect([...row.subarray(0, 8)]).toEqual([1, 2, 3, 4, 5, 5, 4, 3]);
    expect([...row.subarray(13)]).toEqual([3, 2, 1]);
    // Between the two continuations, 2 ... 4 there, no step is much larger than those of the plane.
    for (let i = 1; i < 16; i++) expect(Math.abs(row[i] - row[i - 1])).toBeLessThan(1.5);
  });

  it('repeats the outermost pixel, or has nothing beyond the edges', () => {
    expect([...new Canvas(3, 1, 2, 'replicate').lay([7, 0, 9]).subarray(0, 8)]).toEqual([
      7, 0, 9, 9, 9, 8, 7, 7,
    ]);
    expect([...new Canvas(3, 1, 2, 'zero').lay([7, 0, 9]).subarray(0, 8)]).toEqual([7, 0, 9, 0, 0, 0, 0, 0]);
  });
});
