// Threads that are ended: when the pool is closed, and when a task takes too long.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkers } from '../../server/inference/worker-pool.ts';
import { pack } from '../../server/worker/pack.ts';
import { makeFolder, makeLineRun, removeFolder } from './harness.ts';

const folder = makeFolder();
beforeAll(() => makeLineRun(join(folder, 'run')));
afterAll(() => removeFolder(folder));

it('lets what runs and waits end before it ends the threads, though nobody waits for it any more', async () => {
  let ended = 0;
  const pool = openWorkers(new URL('./line-worker', import.meta.url), 1, () => ended++);
  const run = { root: join(folder, 'run'), stamp: 'any' };
  await pool.run({ kind: 'open', run });
  const item = Buffer.from(JSON.stringify({ x: 3, trial: 'block', milliseconds: 200 }));
  const ask = () =>
    pool.run({ kind: 'items', run, requests: [{ version: 'run', panels: false }], bodies: pack([item]) });
  const asked = [ask(), ask()];
  await pool.close();
  const replies = await Promise.all(asked);
  expect(replies.map(({ heads }) => heads[0].status)).toEqual([200, 200]);
  expect(ended).toBe(0);
});

it('ends a thread when no network runs in it, and not before', async () => {
  let ended = 0;
  const pool = openWorkers(new URL('./line-worker', import.meta.url), 1, () => ended++);
  const run = { root: join(folder, 'run'), stamp: 'any' };
  await pool.run({ kind: 'open', run });
  const force = new AbortController();
  const items = [{ x: 404 }, { x: 3, trial: 'block', milliseconds: 30_000 }];
  const asked = items.map((item) =>
    pool.run(
      {
        kind: 'items',
        run,
        requests: [{ version: 'run', panels: false }],
        bodies: pack([Buffer.from(JSON.stringify(item))]),
      },
      { signal: force.signal },
    ),
  );
  const outcomes = Promise.allSettled(asked);
  setTimeout(() => force.abort(), 100);
  const [, blocked] = await outcomes;
  expect(existsSync(join(folder, 'run', 'ran'))).toBe(true);
  expect(blocked.status).toBe('rejected');
  await pool.close();
  expect(ended).toBeLessThanOrEqual(1);
});
