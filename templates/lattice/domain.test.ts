// Run by "npm test": a small run from end to end, in a folder of its own. Add what your data must fulfil.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openModels, predictFiles, RandomStream, runDomain } from 'deepfield';
import { generate, readConfigurations } from './data.ts';
import domain, { type Answer } from './domain.ts';
import { crossing } from './figures.ts';

test('tells the phases apart, and answers about the example', async () => {
  const out = await mkdtemp(join(tmpdir(), 'my-science-'));
  try {
    const run = await runDomain(domain, { out, set: ['each=30', 'epochs=10'] });
    const models = await openModels(run.paths, 'cpu');
    const { signal } = new AbortController();
    const { predictions } = await predictFiles(domain, run.config, models, ['example.npy'], signal);
    // The first lattice is of T = 1.2, the second of T = 3.4.
    assert.deepEqual(
      predictions.map(({ answer }) => (answer as Answer).ordered > 0.5),
      [true, false],
    );
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});

test('generated lattices have the magnetisation that is known', () => {
  const { values, temperatures } = generate(16, 50, new RandomStream(1));
  const cold = values.subarray(0, 256 * temperatures.filter((t) => t < 1.21).length);
  const size = Array.from({ length: cold.length / 256 }, (_, i) =>
    Math.abs(cold.slice(256 * i, 256 * (i + 1)).reduce((sum, spin) => sum + spin, 0) / 256),
  );
  // Yang 1952: (1 - sinh(2 / T)^-4)^(1/8) = .9971 at T = 1.2; 50 lattices of 256 spins stray by less than .004.
  assert.ok(Math.abs(size.reduce((sum, m) => sum + m, 0) / size.length - 0.9971) < 0.004);
});

test('a crossing lies on the line between two points', () => {
  assert.equal(
    crossing(
      [
        [1, 1],
        [2, 0.75],
        [3, 0.25],
        [4, 0],
      ],
      0.5,
    ),
    2.5,
  );
});

test('a file that is no array is refused', async () => {
  await assert.rejects(readConfigurations('README.md'), /README.md/);
});
