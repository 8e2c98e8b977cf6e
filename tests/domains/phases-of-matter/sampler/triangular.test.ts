// Wolff's algorithm on the triangular lattice against exact results; on the square lattice: chain.test.ts. Errors come from
// the means of independent chains. Seeds are fixed; what is said about chance is how often a correct sampler would fail
// with another seed.
import { describe, expect, it } from 'vitest';
import {
  triangularCriticalTemperature,
  triangularEnergyPerSpin,
  triangularMagnetisation,
} from '../../../../domains/phases-of-matter/exact/triangular.ts';
import { finiteTriangularLattice } from '../../../../domains/phases-of-matter/exact/triangular-torus.ts';
import { sampleChain } from '../../../../domains/phases-of-matter/sampler/chain.ts';
import { triangularLattice } from '../../../../domains/phases-of-matter/sampler/lattices/triangular.ts';
import { densityOfStatesOf, energyOn } from '../enumeration.ts';
import { estimate, excessOfChiSquare, mean } from '../statistics.ts';

const draw = (size: number, temperature: number, samples: number, seed: string, sweeps = 3): Int8Array =>
  sampleChain({ model: 'triangular-ising', size, temperature, samples, sweeps, equilibration: 20, seed });

const chains = (size: number, temperature: number, samples: number) =>
  Array.from({ length: 32 }, (_, chain) => draw(size, temperature, samples, `chain ${chain}`));

const meanEnergy = (size: number, temperature: number, samples: number) => {
  const lattice = triangularLattice(size);
  return estimate(
    chains(size, temperature, samples).map((spins) =>
      mean(Array.from({ length: samples }, (_, i) => energyOn(lattice, spins, i * lattice.sites))),
    ),
  );
};

describe('the triangular lattice', () => {
  it('has six neighbours, each of them the other way round, and three sublattices without neighbours', () => {
    for (const size of [3, 6, 9]) {
      const { neighbours, sites } = triangularLattice(size);
      const sublattice = (site: number) => (Math.floor(site / size) + (site % size)) % 3;
      for (let site = 0; site < sites; site++) {
        const own = [...neighbours.subarray(6 * site, 6 * site + 6)];
        expect(new Set(own).size).toBe(6);
        for (const other of own) {
          expect(neighbours.subarray(6 * other, 6 * other + 6)).toContain(site);
          expect(sublattice(other)).not.toBe(sublattice(site));
        }
      }
    }
  });
});

describe('Wolff on the triangular lattice', () => {
  // 4 standard errors from 32 chains (Student's t, 31 degrees of freedom): 0.04 % each by chance, 0.5 % for all of these.
  it.each([
    [10, 3],
    [10, triangularCriticalTemperature],
    [20, triangularCriticalTemperature],
    [30, triangularCriticalTemperature],
    [10, 5],
  ])('L = %i, T = %f: the energy is the exact one of the finite torus', (size, temperature) => {
    const { value, error } = meanEnergy(size, temperature, 60);
    expect(error).toBeLessThan(0.012);
    expect(Math.abs(value - finiteTriangularLattice(size, temperature).energy)).toBeLessThan(4 * error);
  });

  // At L = 30 these are infinite but for less than 4e-8 (T = 3) and 9e-6 (T = 4.5), by the exact finite lattices.
  it.each([2.5, 3, 4.5, 5])('L = 30, T = %f: the energy is that of Houtappel', (temperature) => {
    const { value, error } = meanEnergy(30, temperature, 40);
    expect(error).toBeLessThan(0.004);
    expect(Math.abs(value - triangularEnergyPerSpin(temperature))).toBeLessThan(4 * error);
  });

  it('L = 30, T = 3: the magnetisation is that of Potts', () => {
    const values = chains(30, 3, 40).map((spins) =>
      mean(Array.from({ length: 40 }, (_, i) => Math.abs(mean(spins.subarray(i * 900, i * 900 + 900))))),
    );
    const { value, error } = estimate(values);
    expect(error).toBeLessThan(0.001);
    expect(Math.abs(value - triangularMagnetisation(3))).toBeLessThan(4 * error);
  });

  // 10 sweeps apart, samples are independent. 4 standard deviations of chi-square above its mean: 0.05 % each.
  it.each([2.5, triangularCriticalTemperature, 6])(
    'L = 4, T = %f: the histogram of the energy is that of counting states',
    (temperature) => {
      const lattice = triangularLattice(4);
      const states = densityOfStatesOf(lattice);
      const weights = states.map((count, j) => count * Math.exp((-2 * j) / temperature));
      const z = weights.reduce((a, b) => a + b);
      const spins = draw(4, temperature, 20_000, 'histogram', 10);
      const observed = new Float64Array(states.length);
      for (let i = 0; i < 20_000; i++) observed[Math.round((energyOn(lattice, spins, 16 * i) + 3) * 8)]++;
      const probabilities = weights.map((w) => w / z);
      expect(excessOfChiSquare(observed, probabilities)).toBeLessThan(4);
    },
  );
});
