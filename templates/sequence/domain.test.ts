// Run by "npm test": a small run from end to end, in a folder of its own. Add what your data must fulfil.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openModels, predictAll, RandomStream, runDomain } from 'deepfield';
import { certainty, feverLast, generate, readEvents } from './data.ts';
import domain, { type Answer } from './domain.ts';

test('learns an order that counts do not show, and answers about the example', async () => {
  const out = await mkdtemp(join(tmpdir(), 'my-science-'));
  try {
    const run = await runDomain(domain, { out, set: ['histories=1500', 'epochs=12'] });
    const models = await openModels(run.paths, 'cpu');
    const asked = await readEvents('example.csv');
    const answers = (await predictAll(domain, run.config, models, asked)) as Answer[];
    assert.deepEqual(
      answers.map((answer) => answer.class),
      ['ill', 'well'],
    );
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});

test('generated labels follow the rule as often as is stated', () => {
  const histories = generate(10_000, new RandomStream(1));
  const right = histories.filter((history) => (history.label === 'ill') === feverLast(history)).length;
  // Standard deviation sqrt(10,000 x .9 x .1) = 30: five of these.
  assert.ok(Math.abs(right - 10_000 * certainty) < 150);
});

test('a table without the columns is refused', async () => {
  await assert.rejects(readEvents('README.md'), /has no column who; give who, when, what/);
});
