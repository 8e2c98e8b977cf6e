// Run by "npm test": a small run from end to end, in a folder of its own. Add what your data must fulfil.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openModels, predictFiles, RandomStream, runDomain } from 'deepfield';
import { generate, readFolder } from './data.ts';
import domain, { type Answer } from './domain.ts';

test('tells shapes apart, and answers about the example', async () => {
  const out = await mkdtemp(join(tmpdir(), 'my-science-'));
  try {
    const run = await runDomain(domain, { out, set: ['pictures=2000', 'epochs=12'] });
    const models = await openModels(run.paths, 'cpu');
    const { signal } = new AbortController();
    const { predictions } = await predictFiles(domain, run.config, models, ['example.png'], signal);
    assert.deepEqual(
      predictions.map(({ answer }) => (answer as Answer).class),
      ['cross'],
    );
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});

test('generated pictures are brighter where their shape is, whatever it is', () => {
  const { pixels, labels } = generate(40, 28, new RandomStream(1));
  assert.equal(new Set(labels).size, 4);
  // Paper has 60 with a deviation of 15 alone; a shape adds 110 to 180.
  assert.ok(Math.max(...pixels) > 60 + 110);
});

test('a folder without folders of pictures is refused', async () => {
  await assert.rejects(readFolder('.', 28, new AbortController().signal), /holds no folder of pictures/);
});
