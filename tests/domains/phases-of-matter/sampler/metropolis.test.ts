// The multi-spin Metropolis sampler against exact results. Each of the 128 replicas is a chain of its own, so that errors
// come from the means of replicas and need no autocorrelation time. Seeds are fixed; what is said about chance is how often
// a correct sampler would fail with another seed.
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { energyDistribution } from '../../../../domains/phases-of-matter/exact/energy-distribution.ts';
import { finiteLattice } from '../../../../domains/phases-of-matter/exact/kaufman.ts';
import { criticalTemperature, energyPerSpin } from '../../../../domains/phases-of-matter/exact/onsager.ts';
import {
  triangularCriticalTemperature,
  triangularEnergyPerSpin,
  triangularMagnetisation,
} from '../../../../domains/phases-of-matter/exact/triangular.ts';
import { finiteTriangularLattice } from '../../../../domains/phases-of-matter/exact/triangular-torus.ts';
import { spontaneousMagnetisation } from '../../../../domains/phases-of-matter/exact/yang.ts';
import { sampleChain } from '../../../../domains/phases-of-matter/sampler/chain.ts';
import { squareLattice } from '../../../../domains/phases-of-matter/sampler/lattices/square.ts';
import { triangularLattice } from '../../../../domains/phases-of-matter/sampler/lattices/triangular.ts';
import { MultiSpinMetropolis } from '../../../../domains/phases-of-matter/sampler/multi-spin/metropolis.ts';
import { metropolisSchedule } from '../../../../domains/phases-of-matter/sampler/multi-spin/schedule.ts';
import { densityOfStatesOf, energyOn } from '../enumeration.ts';
import { estimate, excessOfChiSquare, mean } from '../statistics.ts';

const models = {
  'square-ising': { lattice: squareLattice, critical: criticalTemperature },
  'triangular-ising': { lattice: triangularLattice, critical: triangularCriticalTemperature },
};

/** A number of each sample, [rounds][128], on the sampler's own schedule. */
function measure(
  model: keyof typeof models,
  size: number,
  temperature: number,
  rounds: number,
  of: (spins: Int8Array, start: number) => number,
  seed = 'test',
): number[][] {
  const schedule = metropolisSchedule(size, temperature, models[model].critical);
  const samples = 128 * rounds;
  const task = { model, algorithm: 'metropolis', size, temperature, samples, ...schedule };
  const spins = sampleChain({ ...task, seed: `${seed} ${model} ${size} ${temperature}` });
  return Array.from({ length: rounds }, (_, round) =>
    Array.from({ length: 128 }, (_, replica) => of(spins, (128 * round + replica) * size * size)),
  );
}

const overReplicas = (rounds: readonly (readonly number[])[]) =>
  estimate(Array.from({ length: 128 }, (_, replica) => mean(rounds.map((round) => round[replica]))));

const energies = (model: keyof typeof models, size: number, temperature: number, rounds: number) => {
  const lattice = models[model].lattice(size);
  return measure(model, size, temperature, rounds, (spins, start) => energyOn(lattice, spins, start));
};

const magnetisations = (model: keyof typeof models, size: number, temperature: number, rounds: number) =>
  measure(model, size, temperature, rounds, (spins, start) => mean(spins.subarray(start, start + size ** 2)));

describe('energies, on average', () => {
  // 4 standard errors from 128 replicas: 0.011 % each by chance, 0.2 % for all twenty of this block.
  it.each([
    ...[10, 20].flatMap((size) => [1.8, 2.2, criticalTemperature, 2.5, 3.2].map((t) => [size, t] as const)),
    [40, criticalTemperature] as const,
  ])('square, L = %i, T = %f: that of Kaufman', (size, temperature) => {
    const { value, error } = overReplicas(energies('square-ising', size, temperature, 24));
    expect(error).toBeLessThan(0.006);
    expect(Math.abs(value - finiteLattice(size, temperature).energy)).toBeLessThan(4 * error);
  });

  it.each([
    [6, 3],
    [12, triangularCriticalTemperature],
    [30, triangularCriticalTemperature],
    [12, 5],
  ])('triangular, L = %i, T = %f: that of the finite torus', (size, temperature) => {
    const { value, error } = overReplicas(energies('triangular-ising', size, temperature, 24));
    expect(error).toBeLessThan(0.008);
    expect(Math.abs(value - finiteTriangularLattice(size, temperature).energy)).toBeLessThan(4 * error);
  });

  // At L = 30 these are infinite but for less than 4e-7 (T = 3) and 9e-6 (T = 4.5), by the exact finite lattices.
  it.each([2.5, 3, 4.5, 5])('triangular, L = 30, T = %f: that of Houtappel', (temperature) => {
    const { value, error } = overReplicas(energies('triangular-ising', 30, temperature, 24));
    expect(error).toBeLessThan(0.003);
    expect(Math.abs(value - triangularEnergyPerSpin(temperature))).toBeLessThan(4 * error);
  });

  it('square, L = 40, T = 3: that of Onsager', () => {
    const { value, error } = overReplicas(energies('square-ising', 40, 3, 24));
    expect(Math.abs(value - energyPerSpin(3))).toBeLessThan(4 * error);
  });
});

