import { describe, expect, it } from 'vitest';
import {
  cornerCorrelation,
  finiteIce,
  iceRowCorrelation,
  liebConstant,
} from '../../../../domains/phases-of-matter/exact/square-ice.ts';

/** d ln W / d mu of the F model at mu = 2 pi / 3: Simpson's rule on its integrand, differentiated by hand. */
function slopeOfFreeEnergy(): number {
  const mu = (2 * Math.PI) / 3;
  const rest = Math.PI - mu;
  const slope = (x: number): number => {
    if (x === 0) return (Math.PI - 2 * mu) / (2 * Math.PI);
    const [s, c] = [Math.sinh(mu * x), Math.cosh(mu * x)];
    const product = s * Math.sinh(rest * x);
    const change = c * Math.sinh(rest * x) - s * Math.cosh(rest * x);
    return (change * c - product * s) / (c * c) / (2 * Math.sinh(Math.PI * x));
  };
  const [end, steps] = [40, 40_000];
  const h = end / steps;
  let sum = slope(0) + slope(end);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * slope(i * h);
  return (2 * sum * h) / 3;
}

describe('square ice', () => {
  // Number of states: OEIS A054759, Eulerian orientations of the n x n torus.
  it.each([
    [2, 18],
    [4, 2970],
    [6, 16_448_400],
    [8, 2_901_094_068_042],
  ])('L = %i has %i ground states', (size, states) => {
    expect(finiteIce(size).states).toBe(states);
  });

  it("approaches Lieb's constant and the correlation of the infinite lattice", () => {
    expect(liebConstant).toBeCloseTo(1.5396007, 7);
    // Corrections fall as 1/L^2: at L = 8 they are 2 % and 8 %, half as large as at L = 6 in the ratio (6/8)^2.
    const [six, eight] = [finiteIce(6), finiteIce(8)];
    const ratio = (eight.rowCorrelation - iceRowCorrelation) / (six.rowCorrelation - iceRowCorrelation);
    expect(ratio).toBeCloseTo((6 / 8) ** 2, 1);
    expect(Math.log(eight.states) / 64 / Math.log(liebConstant)).toBeCloseTo(1, 1);
  });

  // The derivative of Lieb's integral: density of type c = -(2 / tan(mu / 2)) d ln W / d mu.
  it('has the closed form of the correlation from the free energy of the F model', () => {
    const density = (-2 / Math.tan(Math.PI / 3)) * slopeOfFreeEnergy();
    expect(iceRowCorrelation).toBeCloseTo(2 * density - 1, 10);
    expect(cornerCorrelation(iceRowCorrelation)).toBeCloseTo(-density, 10);
  });

  it('is not counted for other sizes', () => {
    expect(() => finiteIce(5)).toThrow('square ice of size 5 is not counted here; give L = 2, 4, 6 or 8');
  });
});
