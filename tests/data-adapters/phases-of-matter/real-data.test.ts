// Sets that others sampled, where they are present (../shared/data; SOURCES.md there says whose they are).
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import type { Dataset } from '../../../data-adapters/dataset.ts';
import { openLattices, readLattice } from '../../../data-adapters/phases-of-matter/index.ts';

const data = fileURLToPath(new URL('../../../../shared/data/phases-of-matter', import.meta.url));
const splits = { train: 0.8, validation: 0.1, test: 0.1 };
const criticalTemperature = 2 / Math.log(1 + Math.SQRT2);
const open = (source: string, symmetrise = true) =>
  openLattices(source, { random: new RandomStream(3), splits, symmetrise, criticalTemperature });

/** Energy per spin in units of J of row `row`: each site with its right and lower neighbour, periodic. */
function energy({ columns }: Dataset, row: number): number {
  const [size] = columns.spins.shape;
  const spins = columns.spins.data.subarray(row * size * size, (row + 1) * size * size);
  let sum = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const right = spins[i * size + ((j + 1) % size)];
      const below = spins[((i + 1) % size) * size + j];
      sum -= spins[i * size + j] * (right + below);
    }
  }
  return sum / (size * size);
}

function magnetisation({ columns }: Dataset, row: number): number {
  const sites = columns.spins.shape[0] ** 2;
  const spins = columns.spins.data as Int8Array;
  return spins.subarray(row * sites, (row + 1) * sites).reduce((a, b) => a + b, 0) / sites;
}

const rowsAt = ({ columns }: Dataset, temperature: number): number[] =>
  Array.from(columns.temperature.data.keys()).filter(
    (row) => Math.abs(columns.temperature.data[row] - temperature) < 1e-6,
  );
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

const ben = `${data}/ben9871`;
describe.skipIf(!existsSync(ben))(`ben9871's .npz files (skipped without ${ben})`, () => {
  it('26,000 configurations for each of three sizes, 1,000 at each of 26 temperatures', async () => {
    const parts = await open(ben);
    expect(Object.keys(parts)).toEqual(['L10', 'L20', 'L30']);
    for (const dataset of Object.values(parts)) {
      const grid = [...new Set(dataset.columns.temperature.data)].sort((a, b) => a - b);
      expect(grid.length).toBe(26);
      // SOURCES.md: 1.0, 1.104, ..., 3.6
      grid.forEach((t, i) => {
        expect(t).toBeCloseTo(1 + 0.104 * i, 9);
        expect(rowsAt(dataset, t).length).toBe(1000);
      });
      expect(
        [dataset.splits.train, dataset.splits.validation, dataset.splits.test].map((rows) => rows.length),
      ).toEqual([20800, 2600, 2600]);
      const cold = rowsAt(dataset, 1);
      // Yang (1952): M = (1 - sinh(2/T)^-4)^(1/8) = 0.999276 at T = 1. Its spread there is sqrt(chi T / N) < 0.01 at
      // L = 10, so five standard errors of 1,000 samples are below 0.002.
      expect(
        Math.abs(mean(cold.map((row) => Math.abs(magnetisation(dataset, row)))) - 0.999276),
      ).toBeLessThan(0.002);
      // Half of them up: 1,000 fair coins, five standard deviations are 80.
      expect(Math.abs(cold.filter((row) => magnetisation(dataset, row) > 0).length - 500)).toBeLessThan(80);
    }
  });
});

const emauri = `${data}/emauri_L50`;
describe.skipIf(!existsSync(emauri))(`emauri's text files (skipped without ${emauri})`, () => {
  it('10,000 configurations of L = 50 in two archives, 200 at each of 50 temperatures', async () => {
    const { L50, ...others } = await open(emauri, false);
    expect(others).toEqual({});
    const grid = [...new Set(L50.columns.temperature.data)].sort((a, b) => a - b);
    // SOURCES.md: 1.54, 1.57, ..., 3.01
    expect(grid.map((t) => t.toFixed(2))).toEqual(
      Array.from({ length: 50 }, (_, i) => (1.54 + 0.03 * i).toFixed(2)),
    );
    for (const t of grid) expect(rowsAt(L50, t).length).toBe(200);
    // Its author broke the symmetry: no configuration has m > 0, which is why the adapter flips half of them.
    for (let row = 0; row < L50.rows; row++) expect(magnetisation(L50, row)).toBeLessThanOrEqual(0);
    // Kaufman (1949), exact for the finite lattice: e(2.2) is -1.546471 at L = 40 and -1.546476 at L = 60. With
    // c = 1.5 the standard error of 200 samples of 2,500 spins is sqrt(c T^2 / N / 200) = 0.0038; five of them.
    const energies = rowsAt(L50, 2.2).map((row) => energy(L50, row));
    expect(Math.abs(mean(energies) + 1.54647)).toBeLessThan(0.019);
  });

  it('one archive, flipped', async () => {
    const { L50 } = await open(`${emauri}/test.zip`);
    expect(L50.rows).toBe(5000);
    const cold = rowsAt(L50, 1.54).filter((row) => magnetisation(L50, row) > 0);
    // 100 fair coins: five standard deviations are 25.
    expect(Math.abs(cold.length - 50)).toBeLessThan(25);
  });
});

const models = `${data}/quantumqist_models/L10_fc100.npz`;
describe.skipIf(!existsSync(models))(`a .npz that holds no lattices (skipped without ${models})`, () => {
  it('is refused with a list of its arrays', async () => {
    await expect(open(models)).rejects.toThrow(
      /cannot tell which array.*0_weight \(100, 100\) <f4; 0_bias \(100\) <f4/,
    );
    await expect(readLattice(models)).rejects.toThrow('cannot tell which array');
  });
});
