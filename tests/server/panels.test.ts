// What a person looks at beside an answer, where it is asked for.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

const path = '/api/trying-line/predict';

it('comes with an answer from the request, the outputs of the networks and the evaluation of the run', async () => {
  const { json } = await server.post(`${path}?panels=true&version=whole`, { x: 3 });
  // y = 1 - x by the first network; the evaluation has a figure for each of the two.
  const lines = ['network -2.00', 'answer -2.00', '2 figures'];
  expect(json.predictions[0].panels).toEqual([{ kind: 'notes', title: 'x = 3', lines }]);
  const trained = await server.post(`${path}?panels=true&version=trained`, { x: 3 });
  expect(trained.json.predictions[0].panels[0].lines[2]).toBe('undefined figures');
});

it('does not come where nobody asks, and with the first 24 answers of a request only', async () => {
  for (const query of ['', '?panels=false'])
    expect((await server.post(path + query, { x: 3 })).json.predictions[0]).not.toHaveProperty('panels');
  const items = Array.from({ length: 30 }, (_, x) => (x === 1 ? { x: 'one' } : { x }));
  const { json } = await server.post(`${path}?panels=true`, items);
  const shown = json.predictions.map(({ panels }: { panels?: { title: string }[] }) => panels?.[0].title);
  expect(shown.slice(0, 4)).toEqual(['x = 0', undefined, 'x = 2', 'x = 3']);
  expect(shown.findLastIndex((title: string | undefined) => title !== undefined)).toBe(23);
});

it('comes with the answers of a file that is no more than requests', async () => {
  const answer = await server.ask(`${path}?panels=true&filename=some.list`, {
    method: 'POST',
    body: '1\n2\n',
  });
  expect(
    answer.json.predictions.map(({ panels }: { panels: { title: string }[] }) => panels[0].title),
  ).toEqual(['x = 1', 'x = 2']);
});

it('is true or false', async () => {
  const { status, json } = await server.post(`${path}?panels=maybe`, { x: 3 });
  expect([status, json.error]).toEqual([400, 'panels: expected true or false, got "maybe"']);
});
