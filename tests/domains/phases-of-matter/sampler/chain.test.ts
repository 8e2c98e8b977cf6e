// The sampler against exact results. Seeds are fixed, so that a passing test keeps passing; what is said about chance
// is how often a correct sampler would fail with another seed.
import { describe, expect, it } from 'vitest';
import { energyDistribution } from '../../../../domains/phases-of-matter/exact/energy-distribution.ts';
import { finiteLattice } from '../../../../domains/phases-of-matter/exact/kaufman.ts';
import { criticalTemperature } from '../../../../domains/phases-of-matter/exact/onsager.ts';
import { spontaneousMagnetisation } from '../../../../domains/phases-of-matter/exact/yang.ts';
import { type ChainTask, sampleChain } from '../../../../domains/phases-of-matter/sampler/chain.ts';
import { energyPerSite } from '../enumeration.ts';

const task = (
  size: number,
  temperature: number,
  samples: number,
  more: Partial<ChainTask> = {},
): ChainTask => ({
  size,
  temperature,
  samples,
  sweeps: 3,
  equilibration: 20,
  seed: `test ${size} ${temperature}`,
  ...more,
});

/** A number of each sample of one chain. */
function series(of: (spins: Int8Array, start: number) => number, options: ChainTask): number[] {
  const spins = sampleChain(options);
  const sites = options.size ** 2;
  return Array.from({ length: options.samples }, (_, i) => of(spins, i * sites));
}

const energies = (options: ChainTask) =>
  series((spins, start) => energyPerSite(spins, options.size, start), options);

const magnetisations = (options: ChainTask) =>
  series((spins, start) => {
    let sum = 0;
    for (let i = start; i < start + options.size ** 2; i++) sum += spins[i];
    return sum / options.size ** 2;
  }, options);

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;

/** Mean and standard error from the means of independent chains, which need no autocorrelation time. */
function overChains(
  chains: number,
  of: (chain: number) => readonly number[],
): { value: number; error: number } {
  const means = Array.from({ length: chains }, (_, chain) => mean(of(chain)));
  const value = mean(means);
  const variance = means.reduce((sum, m) => sum + (m - value) ** 2, 0) / (chains - 1);
  return { value, error: Math.sqrt(variance / chains) };
}

