import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SkyImage, skyImage } from '../../../../data-adapters/galaxies/sky-image.ts';
import {
  cutTile,
  fade,
  TileBlend,
  type TileGrid,
  tilePositions,
  tileStarts,
} from '../../../../domains/galaxies/restoration/tiles.ts';
import { farthest } from '../skies.ts';

const grids = fc
  .record({ size: fc.integer({ min: 1, max: 24 }), overlap: fc.nat(23) })
  .filter(({ size, overlap }) => overlap < size);
const sides = fc.integer({ min: 1, max: 70 });

/** Cut into tiles and put together again. */
function again(image: SkyImage, grid: TileGrid): SkyImage {
  const blend = new TileBlend(image, grid);
  for (const position of tilePositions(image, grid)) {
    blend.add(position, cutTile(image, position, grid.size).data);
  }
  return blend.finish();
}

describe('tileStarts', () => {
  it('covers every pixel with as few tiles as overlap enough', () => {
    fc.assert(
      fc.property(sides, grids, (length, grid) => {
        const { size, overlap } = grid;
        const starts = tileStarts(length, grid);
        if (length <= size) {
          // A single tile, centred: at most a pixel more on one side than on the other.
          expect(starts).toHaveLength(1);
          const [before, after] = [-starts[0], starts[0] + size - length];
          expect(before).toBeGreaterThanOrEqual(0);
          expect(Math.abs(after - before)).toBeLessThanOrEqual(1);
          return;
        }
        expect(starts[0]).toBe(0);
        expect(starts.at(-1)).toBe(length - size);
        for (let i = 1; i < starts.length; i++) {
          expect(starts[i] - starts[i - 1]).toBeGreaterThan(0);
          expect(starts[i - 1] + size - starts[i]).toBeGreaterThanOrEqual(overlap);
        }
        // One tile less, overlapping just enough, would not reach the end.
        expect((starts.length - 1) * (size - overlap) + overlap).toBeLessThan(length);
      }),
    );
  });

  it('refuses an overlap of a whole tile', () => {
    for (const overlap of [8, 9, -1, Number.NaN]) {
      expect(() => tileStarts(20, { size: 8, overlap })).toThrow(/overlap below the tile's 8 pixels/);
    }
  });
});

describe('fade', () => {
  it('rises and falls by half a cosine, and adds up to 1 with the next tile', () => {
    const profile = fade({ size: 10, overlap: 4 });
    // sin^2 of pi/16, 3 pi/16, 5 pi/16 and 7 pi/16.
    const rise = [1, 3, 5, 7].map((k) => Math.sin((k * Math.PI) / 16) ** 2);
    expect(farthest(profile, [...rise, 1, 1, ...rise.toReversed()])).toBeLessThan(1e-15);
    for (let i = 0; i < 4; i++) expect(profile[i] + profile[6 + i]).toBeCloseTo(1, 14);
  });
});

describe('cutTile', () => {
  it('mirrors what is beyond the edges, the outermost pixel twice', () => {
    const image = skyImage({ width: 3, height: 2, bands: ['flux'] }, Float32Array.of(1, 2, 3, 4, 5, 6));
    expect([...cutTile(image, { left: -1, top: -1 }, 4).data]).toEqual([
      1, 1, 2, 3, 1, 1, 2, 3, 4, 4, 5, 6, 4, 4, 5, 6,
    ]);
  });
});

describe('TileBlend', () => {
  it('gives back any image that was cut into tiles, without seams', () => {
    fc.assert(
      fc.property(sides, sides, grids, fc.integer({ min: 1, max: 3 }), (width, height, grid, count) => {
        const image = skyImage({ width, height, bands: ['g', 'r', 'i'].slice(0, count) });
        image.data.forEach((_, i) => {
          image.data[i] = Math.sin(i) + (i % 7);
        });
        const found = again(image, grid);
        expect(found.bands).toEqual(image.bands);
        // Sums of equal values, weighted in float64: exact but for the last rounding to float32 of values below 8.
        expect(farthest(found.data, image.data)).toBeLessThan(1e-6);
      }),
      { numRuns: 60 },
    );
  });

  it('passes smoothly from one tile to the next where they disagree', () => {
    const image = skyImage({ width: 30, height: 10, bands: ['flux'] });
    const grid = { size: 18, overlap: 6 };
    const blend = new TileBlend(image, grid);
    for (const [i, position] of tilePositions(image, grid).entries()) {
      blend.add(position, new Float32Array(18 * 18).fill(i));
    }
    const row = blend.finish().data.subarray(0, 30);
    expect([...row.subarray(0, 12)]).toEqual(new Array(12).fill(0));
    expect([...row.subarray(18)]).toEqual(new Array(12).fill(1));
    // Steps of half a cosine over 6 pixels: pi/12 at most.
    for (let x = 12; x <= 18; x++) {
      expect(row[x] - row[x - 1]).toBeGreaterThan(0);
      expect(row[x] - row[x - 1]).toBeLessThan(Math.PI / 12);
    }
  });
});
