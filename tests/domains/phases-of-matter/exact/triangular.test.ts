import { describe, expect, it } from 'vitest';
import {
  triangularCriticalTemperature,
  triangularEnergyPerSpin,
  triangularFreeEnergy,
  triangularMagnetisation,
} from '../../../../domains/phases-of-matter/exact/triangular.ts';
import { finiteTriangularLattice } from '../../../../domains/phases-of-matter/exact/triangular-torus.ts';
import { triangularLattice } from '../../../../domains/phases-of-matter/sampler/lattices/triangular.ts';
import { densityOfStatesOf } from '../enumeration.ts';

describe.each([2, 3, 4])('the %i x %i triangular lattice against counting its states', (size) => {
  const counts = densityOfStatesOf(triangularLattice(size));
  const spins = size * size;

  it.each([0.5, 2, triangularCriticalTemperature, 5, 40])('has ln Z and energy at T = %f', (temperature) => {
    const weights = counts.map((count, j) => count * Math.exp((-2 * j) / temperature));
    const z = weights.reduce((a, b) => a + b);
    const energy = -3 + weights.reduce((sum, w, j) => sum + w * 2 * j, 0) / z / spins;
    const exact = finiteTriangularLattice(size, temperature);
    // Double precision: a few rounding errors of terms of order N.
    expect(exact.logPartition).toBeCloseTo(Math.log(z) + (3 * spins) / temperature, 11);
    expect(exact.energy).toBeCloseTo(energy, 11);
  });
});

describe('triangular lattices', () => {
  it('are critical at 4 / ln 3 with energy -2, exactly', () => {
    expect(triangularCriticalTemperature).toBeCloseTo(3.640956907, 9);
    expect(triangularEnergyPerSpin(triangularCriticalTemperature)).toBeCloseTo(-2, 12);
    expect(triangularMagnetisation(triangularCriticalTemperature)).toBe(0);
  });

  // Digits of a table computed independently in Python from the double integral, M from Potts's formula.
  it.each([
    [2.5, -2.87886, 0.97825],
    [3.0, -2.68033, 0.93622],
    [3.3, -2.46998, 0.8793],
    [4.0, -1.51468, 0],
    [4.5, -1.19124, 0],
    [5.0, -0.98954, 0],
  ])('have the tabulated energy and magnetisation at T = %f', (temperature, energy, magnetisation) => {
    // The table has five decimals, one of them (T = 4) rounded away from zero.
    expect(Math.abs(triangularEnergyPerSpin(temperature) - energy)).toBeLessThan(1e-5);
    expect(Math.abs(triangularMagnetisation(temperature) - magnetisation)).toBeLessThan(6e-6);
  });

  // Corrections of the finite lattice are of order exp(-L / xi): none at L = 60 away from T_c.
  it.each([0.05, 1, 2.5, 3, 5, 100])(
    'T = %f: the infinite one is the limit of finite ones',
    (temperature) => {
      const finite = finiteTriangularLattice(60, temperature);
      expect(triangularEnergyPerSpin(temperature)).toBeCloseTo(finite.energy, 10);
      if (temperature >= 0.1) {
        // ln Z counts both signs of the ordered phase: -f/T is off by ln 2 / N.
        const both = temperature < triangularCriticalTemperature ? Math.LN2 : 0;
        const freeEnergy = (-temperature * (finite.logPartition - both)) / 3600;
        expect(triangularFreeEnergy(temperature)).toBeCloseTo(freeEnergy, 10);
      } else expect(triangularFreeEnergy(temperature)).toBe(-3);
    },
  );

  // Monte Carlo (Wolff in C, made independently of this code), without errors; from the scatter about the exact values
  // -2.10174, -2.05087, -2.03391, -2.02544, -2.01696 they are some 4e-4. A wrong sector of the four would be off by 0.01.
  it.each([
    [10, -2.1023],
    [20, -2.0515],
    [30, -2.0335],
    [40, -2.0254],
    [60, -2.0173],
  ])('L = %i: the energy at T_c is that of an independent simulation', (size, energy) => {
    const exact = finiteTriangularLattice(size, triangularCriticalTemperature).energy;
    expect(Math.abs(exact - energy)).toBeLessThan(1e-3);
  });

  it('refuse what is no temperature and no size', () => {
    expect(() => triangularEnergyPerSpin(0)).toThrow(/temperature 0 is not above 0/);
    expect(() => triangularFreeEnergy(-1)).toThrow(/temperature -1 is not above 0/);
    expect(() => triangularMagnetisation(Number.NaN)).toThrow(/temperature NaN is not above 0/);
    expect(() => finiteTriangularLattice(1, 2)).toThrow(/lattice size 1 is not an integer/);
  });
});
