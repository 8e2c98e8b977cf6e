import { describe, expect, it } from 'vitest';
import { logGamma, regularisedGamma } from '../../../../domains/galaxies/simulator/gamma.ts';
import {
  discHalfLight,
  sersicB,
  sersicCentre,
  sersicWithin,
} from '../../../../domains/galaxies/simulator/sersic.ts';

describe('gamma', () => {
  it('is (n - 1)! at integers and sqrt(pi) at a half', () => {
    for (const [x, value] of [
      [1, 1],
      [5, 24],
      [10, 362_880],
      [0.5, Math.sqrt(Math.PI)],
      [0.25, 3.625609908221908],
    ]) {
      // The last: Abramowitz and Stegun, table 6.1.
      expect(Math.exp(logGamma(x)) / value).toBeCloseTo(1, 12);
    }
  });

  it('has the incomplete integral in closed form at 1 and 2', () => {
    for (const x of [0, 0.1, 1, 3, 10, 60]) {
      expect(regularisedGamma(1, x)).toBeCloseTo(1 - Math.exp(-x), 13);
      expect(regularisedGamma(2, x)).toBeCloseTo(1 - (1 + x) * Math.exp(-x), 13);
    }
  });
});

describe("Sersic's profile", () => {
  it('has half of its light within Re', () => {
    for (const n of [0.5, 1, 2, 4, 6]) expect(sersicWithin(n, 1)).toBeCloseTo(0.5, 8);
  });

  it('is exponential at n = 1, and de Vaucouleurs at n = 4', () => {
    // b_1 = 1.67835, b_4 = 7.66925 (Ciotti and Bertin 1999, table 1).
    expect(sersicB(1)).toBeCloseTo(discHalfLight, 10);
    expect(sersicB(4)).toBeCloseTo(7.66924944, 5);
    // I(0) = 1 / (2 pi h^2) of an exponential disc with h = Re / b.
    expect(sersicCentre(1)).toBeCloseTo(sersicB(1) ** 2 / (2 * Math.PI), 8);
    // I(0) = b^8 / (8! pi) of de Vaucouleurs' law (Ciotti and Bertin, eq. 8 with n = 4).
    expect(sersicCentre(4) / (7.66924944 ** 8 / (40_320 * Math.PI))).toBeCloseTo(1, 7);
  });
});
