// What is told of domains and runs, and of the interface itself.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, makeLineRun, removeFolder, startTestServer, type TestServer } from './harness.ts';

let server: TestServer;
const folder = makeFolder();
beforeAll(async () => {
  await makeLineRun(join(folder, 'whole'));
  await makeLineRun(join(folder, 'trained'), 'train');
  server = await startTestServer({ named: [join(folder, 'whole'), join(folder, 'trained')] });
});
afterAll(async () => {
  await server.stop();
  removeFolder(folder);
});

describe('/api/domains', () => {
  it('has all that a page needs, and examples that work when they are pasted', async () => {
    const { json } = await server.ask('/api/domains');
    const [domain] = json.domains;
    expect(domain).toMatchObject({
      name: 'trying-line',
      version: 'trained',
      versions: [
        { version: 'trained', default: true },
        { version: 'whole', default: false },
      ],
      predict: '/api/trying-line/predict',
      reads: ['.txt.gz', '.txt', '.num', '.list'],
      request: { type: 'object', required: ['x'] },
      answer: { type: 'object' },
      // The second example is mistaken, and therefore not shown.
      examples: [{ x: 1 }],
      answersAsFiles: { endings: ['.txt', '.md'], mediaTypes: ['text/plain'] },
    });
    expect(domain.answersAsFiles.options.properties.shift.description).toBe('added to every y');
    for (const example of domain.examples)
      expect((await server.post(domain.predict, example)).status).toBe(200);
  });

  it('has each by itself, in a version', async () => {
    const { json } = await server.ask('/api/domains/trying-line?version=whole');
    expect(json.version).toBe('whole');
    expect((await server.ask('/api/domains/other')).status).toBe(404);
    expect((await server.ask('/api/domains/trying-line?version=other')).status).toBe(404);
  });
});

describe('/api/runs', () => {
  it('lists the runs with their networks', async () => {
    const { json } = await server.ask('/api/runs');
    expect(json.runs.map(({ version }: { version: string }) => version)).toEqual(['trained', 'whole']);
    expect(json.runs[1].networks).toEqual([
      { id: 'line-1', model: 'trying-line.line-1', bytes: expect.any(Number), primary: false },
      { id: 'line2', model: 'trying-line.line2', bytes: expect.any(Number), primary: true },
    ]);
  });

  it('tells of one: card, figures, data', async () => {
    const { json } = await server.ask('/api/runs/trying-line/whole');
    expect(json.card).toContain('# Lines through noisy points');
    expect(json.results.figures.map(({ id }: { id: string }) => id)).toEqual([
      'error-line2',
      'error-lineminus-1',
    ]);
    expect(json.data.parts.line2.provenance.kind).toBe('simulated');
    const trained = await server.ask('/api/runs/trying-line/latest');
    expect(trained.json).toMatchObject({ version: 'trained', card: null, results: null });
  });

  it.each([
    ['card', 'text/markdown; charset=utf-8', '# Lines through noisy points'],
    ['results', 'application/json; charset=utf-8', '"error-line2"'],
    ['evaluation', 'application/json; charset=utf-8', '"curves"'],
    ['report', 'text/html; charset=utf-8', '<!doctype html>'],
  ])('has the %s as a file', async (name, type, content) => {
    const { status, headers, bytes } = await server.ask(`/api/runs/trying-line/whole/${name}`);
    expect([status, headers.get('content-type')]).toEqual([200, type]);
    expect(bytes.toString()).toContain(content);
    expect((await server.ask(`/api/runs/trying-line/trained/${name}`)).status).toBe(404);
  });

  it('finds nothing outside the runs', async () => {
    for (const path of [
      '/api/runs/trying-line/..%2f..%2fetc/card',
      '/api/runs/..%2f/whole/card',
      '/api/runs/trying-line/whole/..%2fstatus.json',
      '/api/runs/trying-line/whole%00/card',
      '/api/runs/__proto__/constructor',
      '/%2e%2e/package.json',
    ])
      expect((await server.ask(path)).status, path).toBe(404);
    expect((await server.ask('/api/runs/%E0%A4%A/x')).status).toBe(400);
  });
});

describe('the interface', () => {
  it('is told as OpenAPI 3.1, with the predictions of each domain as a path of their own', async () => {
    const { json } = await server.ask('/openapi.json');
    expect(json.openapi).toBe('3.1.0');
    expect(json.paths['/api/{domain}/predict']).toBeUndefined();
    const { post } = json.paths['/api/trying-line/predict'];
    expect(post.requestBody.content['application/json'].example).toEqual({ x: 1 });
    expect(post.parameters.map(({ name }: { name: string }) => name)).toContain('lineScale');
    const ids = Object.values(json.paths as Record<string, Record<string, { operationId: string }>>).flatMap(
      (path) => Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is told as a page that loads nothing from elsewhere and runs no script', async () => {
    const { bytes, headers } = await server.ask('/docs');
    const page = bytes.toString();
    expect(page).toContain('/api/trying-line/predict');
    expect(page).not.toMatch(/<script|https?:\/\/[^\s"<]*\.(js|css)|src=/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await server.ask('/docs/style.css')).headers.get('content-type')).toContain('text/css');
    expect((await server.ask('/')).status).toBe(200);
  });

  it('counts', async () => {
    await server.ask('/v2/models/trying-line');
    const text = (await server.ask('/metrics')).bytes.toString();
    expect(text).toMatch(
      /deepfield_requests_total\{method="GET",route="\/v2\/models\/\{model\}",status="200"\} 1/,
    );
    for (const name of [
      'queue_depth',
      'batch_requests',
      'inference_seconds',
      'worker_restarts_total',
      'request_seconds',
    ])
      expect(text).toContain(`deepfield_${name}`);
  });

  it('knows paths and methods that it does not answer', async () => {
    const wrong = await server.ask('/v2/health/live', { method: 'DELETE' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET']);
    expect((await server.ask('/nothing')).json.error).toContain('nothing at "/nothing"');
  });
});

describe('runs that come, change and go', () => {
  it('are picked up', async () => {
    const runs = makeFolder();
    const own = await startTestServer({ runs });
    try {
      expect((await own.ask('/v2/health/ready')).status).toBe(503);
      expect((await own.ask('/api/domains')).json.domains).toEqual([]);
      await makeLineRun(join(runs, 'trying-line', 'a'));
      await makeLineRun(join(runs, 'trying-line', 'half'), 'train');
      await own.running.refresh();
      // One that is not evaluated is not finished.
      expect((await own.ask('/v2/models/trying-line')).json.versions).toEqual(['a']);
      expect((await own.post('/api/trying-line/predict', { x: 3 })).json.predictions[0].answer.y).toBeCloseTo(
        -2,
        4,
      );

      rmSync(join(runs, 'trying-line', 'a'), { recursive: true });
      await makeLineRun(join(runs, 'trying-line', 'a'), 'run', 'slopes=[3]');
      await own.running.refresh();
      // The same name, other networks: y = 3 x + 1.
      expect((await own.post('/api/trying-line/predict', { x: 3 })).json.predictions[0].answer.y).toBeCloseTo(
        10,
        4,
      );
      expect((await own.ask('/v2/models/trying-line.line2')).status).toBe(404);

      rmSync(join(runs, 'trying-line', 'a'), { recursive: true });
      await own.running.refresh();
      expect((await own.ask('/api/runs')).json.runs).toEqual([]);
    } finally {
      await own.stop();
      removeFolder(runs);
    }
  });
});
