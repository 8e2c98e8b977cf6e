// More requests than workers, requests that take too long, workers that end: what waits, what is refused, what is left alone.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeFolder, makeLineRun, removeFolder, startTestServer, type TestServer } from './harness.ts';

const folder = makeFolder();
const run = join(folder, 'run');
const servers: TestServer[] = [];
/** One worker, a small queue, little memory. */
let small: TestServer;
beforeAll(async () => {
  await makeLineRun(run);
  small = await start({ maxQueue: 12, maxMemory: 1, maxBody: 1 });
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  removeFolder(folder);
});

async function start(settings: NonNullable<Parameters<typeof startTestServer>[0]>['settings'] = {}) {
  const server = await startTestServer({ named: [run], settings });
  servers.push(server);
  return server;
}

const path = '/api/trying-line/predict';
const infer = '/v2/models/trying-line/infer';
const tensor = (x: number) => ({ inputs: [{ name: 'x', shape: [1, 1], datatype: 'FP32', data: [x] }] });
const blocked = (milliseconds: number) => ({ x: 1, trial: 'block', milliseconds });

/** Value of a metric; of all its labels together. */
async function metric(server: TestServer, name: string): Promise<number> {
  const text = (await server.ask('/metrics')).bytes.toString();
  const lines = [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))];
  return lines.reduce((sum, [, value]) => sum + Number(value), 0);
}

/** Waits until the only worker is at work. */
const untilBusy = (server: TestServer) =>
  vi.waitFor(() => expect(server.running.service.inference.queue.running).toBeGreaterThan(0));

describe('while all workers are busy', () => {
  it('answers whether it lives before they are done, and runs what waits as one batch', async () => {
    const server = small;
    const order: string[] = [];
    const slow = server.post(path, blocked(600)).then(() => order.push('slow'));
    await untilBusy(server);
    const waiting = Array.from({ length: 10 }, (_, x) => server.post(infer, tensor(x)));
    await vi.waitFor(() => expect(server.running.service.inference.queue.queued).toBe(10));
    expect((await server.ask('/v2/health/live')).status).toBe(200);
    order.push('live');
    const answers = await Promise.all(waiting);
    await slow;
    expect(order).toEqual(['live', 'slow']);
    // y = 2 x + 1, each request with its own row.
    for (const [x, { json }] of answers.entries()) expect(json.outputs[0].data[0]).toBeCloseTo(2 * x + 1, 4);
    // One batch of the blocking request and one of the ten.
    expect(await metric(server, 'deepfield_batch_requests_count')).toBe(2);
    expect(await metric(server, 'deepfield_batch_requests_sum')).toBe(11);
  });

  it('refuses at once what the queue has no room for, and says when to come again', async () => {
    const server = small;
    const slow = server.post(path, blocked(500));
    await untilBusy(server);
    const waiting = Array.from({ length: 12 }, (_, x) => server.post(infer, tensor(x)));
    await vi.waitFor(() => expect(server.running.service.inference.queue.queued).toBe(12));
    for (const refused of [
      await server.post(infer, tensor(3)),
      await server.post(path, { x: 1 }),
      await server.ask(`${path}?filename=a.txt`, { method: 'POST', body: '1\n' }),
    ]) {
      expect(refused.status).toBe(503);
      expect(refused.json.error).toContain('12 requests wait already');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    for (const { status } of await Promise.all([slow, ...waiting])) expect(status).toBe(200);
    expect(await metric(server, 'deepfield_refused_total')).toBe(3);
  });

  it('refuses bodies that take too much memory together', async () => {
    const server = small;
    const half = () =>
      server.ask(path, {
        method: 'POST',
        body: `${JSON.stringify(blocked(400))}${' '.repeat(600_000)}`,
        headers: { 'content-type': 'application/json' },
      });
    const first = half();
    await untilBusy(server);
    const second = await half();
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '1']);
    await first;
    // The memory is given back when the first is answered.
    await vi.waitFor(async () => expect((await server.post(path, { x: 1 })).status).toBe(200));
  });
});

describe('deadlines', () => {
  it('give up what runs or waits too long, and the server goes on', async () => {
    const server = await start({ deadline: 0.3 });
    const slow = server.post(path, blocked(1000));
    await untilBusy(server);
    const answers = await Promise.all([slow, server.post(infer, tensor(1))]);
    expect(answers.map(({ status }) => status)).toEqual([504, 504]);
    expect(answers[0].json.error).toBe('no answer within 0.3 s');
    await vi.waitFor(async () => expect((await server.post(infer, tensor(1))).status).toBe(200), {
      timeout: 5000,
    });
  });

  it('of a client that has gone are over', async () => {
    const server = small;
    const slow = server.post(path, blocked(500));
    await untilBusy(server);
    const controller = new AbortController();
    const gone = server
      .ask(infer, { method: 'POST', body: JSON.stringify(tensor(1)), signal: controller.signal })
      .catch(() => 'gone');
    await vi.waitFor(() => expect(server.running.service.inference.queue.queued).toBe(1));
    controller.abort();
    await vi.waitFor(() => expect(server.running.service.inference.queue.queued).toBe(0));
    expect(await gone).toBe('gone');
    expect((await slow).status).toBe(200);
    const [line] = server.log.filter(({ status }) => status === 499);
    expect(line.path).toBe(infer);
  });
});

describe('a worker that ends', () => {
  it('is replaced; its requests fail with an id, and no other does', async () => {
    const server = small;
    const crash = await server.post(path, { x: 1, trial: 'crash' });
    expect(crash.status).toBe(500);
    expect(crash.json.error).toContain(crash.headers.get('x-request-id'));
    const after = await Promise.all([1, 2, 3].map((x) => server.post(path, { x })));
    expect(after.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await metric(server, 'deepfield_worker_restarts_total')).toBe(1);
  });
});

describe('stopping', () => {
  it('lets what was begun end, and is not ready meanwhile', async () => {
    const server = small;
    const slow = server.post(path, blocked(500));
    await untilBusy(server);
    const waiting = server.post(infer, tensor(1));
    await vi.waitFor(() => expect(server.running.service.inference.queue.queued).toBe(1));
    await server.stop();
    servers.splice(servers.indexOf(server), 1);
    expect([(await slow).status, (await waiting).status]).toEqual([200, 200]);
    await expect(fetch(`${server.running.url}/v2`)).rejects.toThrow();
  });
});
