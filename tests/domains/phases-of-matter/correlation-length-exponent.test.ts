// The exponent nu from outputs that scale with a known one.
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import type { Outputs } from '../../../domains/phases-of-matter/outputs.ts';
import { blockMeans } from '../../../domains/phases-of-matter/transition/block-means.ts';
import {
  correlationLengthExponent,
  fitExponent,
} from '../../../domains/phases-of-matter/transition/correlation-length-exponent.ts';

const sizes = [10, 20, 30, 40];

/** Outputs (1 - tanh((T - T_c) L^(1/nu) / 2 + offset of the network)) / 2 with noise on every lattice. */
function scaling(size: number, nu: number, seed: number, { networks = 3, spread = 0.05, noise = 0.2 } = {}) {
  const random = new RandomStream(seed, 'scaling', size);
  const steepness = size ** (1 / nu);
  const grid = Array.from({ length: 17 }, (_, i) => 2.2692 + ((i - 8) * 0.3) / steepness);
  const temperatures = Float64Array.from(grid.flatMap((t) => Array.from({ length: 400 }, () => t)));
  const factors = Array.from({ length: networks }, () => Math.exp(spread * random.normal()));
  const lattice = Float64Array.from(temperatures, () => noise * random.normal());
  const ordered = factors.map((factor) =>
    temperatures.map((t, i) => (1 - Math.tanh((factor * (t - 2.2692) * steepness) / 2)) / 2 + lattice[i]),
  );
  const outputs: Outputs = { size, temperatures, ordered };
  return { size, blocks: blockMeans(outputs) };
}

const estimate = (nu: number, seed: number, options = {}) =>
  correlationLengthExponent(
    sizes.map((size) => scaling(size, nu, seed, options)),
    new RandomStream(seed, 'bootstrap'),
    150,
  )!;

describe('correlation length exponent', () => {
  it.each([0.63, 1, 1.5])('recovers nu = %f from slopes that follow it', (nu) => {
    const slopes = sizes.map((size) => ({ size, logSlope: Math.log(0.14 * size ** (1 / nu)) }));
    const fit = fitExponent(slopes);
    expect(fit.nu).toBeCloseTo(nu, 12);
    expect(fit.intercept).toBeCloseTo(Math.log(0.14), 12);
  });

  it.each([0.63, 1])('recovers nu = %f from outputs without noise', (nu) => {
    const { value, slopes, systematic } = estimate(nu, 1, { spread: 0, noise: 0 });
    // Within 1e-6: a tanh is a straight line in the logit, so that only rounding is left.
    expect(value).toBeCloseTo(nu, 6);
    expect(systematic).toBeLessThan(1e-6);
    // d/dT (1 - tanh(x / 2)) / 2 at 0 is -1/4 dx/dT.
    expect(slopes[2].value).toBeCloseTo(30 ** (1 / nu) / 4, 6);
  });

  it('has intervals that hold the truth as often as they say', () => {
    const trials = 40;
    let held = 0;
    let width = 0;
    for (let seed = 0; seed < trials; seed++) {
      const { low, high } = estimate(1, seed);
      if (low <= 1 && 1 <= high) held++;
      width += (high - low) / trials;
    }
    // 95 % nominal: fewer than 33 of 40 would happen by chance once in 10,000.
    expect(held).toBeGreaterThanOrEqual(33);
    // The made-up spread of 5 % a network gives slopes of 3 % and a nu of 3 %; four times that at most.
    expect(width).toBeLessThan(4 * 2 * 1.96 * 0.03);
  });

  it('is not told by two sizes', () => {
    const two = [10, 20].map((size) => scaling(size, 1, 1));
    expect(correlationLengthExponent(two, new RandomStream(1), 100)).toBeUndefined();
  });
});
