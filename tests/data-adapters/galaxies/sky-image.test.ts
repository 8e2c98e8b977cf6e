import { describe, expect, it } from 'vitest';
import {
  cropCentre,
  cropImage,
  mapPlanes,
  plane,
  planes,
  skyImage,
} from '../../../data-adapters/galaxies/sky-image.ts';

/** Pixel (x, y) of band b holds 100 b + 10 y + x. */
const numbered = () =>
  skyImage(
    { width: 5, height: 4 },
    Float32Array.from(
      { length: 60 },
      (_, i) => 100 * Math.floor(i / 20) + 10 * Math.floor((i % 20) / 5) + (i % 5),
    ),
  );

describe('skyImage', () => {
  it('is an empty image in the bands and on the pixels of SDSS unless said otherwise', () => {
    const image = skyImage({ width: 3, height: 2 });
    expect(image).toMatchObject({ bands: ['g', 'r', 'i'], pixelScale: 0.396 });
    expect(image.data).toEqual(new Float32Array(18));
    expect(skyImage({ width: 3, height: 2, bands: ['F814W'], pixelScale: 0.03 }).data).toHaveLength(6);
  });

  it.each([
    [{ width: 0, height: 2 }],
    [{ width: 2.5, height: 2 }],
    [{ width: 2, height: 2, bands: [] }],
    [{ width: 2, height: 2, pixelScale: 0 }],
  ])('refuses the shape %j', (shape) => {
    expect(() => skyImage(shape)).toThrow(/expected positive sizes/);
  });

  it('refuses data that do not fill the planes', () => {
    expect(() => skyImage({ width: 3, height: 2 }, new Float32Array(6))).toThrow('expected 18 pixels, got 6');
  });
});

describe('planes', () => {
  it('are views of the bands, by number or name', () => {
    const image = numbered();
    expect(plane(image, 'r')[6]).toBe(111);
    expect(planes(image).map((pixels) => pixels[0])).toEqual([0, 100, 200]);
    plane(image, 2)[0] = -1;
    expect(image.data[40]).toBe(-1);
    expect(() => plane(image, 'z')).toThrow('one of the bands g, r, i, got z');
    expect(() => plane(image, 3)).toThrow('got 3');
  });

  it('are mapped into a new image', () => {
    const image = numbered();
    const doubled = mapPlanes(image, (pixels, band) => pixels.map((value) => value + band));
    expect(plane(doubled, 'i')[0]).toBe(202);
    expect(plane(image, 'i')[0]).toBe(200);
    expect(() => mapPlanes(image, () => [1])).toThrow('expected 20 pixels, got 1');
  });
});

describe('cropImage', () => {
  it('takes a rectangle of every band', () => {
    const part = cropImage(numbered(), 1, 2, 3, 2);
    expect([...part.data]).toEqual([
      21, 22, 23, 31, 32, 33, 121, 122, 123, 131, 132, 133, 221, 222, 223, 231, 232, 233,
    ]);
  });

  it('keeps the central pixel central', () => {
    // Pixel (2, 2) is the central one of 5 x 4, and (1, 1) of 3 x 3.
    expect(plane(cropCentre(numbered(), 3), 0)[4]).toBe(22);
    expect(() => cropCentre(numbered(), 5)).toThrow(/within 5 x 4 px/);
  });
});