describe('magnetisations', () => {
  // |m| of the finite lattice differs from the infinite one by terms of order exp(-L / xi), negligible here.
  it('are those of Yang on the square and of Potts on the triangular lattice', () => {
    const absolute = (rounds: number[][]) => rounds.map((round) => round.map(Math.abs));
    const square = overReplicas(absolute(magnetisations('square-ising', 40, 2, 16)));
    expect(square.error).toBeLessThan(1e-3);
    expect(Math.abs(square.value - spontaneousMagnetisation(2))).toBeLessThan(4 * square.error);
    const triangular = overReplicas(absolute(magnetisations('triangular-ising', 30, 3, 16)));
    expect(triangular.error).toBeLessThan(1e-3);
    expect(Math.abs(triangular.value - triangularMagnetisation(3))).toBeLessThan(4 * triangular.error);
  });

  it('have both signs alike, independently, deep in the ordered phase', () => {
    const signs = magnetisations('square-ising', 10, 1.2, 32).flat().map(Math.sign);
    // Means of 4,096 independent signs: standard error 0.0156; 4 of them, 0.006 % by chance each.
    expect(Math.abs(mean(signs))).toBeLessThan(0.0625);
    for (const apart of [1, 32, 64, 128]) {
      const products = signs.slice(apart).map((sign, i) => sign * signs[i]);
      expect(Math.abs(mean(products))).toBeLessThan(0.0625);
    }
  });
});

// Ten autocorrelation times apart, samples are independent. 4 standard deviations of chi-square above its mean: 0.05 % each.
describe('histograms of the energy', () => {
  const histogram = (
    model: keyof typeof models,
    size: number,
    temperature: number,
    levels: number,
    quantum: number,
  ) => {
    const lattice = models[model].lattice(size);
    const task = { model, algorithm: 'metropolis', size, temperature, samples: 25_600 };
    const spins = sampleChain({ ...task, sweeps: 40, equilibration: 200, seed: `histogram ${model}` });
    const counts = new Float64Array(levels);
    for (let i = 0; i < 25_600; i++) {
      const energy = energyOn(lattice, spins, i * lattice.sites) * lattice.sites;
      counts[Math.round((energy + (lattice.coordination * lattice.sites) / 2) / quantum)]++;
    }
    return counts;
  };

  it.each([
    [4, 2],
    [4, criticalTemperature],
    [6, criticalTemperature],
    [6, 3],
  ])("square, L = %i, T = %f: Kaufman's", (size, temperature) => {
    const exact = energyDistribution(size, temperature);
    const counts = histogram('square-ising', size, temperature, exact.length, 4);
    expect(excessOfChiSquare(counts, exact)).toBeLessThan(4);
  });

  it.each([2.5, triangularCriticalTemperature, 6])(
    'triangular, L = 3, T = %f: by counting',
    (temperature) => {
      const states = densityOfStatesOf(triangularLattice(3));
      const weights = states.map((count, j) => count * Math.exp((-2 * j) / temperature));
      const z = weights.reduce((a, b) => a + b);
      const counts = histogram('triangular-ising', 3, temperature, states.length, 2);
      expect(
        excessOfChiSquare(
          counts,
          weights.map((w) => w / z),
        ),
      ).toBeLessThan(4);
    },
  );
});

describe('replicas share no random numbers', () => {
  // With one random number for all replicas 2 of 64 were left here; independent lattices of 1,024 spins never agree.
  it('all 128 differ after 4,000 sweeps at T_c', () => {
    const simulation = new MultiSpinMetropolis(squareLattice(32), criticalTemperature, new RandomStream(1));
    simulation.advance(4000);
    const spins = new Int8Array(1024);
    const seen = new Set<string>();
    for (let replica = 0; replica < 128; replica++) {
      simulation.copySpins(replica, spins);
      seen.add(spins.join());
      seen.add(spins.map((s) => -s).join());
    }
    expect(seen.size).toBe(256);
  });

  // At T = 3 replicas that share numbers stay distinct but go alike. 12 sweeps are seven times tau(|m|).
  it('their energies and spins are uncorrelated at T = 3', () => {
    const lattice = squareLattice(16);
    const simulation = new MultiSpinMetropolis(lattice, 3, new RandomStream(2));
    simulation.advance(100);
    const times = 600;
    const energy = Array.from({ length: 128 }, () => new Float64Array(times));
    const overlaps: number[] = [];
    const spins = new Int8Array(lattice.sites);
    for (let t = 0; t < times; t++) {
      simulation.advance(12);
      const sums = new Int32Array(lattice.sites);
      for (let replica = 0; replica < 128; replica++) {
        simulation.copySpins(replica, spins);
        energy[replica][t] = energyOn(lattice, spins);
        for (let site = 0; site < lattice.sites; site++) sums[site] += spins[site];
      }
      // Sum of s_a s_b over all pairs a != b of replicas, a site: zero on average.
      overlaps.push(mean(sums.map((sum) => sum * sum)) - 128);
    }
    const overlap = estimate(overlaps);
    expect(overlap.error).toBeLessThan(2);
    expect(Math.abs(overlap.value)).toBeLessThan(4 * overlap.error);

    for (const series of energy) {
      const { value, error } = estimate([...series]);
      series.forEach((e, t) => {
        series[t] = (e - value) / (error * Math.sqrt(times));
      });
    }
    // Correlation coefficients of all 8,128 pairs, times sqrt(times): standard normal when independent. The largest is
    // beyond 5.5 in 0.03 % of cases; their squares add up to a chi-square of 8,128, here within 4 of its deviations.
    let largest = 0;
    let squares = 0;
    for (let a = 0; a < 128; a++) {
      for (let b = 0; b < a; b++) {
        let sum = 0;
        for (let t = 0; t < times; t++) sum += energy[a][t] * energy[b][t];
        const z = sum / Math.sqrt(times);
        largest = Math.max(largest, Math.abs(z));
        squares += z * z;
      }
    }
    expect(largest).toBeLessThan(5.5);
    expect(Math.abs(squares - 8128)).toBeLessThan(4 * Math.sqrt(2 * 8128));
  });
});

