// Run by "npm test": a small run from end to end, in a folder of its own. Add what your data must fulfil.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openModels, predictAll, RandomStream, runDomain } from 'deepfield';
import { generate, readRows, readTable } from './data.ts';
import domain, { type Answer } from './domain.ts';

test('learns what a linear method cannot, and answers about the example', async () => {
  const out = await mkdtemp(join(tmpdir(), 'my-science-'));
  try {
    const run = await runDomain(domain, { out, set: ['rows=2000', 'epochs=15'] });
    const models = await openModels(run.paths, 'cpu');
    const answers = (await predictAll(domain, run.config, models, await readRows('example.csv'))) as Answer[];
    // length x width decides: 1.5 x 1 is for yes, -1.5 x 1 for no.
    assert.deepEqual(
      answers.slice(0, 2).map((answer) => answer.class),
      ['yes', 'no'],
    );
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});

test('generated classes follow the probability that is stated', () => {
  const { target, truth } = generate(10_000, new RandomStream(1));
  const yes = target.filter((word) => word === 'yes').length;
  // Their number has a standard deviation of at most sqrt(10,000) / 2 = 50: five of these.
  assert.ok(Math.abs(yes - truth.reduce((sum, p) => sum + p, 0)) < 250);
});

test('a cell that is no number is told by file and row', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'my-science-'));
  const path = join(folder, 'damaged.csv');
  try {
    await writeFile(path, 'mass,label\n1.5,yes\nheavy,no\n');
    await assert.rejects(readTable(path, 'label'), /damaged.csv, row 2: mass is "heavy", expected a number/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