describe('sampleChain', () => {
  // 4 standard errors from 32 chains (Student's t, 31 degrees of freedom): 0.04 % each by chance, 0.4 % for all eleven.
  it.each([
    ...[10, 20].flatMap((size) => [1.8, 2.2, criticalTemperature, 2.5, 3.2].map((t) => [size, t] as const)),
    [40, criticalTemperature] as const,
  ])('L = %i, T = %f: the energy is the exact one of the finite lattice', (size, temperature) => {
    const { value, error } = overChains(32, (chain) =>
      energies(task(size, temperature, 60, { seed: `energy ${chain}` })),
    );
    expect(error).toBeLessThan(0.01);
    expect(Math.abs(value - finiteLattice(size, temperature).energy)).toBeLessThan(4 * error);
  });

  // |m| of the finite lattice differs from Yang's infinite one by terms of order exp(-L / xi), negligible at T = 2.
  it('L = 40, T = 2: the magnetisation is that of Yang', () => {
    const { value, error } = overChains(32, (chain) =>
      magnetisations(task(40, 2, 40, { seed: `m ${chain}` })).map(Math.abs),
    );
    expect(error).toBeLessThan(0.001);
    expect(Math.abs(value - spontaneousMagnetisation(2))).toBeLessThan(4 * error);
  });

  // 10 sweeps apart, samples are independent (autocorrelation below exp(-5)). Pearson's chi-square over the levels with
  // at least 10 expected; 4 standard deviations above its mean, 0.05 % by chance each.
  it.each([
    [4, 2.0],
    [4, criticalTemperature],
    [6, criticalTemperature],
    [6, 3.0],
  ])('L = %i, T = %f: the histogram of the energy is the exact distribution', (size, temperature) => {
    const samples = 20_000;
    const sites = size * size;
    const observed = new Float64Array(sites + 1);
    for (const e of energies(task(size, temperature, samples, { sweeps: 10 }))) {
      observed[Math.round((e * sites + 2 * sites) / 4)]++;
    }
    let chiSquare = 0;
    let bins = 0;
    let rest = [0, 0];
    energyDistribution(size, temperature).forEach((p, j) => {
      const expected = p * samples;
      if (expected >= 10) {
        chiSquare += (observed[j] - expected) ** 2 / expected;
        bins++;
      } else rest = [rest[0] + observed[j], rest[1] + expected];
    });
    if (rest[1] > 0) chiSquare += (rest[0] - rest[1]) ** 2 / rest[1];
    expect(chiSquare).toBeLessThan(bins + 4 * Math.sqrt(2 * bins));
  });

  // Bonds across the seam of the torus and in both directions must be alike: a wrong neighbour shows here.
  it('treats all bonds of the torus alike', () => {
    const size = 6;
    const samples = 20_000;
    const spins = sampleChain(task(size, 2.5, samples, { sweeps: 10 }));
    const bond = (row: number, column: number, down: number, right: number) => {
      let sum = 0;
      for (let i = 0; i < samples; i++) {
        const at = (r: number, c: number) => spins[i * size * size + (r % size) * size + (c % size)];
        sum += at(row, column) * at(row + down, column + right);
      }
      return sum / samples;
    };
    const exact = -finiteLattice(size, 2.5).energy / 2;
    // Standard error of a mean of +-1 values, 5 of them: 6e-7 by chance for each of 72 bonds.
    const tolerance = 5 * Math.sqrt((1 - exact ** 2) / samples);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        expect(Math.abs(bond(row, column, 0, 1) - exact)).toBeLessThan(tolerance);
        expect(Math.abs(bond(row, column, 1, 0) - exact)).toBeLessThan(tolerance);
      }
    }
  });

  it('gives both signs alike, independently from sample to sample, deep in the ordered phase', () => {
    const signs = magnetisations(task(10, 1.2, 4000)).map(Math.sign);
    // Means of 4,000 independent signs: standard error 0.016; 4 of them, 0.006 % by chance each.
    expect(Math.abs(mean(signs))).toBeLessThan(0.064);
    expect(Math.abs(mean(signs.slice(1).map((sign, i) => sign * signs[i])))).toBeLessThan(0.064);
  });

  // exp(-3 / tau) with tau = 1.6 sweeps is 0.15; the estimate's own error with 4,000 samples is 0.02.
  it('leaves a correlation of successive energies below 0.25 at T_c', () => {
    const e = energies(task(20, criticalTemperature, 4000));
    const centre = mean(e);
    const variance = mean(e.map((x) => (x - centre) ** 2));
    const covariance = mean(e.slice(1).map((x, i) => (x - centre) * (e[i] - centre)));
    expect(covariance / variance).toBeLessThan(0.25);
    expect(covariance / variance).toBeGreaterThan(0.02);
  });

  // From the ordered start to T = 3.2: an unfinished equilibration would show as a low energy of the first samples.
  it('is in equilibrium from the first sample on', () => {
    for (const temperature of [criticalTemperature, 3.2]) {
      const { value, error } = overChains(400, (chain) =>
        energies(task(16, temperature, 1, { seed: `first ${temperature} ${chain}` })),
      );
      expect(Math.abs(value - finiteLattice(16, temperature).energy)).toBeLessThan(4 * error);
    }
  });

  it('depends on the seed alone', () => {
    const options = task(8, 2.3, 5);
    expect(sampleChain(options)).toEqual(sampleChain(options));
    expect(sampleChain(options)).not.toEqual(sampleChain({ ...options, seed: 'another' }));
  });

  it('works from the coldest to the hottest lattice and at L = 2 and odd L', () => {
    expect(energies(task(5, 1e-3, 3))).toEqual([-2, -2, -2]);
    // At infinite temperature spins are independent: |e| of 64 x 64 sites is about 1/sqrt(4096) * sqrt 2.
    expect(Math.abs(energies(task(64, 1e9, 1))[0])).toBeLessThan(0.1);
    const { value, error } = overChains(32, (chain) => energies(task(2, 2.5, 200, { seed: `two ${chain}` })));
    expect(Math.abs(value - finiteLattice(2, 2.5).energy)).toBeLessThan(4 * error);
  });

  it.each([
    [1, 2],
    [10.5, 2],
    [10, 0],
    [10, -2],
    [10, Number.NaN],
  ])('refuses L = %f, T = %f', (size, temperature) => {
    expect(() => sampleChain(task(size, temperature, 1))).toThrow(/lattice size|temperature/);
  });
});
