// Who may ask, and how often.
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, makeLineRun, removeFolder, startTestServer, type TestServer } from './harness.ts';

const folder = makeFolder();
const run = join(folder, 'run');
const servers: TestServer[] = [];
beforeAll(() => makeLineRun(run));
afterAll(async () => {
  for (const server of servers) await server.stop();
  removeFolder(folder);
});

async function start(settings: Parameters<typeof startTestServer>[0]['settings']): Promise<TestServer> {
  const server = await startTestServer({ named: [run], settings });
  servers.push(server);
  return server;
}

const path = '/api/trying-line/predict';
const keys = ['first-key-of-the-lab', 'second-key-of-the-lab'];

/** A request with a Host of its own, which fetch does not allow. */
function withHost(server: TestServer, host: string): Promise<number | undefined> {
  const { port } = new URL(server.running.url);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/v2', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('keys', () => {
  it('are asked for everywhere but at the doors', async () => {
    const server = await start({ apiKeys: keys });
    for (const open of [
      '/',
      '/docs',
      '/docs/style.css',
      '/openapi.json',
      '/v2/health/live',
      '/v2/health/ready',
    ])
      expect((await server.ask(open)).status, open).toBe(200);
    for (const closed of [
      '/v2',
      '/metrics',
      '/api/domains',
      '/api/runs',
      '/v2/models/trying-line',
      '/nothing',
    ]) {
      const { status, headers, json } = await server.ask(closed);
      expect([status, headers.get('www-authenticate')], closed).toEqual([401, 'Bearer']);
      expect(json.error).toContain('no valid key');
    }
    expect((await server.post(path, { x: 1 })).status).toBe(401);
  });

  it('fit in either header, whichever of them it is', async () => {
    const server = servers[0];
    for (const key of keys) {
      expect((await server.ask('/v2', { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
      expect((await server.ask('/v2', { headers: { 'x-api-key': key } })).status).toBe(200);
    }
    for (const wrong of ['', 'first-key-of-the-la', 'first-key-of-the-labx', keys.join(' ')])
      expect((await server.ask('/v2', { headers: { authorization: `Bearer ${wrong}` } })).status, wrong).toBe(
        401,
      );
    const { json } = await server.ask('/openapi.json');
    expect(json.paths['/v2'].get.security).toEqual([{ bearer: [] }, { key: [] }]);
    expect(json.paths['/docs'].get.security).toEqual([]);
  });
});

describe('pages of other sites', () => {
  it('may not ask unless they are named', async () => {
    const server = await start({ cors: ['https://lab.example'] });
    const preflight = (origin: string) =>
      server.ask(path, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    const good = await preflight('https://lab.example');
    expect([good.status, good.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'https://lab.example',
    ]);
    const bad = await preflight('https://evil.example');
    expect([bad.status, bad.headers.get('access-control-allow-origin')]).toEqual([405, null]);
    const cross = { 'sec-fetch-site': 'cross-site' };
    expect((await server.post(path, { x: 1 }, { ...cross, origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect((await server.post(path, { x: 1 }, { ...cross, origin: 'https://lab.example' })).status).toBe(200);
  });

  it('do not reach a server of this machine by a name of their own', async () => {
    const [, server] = servers;
    expect(await withHost(server, 'evil.example')).toBe(403);
    expect(await withHost(server, 'evil.example:8000')).toBe(403);
    for (const host of ['localhost:8000', '127.0.0.1', '[::1]:8000'])
      expect(await withHost(server, host)).toBe(200);
    // With a key the name does not matter.
    expect(await withHost(servers[0], 'lab.example')).toBe(401);
  });

  it('are sent the headers of helmet', async () => {
    const { headers } = await servers[1].ask('/docs');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('requests', () => {
  it('are counted by address where there is a limit', async () => {
    const server = await start({ rateLimit: 4 });
    // The contract that answers are held to takes one of them.
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await server.ask('/v2')).status);
    expect(statuses.slice(0, 2)).toEqual([200, 200]);
    const last = await server.ask('/v2');
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await server.ask('/v2/health/live')).status).toBe(200);
  });

  it('have an id, theirs where it is a plain one', async () => {
    const [, server] = servers;
    const own = await server.ask('/v2', { headers: { 'x-request-id': 'run-7.a' } });
    expect(own.headers.get('x-request-id')).toBe('run-7.a');
    const strange = await server.ask('/v2', { headers: { 'x-request-id': '<script>' } });
    expect(strange.headers.get('x-request-id')).toMatch(/^[0-9a-f]{16}$/);
    expect(server.log.some(({ id, path: at }) => id === 'run-7.a' && at === '/v2')).toBe(true);
  });
});
