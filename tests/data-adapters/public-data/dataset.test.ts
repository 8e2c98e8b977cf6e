import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UserError } from '../../../core/errors.ts';
import {
  cacheFolder,
  type FetchDatasetOptions,
  fetchDataset,
  type PublicDataset,
  publicQuery,
  verifyDataset,
} from '../../../data-adapters/public-data/index.ts';
import { zipFile } from '../formats/zip-fixtures.ts';
import { FileServer } from './file-server.ts';

const text = (words: string): Uint8Array => Buffer.from(words);
const sha256Of = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

const zipOf = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipFile(Object.entries(files).map(([name, words]) => ({ name, content: text(words) })));

let server: FileServer;
let cache: string;
beforeEach(async () => {
  server = await FileServer.start();
  server.files.set('known.csv', text('1,2\n'));
  server.files.set('unknown.csv', text('3,4\n'));
  cache = mkdtempSync(join(tmpdir(), 'cache-'));
});
afterEach(async () => {
  await server.stop();
  rmSync(cache, { recursive: true, force: true });
});

const set = (): PublicDataset => ({
  name: 'small',
  title: 'A small set',
  licence: 'CC0',
  home: 'https://example.org',
  files: [
    { name: 'known.csv', urls: [server.url('known.csv')], bytes: 4, sha256: sha256Of(text('1,2\n')) },
    { name: 'more/unknown.csv', urls: [server.url('unknown.csv')] },
  ],
});

const fetchSet = (dataset = set(), options: Partial<FetchDatasetOptions> = {}) =>
  fetchDataset(dataset, { cache, pause: 0, ...options });
const lockOf = (name: string) => JSON.parse(readFileSync(join(cache, `${name}.lock.json`), 'utf8')).files;

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).message).not.toContain('\n');
  return (error as UserError).message;
}

