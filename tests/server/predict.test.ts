// /api/{domain}/predict: items as JSON, files answered by JSON and by files, and what is wrong with them.
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeFolder, makeLineRun, removeFolder, startTestServer, type TestServer } from './harness.ts';

let server: TestServer;
const folder = makeFolder();
beforeAll(async () => {
  for (const name of ['first', 'second']) await makeLineRun(join(folder, name));
  server = await startTestServer({
    named: [join(folder, 'first'), join(folder, 'second')],
    settings: { maxBody: 1, maxUpload: 2, maxUnpacked: 1 },
  });
});
afterAll(async () => {
  await server.stop();
  removeFolder(folder);
});

const path = '/api/trying-line/predict';
const near = 4;

const send = (query: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  server.ask(`${path}${query}`, { method: 'POST', body, headers });

describe('items', () => {
  it('answers one, by the newest version', async () => {
    const { status, json } = await server.post(path, { x: 3 });
    expect(status).toBe(200);
    const [{ index, answer, text }] = json.predictions;
    expect(json).toMatchObject({ domain: 'trying-line', version: 'second', failed: 0 });
    expect([index, answer.line, text]).toEqual([0, 'first', `y = ${answer.y.toFixed(3)}`]);
    // The first network of the run: y = 1 - x.
    expect(answer.y).toBeCloseTo(-2, near);
  });

  it('answers a list, in which each bad item fails alone with its place', async () => {
    const items = [{ x: 1 }, { x: 'one' }, { x: 2, trial: 'mistake' }, { y: 1 }, { x: 0 }];
    const { status, json } = await server.post(`${path}?version=first`, items);
    expect(status).toBe(200);
    expect([json.version, json.failed]).toEqual(['first', 3]);
    expect(json.predictions.map(({ index }: { index: number }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(json.predictions[1]).toEqual({ index: 1, error: 'x: expected number, got "one"' });
    expect(json.predictions[2]).toEqual({ index: 2, error: 'x: x is not liked; give another' });
    expect(json.predictions[3].error).toBe('x: is missing');
    expect(json.predictions[4].answer.y).toBeCloseTo(1, near);
    expect((await server.post(path, [])).json.predictions).toEqual([]);
  });

  it.each([
    [{ x: 1, z: 2 }, 'no key "z" here'],
    [{ x: 1, trial: 'nonsense' }, 'trial: expected mistake | bug | block | crash, got "nonsense"'],
    ['one', 'expected an object, got "one"'],
  ])('a single %j is 400', async (item, message) => {
    const { status, json } = await server.post(path, item);
    expect([status, json.error]).toEqual([400, expect.stringContaining(message)]);
  });

  it('tells a bug by an id that is in the log, and only to the request that met it', async () => {
    const [bad, good] = await Promise.all([
      server.post(path, [{ x: 1, trial: 'bug' }]),
      server.post(path, { x: 3 }),
    ]);
    expect(bad.status).toBe(500);
    const id = bad.headers.get('x-request-id');
    expect(bad.json.error).toContain(id);
    expect(bad.json.error).not.toContain('TypeError');
    expect(good.status).toBe(200);
    const line = server.log.find((each) => each.id === id && each.err !== undefined);
    expect(JSON.stringify(line)).toContain('a bug on the way');
  });

  it('refuses what it cannot answer so', async () => {
    expect((await server.post('/api/none/predict', {})).status).toBe(404);
    expect((await server.post(`${path}?version=third`, { x: 1 })).status).toBe(404);
    expect((await server.post(`${path}?shift=2`, { x: 1 })).json.error).toContain('no parameter "shift"');
    expect((await server.post(`${path}?version=a&version=b`, { x: 1 })).status).toBe(400);
    expect((await server.post(path, { x: 1 }, { accept: 'image/png' })).status).toBe(406);
    const large = await server.post(path, { x: 1, note: 'a'.repeat(2 ** 20) });
    expect([large.status, large.json.error]).toEqual([413, expect.stringContaining('--max-body')]);
  });

  it('refuses a body that unpacks to more than it may', async () => {
    const bomb = gzipSync(Buffer.alloc(16 * 2 ** 20, 0x20));
    const { status } = await send('', bomb, {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    });
    expect(status).toBe(413);
  });
});

describe('files', () => {
  it('answers by JSON, with warnings and the name that was given', async () => {
    const { status, json } = await send('?filename=C:\\data\\some%20numbers.txt', '1\n20\n');
    expect(status).toBe(200);
    const [{ answer, text, warnings }] = json.predictions;
    expect([answer, warnings]).toEqual([{ rows: 2 }, ['beyond all training']]);
    expect(text).toBe('y = 1.00, -18.00'); // 1 - x, and 1 added by default
    const bad = await send('?filename=../../etc/some%20numbers.txt', 'one\n');
    expect([bad.status, bad.json.error]).toEqual([400, 'some numbers.txt: expected numbers; give some']);
  });

  it('takes options from the query, and refuses those that it does not know', async () => {
    const { json } = await send('?filename=a.num&shift=3&lineScale=2', '1\n');
    expect(json.predictions[0].text).toBe('y = 3.00');
    const bad = await send('?filename=a.num&shift=-3', '1\n');
    expect([bad.status, bad.json.error]).toEqual([
      400,
      'shift: expected number > 0, got -3; /api/domains has the schema',
    ]);
    expect((await send('?filename=a.num&sift=3', '1\n')).json.error).toBe(
      'no parameter "sift"; did you mean shift?',
    );
  });

  it('answers by a file where one is asked for, with the measures in a header', async () => {
    const byAccept = await send('?filename=a.txt', '1\n2\n', { accept: 'text/plain' });
    expect(byAccept.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(byAccept.headers.get('content-disposition')).toBe('attachment; filename=a.answer.txt');
    expect(byAccept.bytes.toString()).toBe('1.00\n0.00\n');
    expect(JSON.parse(byAccept.headers.get('deepfield-answer') ?? '').predictions[0].answer).toEqual({
      rows: 2,
    });
    const byQuery = await send('?format=txt', '1\n', { 'content-type': 'text/plain' });
    expect(byQuery.bytes.toString()).toBe('1.00\n');
    const anything = await send('', '1\n', { 'content-type': 'text/plain', accept: '*/*' });
    expect(anything.json.failed).toBe(0);
  });

  it('reads files that are no more than requests', async () => {
    const { json } = await send('?filename=some.list', '1\n2\n');
    expect(json.predictions).toHaveLength(2);
    expect(json.predictions[1].answer.y).toBeCloseTo(-1, near);
    const bad = await send('?filename=some.list', '1\nx\n');
    expect(bad.json.error).toBe('some.list, line 2: expected a number; give one');
    // The domain answers files of this ending by JSON only.
    expect((await send('?filename=some.list&format=txt', '1\n')).status).toBe(406);
  });

  it.each([
    ['?filename=a.exe', {}, 415, 'has no ending that is known; this domain reads .txt.gz, .txt, .num, .list'],
    ['', { 'content-type': 'image/png' }, 415, 'cannot tell what file this is from the type "image/png"'],
    ['?filename=a.txt', { 'content-encoding': 'gzip' }, 415, 'send the file as it is'],
    ['?filename=a.txt&format=png', {}, 406, 'no answer as "png"; answers are JSON or .txt, .md'],
    ['?filename=a.txt', { accept: 'image/png' }, 406, 'no answer as image/png'],
    ['?filename=a.txt&version=0', {}, 404, 'no version of trying-line "0"'],
  ] as [string, Record<string, string>, number, string][])(
    '%s %j is %i',
    async (query, headers, status, message) => {
      const answer = await send(query, '1\n', headers);
      expect([answer.status, answer.json.error]).toEqual([status, expect.stringContaining(message)]);
    },
  );

  it('refuses files that are empty, too large, or unpack to too much', async () => {
    expect((await send('?filename=a.txt', '')).json.error).toBe('the body is empty; send a file');
    const large = await send('?filename=a.txt', '1'.repeat(2 ** 21 + 1));
    expect([large.status, large.json.error]).toEqual([413, expect.stringContaining('--max-upload')]);
    const bomb = await send('?filename=a.txt.gz', gzipSync(Buffer.alloc(2 ** 21)));
    const tooMuch = [413, expect.stringContaining('unpacks to more than 1 MiB'), 0];
    expect([bomb.status, bomb.json.error, bomb.json.index]).toEqual(tooMuch);
    // A table is known by its first bytes, whatever its name: a million equal numbers are 7.6 MiB.
    const columnData = [{ name: 'x', data: new Array(1_000_000).fill(1.5), type: 'DOUBLE' as const }];
    const table = await send('?filename=a.txt', new Uint8Array(parquetWriteBuffer({ columnData })));
    expect([table.status, table.json.error, table.json.index]).toEqual(tooMuch);
    const damaged = await send('?filename=a.txt', 'PAR1 and no more');
    expect([damaged.status, damaged.json.error]).toEqual([
      400,
      expect.stringMatching(/^a.txt: is damaged or truncated \(Parquet: /),
    ]);
  });

  it('forgets a file whose sender goes away', async () => {
    const { port } = new URL(server.running.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `POST ${path}?filename=a.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n1\n2`,
    );
    await vi.waitFor(() => expect(readdirSync(server.running.service.folder)).toHaveLength(1));
    socket.destroy();
    await vi.waitFor(() => expect(readdirSync(server.running.service.folder)).toEqual([]));
    await vi.waitFor(() => expect(server.log.at(-1)).toMatchObject({ status: 499 }));
    expect(server.log.filter(({ err }) => err !== undefined)).toHaveLength(1); // that of the bug above
  });

  it('leaves nothing of a request behind', async () => {
    await send('?filename=a.txt', '1\n', { accept: 'text/plain' });
    // The folder goes after the answer has been sent.
    await vi.waitFor(() => expect(readdirSync(server.running.service.folder)).toEqual([]));
  });
});
