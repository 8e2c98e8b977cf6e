import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisedWidths, normaliseWidth } from '../../../../domains/digits/width-normalisation.ts';

/** Columns that hold ink. */
const inkColumns = (image: ArrayLike<number>, width: number): number[] =>
  [...new Set(Array.from(image).flatMap((value, i) => (value > 0 ? [i % width] : [])))].sort((a, b) => a - b);

describe('width normalisation', () => {
  it('gives ink of any width the one that is asked, in the middle', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 27 }),
        fc.integer({ min: 1, max: 28 }),
        fc.constantFrom(...normalisedWidths),
        (left, wide, inkWidth) => {
          const image = new Uint8Array(784);
          const right = Math.min(27, left + wide - 1);
          for (let x = left; x <= right; x++) for (let y = 4; y < 24; y++) image[y * 28 + x] = 200;
          const found = normaliseWidth(image, 28, 28, inkWidth, new Uint8Array(784));
          const first = (28 - inkWidth) / 2;
          expect(inkColumns(found, 28)).toEqual(Array.from({ length: inkWidth }, (_, i) => first + i));
          // A block of one shade stays of that shade, and its rows stay where they were.
          for (let y = 0; y < 28; y++) expect(found[y * 28 + first]).toBe(y >= 4 && y < 24 ? 200 : 0);
        },
      ),
    );
  });

  it('keeps the share of ink in a row when it narrows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: Math.fround(0.1), max: 1, noNaN: true }), { minLength: 20, maxLength: 20 }),
        (row) => {
          const found = normaliseWidth(Float32Array.from(row), 20, 1, 7, new Float32Array(20));
          const mean = (values: readonly number[]): number =>
            values.reduce((a, b) => a + b, 0) / values.length;
          expect(mean([...found.subarray(6, 13)])).toBeCloseTo(mean(row), 5);
        },
      ),
    );
  });

  it('takes means of what a pixel covers', () => {
    // Four to three: 4/3 px each, so (0 + 1/3 * 4) / (4/3) first, the last (1/3 * 8 + 12) / (4/3) (by hand).
    const found = normaliseWidth(Float32Array.of(1, 4, 8, 12), 4, 1, 3, new Float32Array(4));
    for (const [i, expected] of [1.75, 6, 11].entries()) expect(found[i]).toBeCloseTo(expected, 5);
  });

  it('leaves an empty image empty and refuses a width that does not fit', () => {
    const empty = new Uint8Array(784);
    expect(normaliseWidth(empty, 28, 28, 10, new Uint8Array(784).fill(3))).toEqual(empty);
    for (const inkWidth of [0, 29, 3.5]) {
      expect(() => normaliseWidth(empty, 28, 28, inkWidth, new Uint8Array(784))).toThrow(RangeError);
    }
  });
});
