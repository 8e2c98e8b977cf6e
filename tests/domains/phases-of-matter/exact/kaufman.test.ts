import { describe, expect, it } from 'vitest';
import {
  energyDistribution,
  energyOfLevel,
} from '../../../../domains/phases-of-matter/exact/energy-distribution.ts';
import { finiteLattice } from '../../../../domains/phases-of-matter/exact/kaufman.ts';
import { criticalTemperature, energyPerSpin } from '../../../../domains/phases-of-matter/exact/onsager.ts';
import { spontaneousMagnetisation } from '../../../../domains/phases-of-matter/exact/yang.ts';
import { densityOfStates } from '../enumeration.ts';

const temperatures = [0.3, 1, 2.1, criticalTemperature, 4, 20];

describe.each([2, 3, 4])('the %i x %i lattice against counting its states', (size) => {
  const counts = densityOfStates(size);
  const spins = size * size;

  it.each(temperatures)('has the partition function, energy and specific heat at T = %f', (temperature) => {
    const weights = counts.map((count, j) => count * Math.exp((-4 * j) / temperature));
    const z = weights.reduce((a, b) => a + b);
    const moment = (power: number) => weights.reduce((sum, w, j) => sum + (w * (4 * j) ** power) / z, 0);
    const exact = finiteLattice(size, temperature);
    // Double precision: a few rounding errors of terms of order N.
    expect(exact.logPartition).toBeCloseTo(Math.log(z) + (2 * spins) / temperature, 11);
    expect(exact.energy).toBeCloseTo(-2 + moment(1) / spins, 12);
    expect(exact.specificHeat).toBeCloseTo((moment(2) - moment(1) ** 2) / spins / temperature ** 2, 10);
    const probabilities = energyDistribution(size, temperature);
    for (let j = 0; j <= spins; j++) expect(Math.abs(probabilities[j] - weights[j] / z)).toBeLessThan(1e-12);
  });
});

describe('finite lattices', () => {
  // Energy per spin, printed digits of a table computed independently in Python for L = 4, 8, 10, 20, 30, 40, 60.
  it.each([
    [1.5, [-1.950643, -1.951115, -1.951117, -1.951117, -1.951117, -1.951117, -1.951117]],
    [2.0, [-1.75538, -1.745683, -1.745431, -1.745557, -1.745564, -1.745565, -1.745565]],
    [2.2, [-1.618743, -1.568042, -1.559696, -1.548094, -1.546662, -1.546471, -1.546476]],
    [criticalTemperature, [-1.565624, -1.491589, -1.476243, -1.445309, -1.434954, -1.429771, -1.424587]],
    [2.4, [-1.46066, -1.33722, -1.306734, -1.236694, -1.214755, -1.207514, -1.20437]],
    [3.0, [-1.01707, -0.841315, -0.825641, -0.817361, -0.81731, -0.81731, -0.81731]],
    [3.5, [-0.77615, -0.664905, -0.661138, -0.660122, -0.660122, -0.660122, -0.660122]],
  ])('have the tabulated energies at T = %f', (temperature, energies) => {
    const sizes = [4, 8, 10, 20, 30, 40, 60];
    sizes.forEach((size, i) => {
      expect(Math.abs(finiteLattice(size, temperature).energy - energies[i])).toBeLessThan(6e-7);
    });
  });

  it.each([
    [2.0, [0.6055, 0.7141, 0.7232, 0.7251, 0.7249, 0.7249]],
    [criticalTemperature, [0.7833, 1.1456, 1.26, 1.6112, 1.8145, 1.9582, 2.1601]],
  ])('have the tabulated specific heats at T = %f', (temperature, heats) => {
    heats.forEach((heat, i) => {
      const size = [4, 8, 10, 20, 30, 40, 60][i];
      expect(Math.abs(finiteLattice(size, temperature).specificHeat - heat)).toBeLessThan(6e-5);
    });
  });

  it.each([5, 10, 21, 40])(
    'L = %i: mean and variance of the distribution are energy and specific heat',
    (size) => {
      const spins = size * size;
      for (const temperature of [1.8, criticalTemperature, 3.5]) {
        const probabilities = energyDistribution(size, temperature);
        const mean = probabilities.reduce((sum, p, j) => sum + p * energyOfLevel(spins, j), 0);
        const variance = probabilities.reduce(
          (sum, p, j) => sum + p * (energyOfLevel(spins, j) - mean) ** 2,
          0,
        );
        const exact = finiteLattice(size, temperature);
        expect(mean / spins).toBeCloseTo(exact.energy, 10);
        // Rounding noise of 1e-16 on levels far from the mean is weighted with (4 N)^2.
        expect(variance / spins / temperature ** 2).toBeCloseTo(exact.specificHeat, 7);
      }
    },
  );

  it('have two ground states at low temperature and no correlations at high temperature', () => {
    expect(energyDistribution(6, 0.05)[0]).toBeCloseTo(1, 12);
    expect(finiteLattice(40, 0.05)).toMatchObject({ energy: -2, specificHeat: 0 });
    // High-temperature series ln Z / N = ln 2 + 2 ln cosh K + t^4 + 2 t^6 + ..., t = tanh K; the term left out is 12 t^5.
    const t = Math.tanh(1 / 50);
    expect(Math.abs(finiteLattice(8, 50).energy + 2 * t + 4 * t ** 3 * (1 - t * t))).toBeLessThan(
      13 * t ** 5,
    );
  });

  it('approach Onsager from finite lattices', () => {
    expect(finiteLattice(60, 1.5).energy).toBeCloseTo(energyPerSpin(1.5), 10);
    expect(finiteLattice(60, 3.5).energy).toBeCloseTo(energyPerSpin(3.5), 10);
  });

  it.each([
    [1, 2],
    [2.5, 2],
    [10, 0],
    [10, -1],
    [10, Number.NaN],
    [10, Number.POSITIVE_INFINITY],
  ])('refuse L = %f, T = %f', (size, temperature) => {
    expect(() => finiteLattice(size, temperature)).toThrow(/lattice size|temperature/);
    expect(() => energyDistribution(size, temperature)).toThrow(/lattice size|temperature/);
  });
});

describe('the thermodynamic limit', () => {
  it('has the critical temperature 2.269185314... and u(T_c) = -sqrt 2', () => {
    expect(criticalTemperature).toBeCloseTo(2.269185314213022, 14);
    expect(energyPerSpin(criticalTemperature)).toBeCloseTo(-Math.SQRT2, 12);
  });

  // Last column of the same table.
  it.each([
    [1.5, -1.951117],
    [2.0, -1.745565],
    [2.2, -1.546489],
    [2.4, -1.203974],
    [3.0, -0.81731],
    [3.5, -0.660122],
  ])('has the tabulated energy at T = %f', (temperature, energy) => {
    expect(Math.abs(energyPerSpin(temperature) - energy)).toBeLessThan(6e-7);
  });

  it("has Yang's magnetisation", () => {
    expect(spontaneousMagnetisation(1.5)).toBeCloseTo(0.9865, 6);
    expect(spontaneousMagnetisation(2)).toBeCloseTo(0.911319, 6);
    expect(spontaneousMagnetisation(2.2)).toBeCloseTo(0.784755, 6);
    expect(spontaneousMagnetisation(2.3)).toBe(0);
    expect(() => spontaneousMagnetisation(-1)).toThrow(/temperature -1 is not above 0/);
  });
});
