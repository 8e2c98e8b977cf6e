// Inference without express and with it, which a query in the path brings about: the same answer to the same request, good or bad.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, makeLineRun, removeFolder, startTestServer, type TestServer } from './harness.ts';

const folder = makeFolder();
const run = join(folder, 'run');
const key = 'the-only-key-of-the-lab';
let open: TestServer;
let keyed: TestServer;
beforeAll(async () => {
  await makeLineRun(run);
  open = await startTestServer({ named: [run], settings: { maxBody: 1, cors: ['https://lab.example'] } });
  keyed = await startTestServer({ named: [run], settings: { apiKeys: [key] } });
});
afterAll(async () => {
  for (const server of [open, keyed]) await server.stop();
  removeFolder(folder);
});

const infer = '/v2/models/trying-line/infer';
const input = { name: 'x', shape: [2, 1], datatype: 'FP32', data: [1, 2] };
const good = JSON.stringify({ id: 'mine', inputs: [input] });

/** What an answer has of its own, whenever and whoever asked. */
async function answerOf(server: TestServer, path: string, init: RequestInit) {
  const { status, headers, bytes } = await server.ask(path, { method: 'POST', ...init });
  const own = Object.fromEntries([...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)));
  return { status, headers: own, text: bytes.toString(), id: headers.get('x-request-id') };
}

async function bothWays(server: TestServer, path: string, init: RequestInit) {
  const [direct, express] = [
    await answerOf(server, path, init),
    await answerOf(server, `${path}?any=thing`, init),
  ];
  const { id, ...rest } = direct;
  expect(id).toMatch(/^[0-9a-f]{16}$/);
  const { id: other, ...same } = express;
  expect(other).not.toBe(id);
  expect(same).toEqual(rest);
  return rest;
}

describe('a request to a network', () => {
  it.each([
    ['good', infer, { body: good }, 200],
    ['for a version', '/v2/models/trying-line/versions/run/infer', { body: good }, 200],
    ['of a page that may ask', infer, { body: good, headers: { origin: 'https://lab.example' } }, 200],
    ['of one that may not', infer, { body: good, headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['mistaken', infer, { body: good.replace('FP32', 'FP64') }, 400],
    ['without a body', infer, {}, 400],
    ['with a wrong length', infer, { body: good, headers: { 'inference-header-content-length': 'x' } }, 400],
    ['for nothing', '/v2/models/nothing/infer', { body: good }, 404],
    ['too large', infer, { body: ' '.repeat(2 ** 20 + 1) }, 413],
  ])('%s is answered alike', async (_, path, init, status) => {
    const { status: got, headers } = await bothWays(open, path, init);
    expect(got).toBe(status);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('needs a key', async () => {
    expect((await bothWays(keyed, infer, { body: good })).status).toBe(401);
    expect((await bothWays(keyed, infer, { body: good, headers: { 'x-api-key': key } })).status).toBe(200);
  });

  it('is counted and logged by its route', async () => {
    const id = 'told-by-its-route';
    await open.post(infer, { inputs: [input] }, { 'x-request-id': id });
    const [line] = open.log.filter((each) => each.id === id);
    expect(line).toMatchObject({ method: 'POST', path: infer, status: 200 });
    const metrics = (await open.ask('/metrics')).bytes.toString();
    expect(metrics).toContain('route="/v2/models/{model}/infer",status="200"');
  });
});