describe('fetchDataset', () => {
  it('places every file and records what came beside the folder', async () => {
    const { folder, source, files } = await fetchSet();
    expect(folder).toBe(join(cache, 'small'));
    expect(source).toBe(folder);
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual([
      'known.csv',
      'more',
      'more/unknown.csv',
    ]);
    expect(files.map(({ name, fetched, known }) => [name, fetched, known])).toEqual([
      ['known.csv', true, 'catalogue'],
      ['more/unknown.csv', true, 'first'],
    ]);
    expect(lockOf('small')['more/unknown.csv']).toMatchObject({
      bytes: 4,
      sha256: sha256Of(text('3,4\n')),
      url: server.url('unknown.csv'),
    });
  });

  it('fetches nothing twice, and again what was damaged', async () => {
    await fetchSet();
    const before = server.requests.length;
    const again = await fetchSet();
    expect(again.files.map(({ fetched, known }) => [fetched, known])).toEqual([
      [false, 'catalogue'],
      [false, 'lock'],
    ]);
    expect(server.requests.length).toBe(before);
    writeFileSync(join(cache, 'small', 'known.csv'), '1,3\n');
    const lines: string[] = [];
    await fetchSet(set(), { log: (line) => lines.push(line) });
    expect(readFileSync(join(cache, 'small', 'known.csv'), 'utf8')).toBe('1,2\n');
    expect(lines).toEqual([
      expect.stringMatching(/^known\.csv has the SHA-256 \w+, expected \w+: fetched again$/),
    ]);
  });

  it('does not take a file of unknown origin for its own', async () => {
    mkdirSync(join(cache, 'small', 'more'), { recursive: true });
    writeFileSync(join(cache, 'small', 'more', 'unknown.csv'), '9,9\n');
    await fetchSet();
    expect(readFileSync(join(cache, 'small', 'more', 'unknown.csv'), 'utf8')).toBe('3,4\n');
  });

  it('holds a file without a published hash to what was fetched first', async () => {
    await fetchSet();
    rmSync(join(cache, 'small'), { recursive: true });
    server.files.set('unknown.csv', text('3,5\n'));
    const message = await refusal(fetchSet());
    expect(message).toContain(`expected ${sha256Of(text('3,4\n'))}`);
    expect(message).toContain(`delete ${join(cache, 'small.lock.json')}`);
    rmSync(join(cache, 'small.lock.json'));
    await fetchSet();
    expect(lockOf('small')['more/unknown.csv'].sha256).toBe(sha256Of(text('3,5\n')));
  });

  it('prefers a mirror, over http or file, and goes on without it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mirror-'));
    mkdirSync(join(folder, 'more'));
    writeFileSync(join(folder, 'more', 'unknown.csv'), '7,7\n');
    await fetchSet(set(), { mirror: pathToFileURL(folder).href });
    expect(readFileSync(join(cache, 'small', 'more', 'unknown.csv'), 'utf8')).toBe('7,7\n');
    expect(lockOf('small')['more/unknown.csv'].url).toBe(
      pathToFileURL(join(folder, 'more', 'unknown.csv')).href,
    );
    // known.csv is not there: it came from its own address.
    expect(lockOf('small')['known.csv'].url).toBe(server.url('known.csv'));
  });

  it('unpacks an archive whole, once, and again when its folder has gone', async () => {
    server.files.set('set.zip', zipOf({ 'csv/a.csv': '1\n', 'csv/b.csv': '2\n' }));
    const zipped: PublicDataset = {
      ...set(),
      name: 'zipped',
      source: 'set/csv',
      files: [{ name: 'set.zip', urls: [server.url('set.zip')], unpack: true }],
    };
    const { source } = await fetchSet(zipped);
    expect(readdirSync(source).sort()).toEqual(['a.csv', 'b.csv']);
    const { ino } = statSync(join(cache, 'zipped', 'set'));
    await fetchSet(zipped);
    expect(statSync(join(cache, 'zipped', 'set')).ino).toBe(ino);
    rmSync(join(cache, 'zipped', 'set'), { recursive: true });
    expect((await verifyDataset(zipped, { cache }))?.at(-1)).toEqual({ name: 'set', state: 'missing' });
    await fetchSet(zipped);
    expect(readdirSync(source)).toHaveLength(2);
  });

  it('leaves no folder of an archive that is damaged or reaches outside', async () => {
    const bad = [
      { name: 'a.csv', content: text('1\n') },
      { name: 'b.csv', content: text('2\n'), lie: { crc: 1 } },
    ];
    server.files.set('bad.zip', zipFile(bad));
    server.files.set('out.zip', zipOf({ '../out.csv': '1\n' }));
    for (const name of ['bad.zip', 'out.zip']) {
      const files = [{ name, urls: [server.url(name)], unpack: true }];
      expect(await refusal(fetchSet({ ...set(), name: 'z', files }))).toContain(name);
      expect(existsSync(join(cache, 'z', name.slice(0, 3)))).toBe(false);
    }
    expect(existsSync(join(cache, 'z', 'out.csv'))).toBe(false);
    expect(readdirSync(join(cache, 'z')).sort()).toEqual(['bad.zip', 'out.zip']);
  });

  it('puts the answer to a query into a folder of its own', async () => {
    server.files.set('list', text('5'));
    server.files.set('5.txt', text('five'));
    const asked: PublicDataset = {
      name: 'asked',
      title: 'Made to order',
      licence: 'CC0',
      home: 'https://example.org',
      query: publicQuery({
        schema: z.strictObject({ n: z.number() }),
        folder: ({ n }) => `n${n}`,
        files: async (_, ask) => {
          const name = `${await ask(server.url('list'))}.txt`;
          return [{ name, urls: [server.url(name)] }];
        },
      }),
    };
    const { folder } = await fetchSet(asked, { query: { n: 1 } });
    expect(folder).toBe(join(cache, 'asked', 'n1'));
    expect(readdirSync(folder)).toEqual(['5.txt']);
    await fetchSet(asked, { query: { n: 2 } });
    expect(Object.keys(lockOf('asked'))).toEqual(['n1/5.txt', 'n2/5.txt']);
    expect((await verifyDataset(asked, { cache }))?.map(({ state }) => state)).toEqual(['whole', 'whole']);
    server.files.delete('list');
    expect(await refusal(fetchSet(asked, { query: { n: 1 } }))).toContain('answers 404');
  });

  it('refuses a cache that is a file, and a damaged lock file', async () => {
    writeFileSync(join(cache, 'file'), '');
    expect(await refusal(fetchDataset(set(), { cache: join(cache, 'file') }))).toContain(
      'is a file, not a folder',
    );
    for (const damaged of ['{', '{"files":{"a":{}}}', '[]']) {
      writeFileSync(join(cache, 'small.lock.json'), damaged);
      expect(await refusal(fetchSet())).toContain('is no lock file of fetched data');
    }
  });
});

describe('verifyDataset', () => {
  it('says of every file whether it is whole, missing or another', async () => {
    expect(await verifyDataset(set(), { cache })).toBeUndefined();
    await fetchSet();
    const states = async () => (await verifyDataset(set(), { cache }))?.map(({ state }) => state);
    expect(await states()).toEqual(['whole', 'whole']);
    writeFileSync(join(cache, 'small', 'known.csv'), '1,2\n1');
    rmSync(join(cache, 'small', 'more', 'unknown.csv'));
    expect(await verifyDataset(set(), { cache })).toEqual([
      { name: 'known.csv', state: 'other', what: 'has 5 bytes, expected 4' },
      { name: 'more/unknown.csv', state: 'missing' },
    ]);
  });
});

describe('cacheFolder', () => {
  it('is what the user chose, else the XDG cache, else that of the home folder', () => {
    expect(cacheFolder('/a/b', { XDG_CACHE_HOME: '/c' })).toBe('/a/b');
    expect(cacheFolder(undefined, { XDG_CACHE_HOME: '/c' })).toBe('/c/deepfield/data');
    const ours = join(homedir(), '.cache', 'deepfield', 'data');
    expect(cacheFolder(undefined, {})).toBe(ours);
    expect(cacheFolder(undefined, { XDG_CACHE_HOME: '' })).toBe(ours);
    expect(cacheFolder(undefined, { XDG_CACHE_HOME: 'relative' })).toBe(ours);
  });
});