describe('the schedule', () => {
  // From the ordered start: an unfinished equilibration would show as a low energy of the first samples. 256 of them.
  it.each([
    [20, criticalTemperature],
    [20, 2.35],
    [20, 1000],
  ])('L = %i, T = %f: is in equilibrium from the first sample on', (size, temperature) => {
    const lattice = squareLattice(size);
    const energy = (spins: Int8Array, start: number) => energyOn(lattice, spins, start);
    const first = ['a', 'b'].flatMap((seed) =>
      measure('square-ising', size, temperature, 1, energy, seed).flat(),
    );
    const { value, error } = estimate(first);
    expect(Math.abs(value - finiteLattice(size, temperature).energy)).toBeLessThan(4 * error);
  });

  // Less than exp(-3 tau / tau) = 0.05; 127 x 128 pairs, not all independent, give it to 0.01 or so.
  it.each([2.2, criticalTemperature, 2.4, 1000])(
    'T = %f: leaves little correlation of |m| between two samples',
    (temperature) => {
      const rounds = magnetisations('square-ising', 12, temperature, 128).map((round) => round.map(Math.abs));
      const centre = mean(rounds.flat());
      const variance = mean(rounds.flat().map((x) => (x - centre) ** 2));
      const products = rounds
        .slice(1)
        .flatMap((round, t) => round.map((x, i) => (x - centre) * (rounds[t][i] - centre)));
      expect(mean(products) / variance).toBeLessThan(0.1);
      expect(mean(products) / variance).toBeGreaterThan(-0.04);
    },
  );
});

describe('a task', () => {
  const task = {
    algorithm: 'metropolis',
    size: 6,
    temperature: 2.3,
    samples: 5,
    sweeps: 1,
    equilibration: 1,
    seed: 's',
  };

  it('depends on its seed alone, and the first samples not on how many are wanted', () => {
    expect(sampleChain(task)).toEqual(sampleChain(task));
    expect(sampleChain({ ...task, seed: 'another' })).not.toEqual(sampleChain(task));
    expect(sampleChain({ ...task, samples: 300 }).subarray(0, 5 * 36)).toEqual(sampleChain(task));
  });

  it('works on the coldest and the hottest lattice and on the smallest ones', () => {
    expect(new Set(sampleChain({ ...task, temperature: 1e-3, samples: 1 }))).toHaveProperty('size', 1);
    // At infinite temperature spins are independent: |e| of 64 x 64 sites is about sqrt(2 / 4096) = 0.022, here below 4.5 of it.
    const hot = { ...task, size: 64, temperature: 1e9, sweeps: 10, samples: 129 };
    const spins = sampleChain(hot);
    expect(Math.abs(energyOn(squareLattice(64), spins, 128 * 4096))).toBeLessThan(0.1);
    expect(sampleChain({ ...task, size: 2 })).toHaveLength(20);
    expect(sampleChain({ ...task, model: 'triangular-ising', size: 3 })).toHaveLength(45);
  });

  it('refuses in one line what it cannot do', () => {
    expect(() => sampleChain({ ...task, size: 15 })).toThrow(
      'lattice size 15 is no multiple of 2, the number of sublattices that metropolis updates in turn; give an L that is, or take the algorithm wolff',
    );
    expect(() => sampleChain({ ...task, model: 'triangular-ising', size: 20 })).toThrow(/no multiple of 3/);
    expect(() => sampleChain({ ...task, temperature: 0 })).toThrow(/temperature 0 is not above 0/);
    const simulation = new MultiSpinMetropolis(squareLattice(4), 2, new RandomStream(3));
    expect(() => simulation.copySpins(128, new Int8Array(16))).toThrow(RangeError);
  });
});
