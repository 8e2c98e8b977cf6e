// What is read off hidden units, of a made-up network whose units receive +m and -m.
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { Dataset } from '../../../data-adapters/dataset.ts';
import type { Models } from '../../../domains/domain.ts';
import { hiddenUnits } from '../../../domains/phases-of-matter/hidden-units.ts';
import { magnetisations } from '../../../domains/phases-of-matter/observables.ts';

function randomLattices(rows: number): Dataset {
  const random = new RandomStream(1, 'lattices');
  const spins = new Int8Array(rows * 16);
  for (let row = 0; row < rows; row++) {
    const up = random.uniform();
    for (let i = 0; i < 16; i++) spins[row * 16 + i] = random.uniform() < up ? 1 : -1;
  }
  const temperature = new Float64Array(rows).fill(2);
  const none = new Uint32Array(0);
  return new Dataset(
    { spins: { data: spins, shape: [4, 4] }, temperature: { data: temperature, shape: [] } },
    { train: none, validation: none, test: Uint32Array.from({ length: rows }, (_, i) => i) },
    { kind: 'simulated', source: 'made up', seed: 1, notes: [] },
  );
}

/** A network of L = 4 with the given outputs for the magnetisation of each row. */
const network = (outputs: (m: number[]) => Record<string, number[][]>): Models => ({
  ids: ['vae', 'L8-1', 'L4-1'],
  metadata: async () => ({}),
  run: async (id, { spins }) => {
    expect(id).toBe('L4-1');
    const rows = spins.shape[0];
    const m = Array.from({ length: rows }, (_, row) => {
      const own = Array.from(spins.data.subarray(16 * row, 16 * (row + 1)));
      return own.reduce((a, b) => a + b, 0) / 16;
    });
    return Object.fromEntries(
      Object.entries(outputs(m)).map(([name, values]) => [
        name,
        { dtype: 'float32', shape: [rows, values[0].length], data: Float32Array.from(values.flat()) },
      ]),
    );
  },
});

describe('hidden units', () => {
  it('have the mean of their inputs at each magnetisation', async () => {
    const points = await hiddenUnits(
      randomLattices(500),
      network((m) => ({ hidden: m.map((each) => [each, -each]) })),
    );
    expect(points.length).toBeGreaterThan(20);
    for (const { unit, magnetisation, input } of points) {
      // Within half a range of magnetisations, 1 / 21.
      expect(Math.abs(input - (unit === 0 ? magnetisation : -magnetisation))).toBeLessThanOrEqual(
        1 / 21 + 1e-12,
      );
    }
  });

  it('are left out where a model file does not tell them, or there is none', async () => {
    const silent = network((m) => ({ ordered: m.map((each) => [each]) }));
    expect(await hiddenUnits(randomLattices(10), silent)).toEqual([]);
    expect(await hiddenUnits(randomLattices(10), { ...silent, ids: ['L8-1'] })).toEqual([]);
  });

  it('sees the magnetisation of every row', () => {
    const dataset = randomLattices(20);
    const { data } = dataset.column('spins');
    const m = magnetisations(dataset, [3, 7]);
    const third = Array.from(data.subarray(48, 64)).reduce((a, b) => a + b, 0) / 16;
    expect([m.length, m[0]]).toEqual([2, third]);
  });
});
