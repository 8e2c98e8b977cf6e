import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smoothStretch, stretch, stretchAll, unstretch } from '../../../domains/galaxies/stretch.ts';

describe('stretch', () => {
  it("is the paper's: 0 at -0.1 nanomaggies and below, asinh(10)/3 = 0.99941 at 4 and above", () => {
    expect(stretch(-0.1)).toBe(0);
    expect(stretch(-5)).toBe(0);
    // asinh(10) = 2.998222950297970 (Wolfram Alpha).
    expect(stretch(4)).toBeCloseTo(2.99822295029797 / 3, 14);
    expect(stretch(100)).toBe(stretch(4));
    // asinh(1 / 4.1) / 3: the sky.
    expect(stretch(0)).toBeCloseTo(Math.log(1 / 4.1 + Math.sqrt(1 + 1 / 4.1 ** 2)) / 3, 15);
    expect([...stretchAll([-1, 4])]).toEqual([0, Math.fround(stretch(4))]);
  });

  it('without the clip is undone everywhere', () => {
    fc.assert(
      fc.property(fc.double({ min: -1000, max: 1e5, noNaN: true }), (flux) => {
        // Rounding, enlarged by sinh of up to 13.
        expect(Math.abs(unstretch(smoothStretch(flux)) - flux)).toBeLessThan(
          1e-13 * (1 + Math.abs(flux)) * 20,
        );
      }),
    );
  });
});
