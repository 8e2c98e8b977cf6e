import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UserError } from '../../../core/errors.ts';
import { publicQuery } from '../../../data-adapters/public-data/index.ts';
import type { Domain } from '../../../domains/domain.ts';
import { enterEmptyFolder, interruption, deepfield as run } from '../harness.ts';
import { noisyLine } from '../noisy-line.ts';

let folder: string;
let leave: () => void;
beforeEach(() => {
  ({ folder, leave } = enterEmptyFolder());
  mkdirSync('mirror');
  writeFileSync(join('mirror', 'a.txt'), '0,1\n1,3\n');
});
afterEach(() => leave());

const sha256 = createHash('sha256').update('0,1\n1,3\n').digest('hex');

const publicLine: Domain = {
  ...noisyLine,
  name: 'public-line',
  publicData: [
    {
      name: 'two-points',
      title: 'Two points of a line',
      licence: 'CC0',
      home: 'https://example.org/points',
      files: [{ name: 'a.txt', urls: ['file:///nowhere/a.txt'], bytes: 8, sha256 }],
      source: 'a.txt',
      note: 'Too few to learn from.',
    },
    {
      name: 'unsure',
      title: 'Points that nobody vouches for',
      licence: 'none stated',
      home: 'https://example.org/points',
      files: [{ name: 'a.txt', urls: ['file:///nowhere/a.txt'] }],
    },
    {
      name: 'to-order',
      title: 'Points made to order',
      licence: 'CC0',
      home: 'https://example.org/points',
      query: publicQuery({
        schema: z.strictObject({ count: z.int().min(1).default(3).describe('points') }),
        folder: ({ count }) => `count${count}`,
        files: async ({ count }) => [
          { name: 'a.txt', urls: [pathToFileURL(join(folder, 'mirror', `${count}.txt`)).href] },
        ],
      }),
    },
  ],
  async recognise(path) {
    if (path.endsWith('.broken')) throw new UserError({ what: 'is broken', where: path });
    return path.endsWith('.txt') ? 'points of a line' : undefined;
  },
};

const deepfield = (argv: readonly string[], options: Parameters<typeof run>[1] = {}) =>
  run(['data', ...argv], { domains: [publicLine], alone: true, ...options });
const mirror = (): string => pathToFileURL(join(folder, 'mirror')).href;

describe('deepfield data list', () => {
  it('tells of every set its size, licence and whether it is here', async () => {
    const { stdout, code } = await deepfield(['list', '--cache', 'cache']);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'For public-line:\n\ntwo-points\n  Two points of a line\n  8 bytes, SHA-256 known; licence: CC0\n',
    );
    expect(stdout).toContain('size not known, no SHA-256 published here: the first fetch records it');
    expect(stdout).toContain('--query count=3  points');
    expect(stdout).toContain(`They are kept in ${join(folder, 'cache')}`);
    await deepfield(['fetch', 'two-points', '--cache', 'cache', '--mirror', mirror()]);
    expect((await deepfield(['list', '--cache', 'cache'])).stdout).toContain('two-points  (fetched)\n');
    const { datasets } = JSON.parse((await deepfield(['list', '--cache', 'cache', '--json'])).stdout);
    expect(datasets[0]).toMatchObject({ domain: 'public-line', name: 'two-points', fetched: true });
    expect(datasets[2].query).toEqual([
      { path: 'count', type: 'whole number >= 1', default: 3, description: 'points' },
    ]);
  });
});

describe('deepfield data fetch', () => {
  it('places a set and says how to use it', async () => {
    const { code, stdout, stderr } = await deepfield([
      'fetch',
      'two-points',
      '--cache',
      'my cache',
      '--mirror',
      mirror(),
    ]);
    expect(code).toBe(0);
    const path = join(folder, 'my cache', 'two-points', 'a.txt');
    expect(readFileSync(path, 'utf8')).toBe('0,1\n1,3\n');
    expect(stdout).toBe(
      `data     ${path}\n         1 file, fetched\nnext     npx deepfield run public-line --source ${JSON.stringify(path)}\n`,
    );
    expect(stderr).toContain('Two points of a line; licence: CC0\n');
    expect(stderr).toMatch(/fetching a\.txt: 1 kB in /);
    expect(stderr).toContain('Too few to learn from.\n');
    const again = await deepfield(['fetch', 'two-points', '--cache', 'my cache', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({
      domain: 'public-line',
      source: path,
      files: [{ name: 'a.txt', bytes: 8, sha256, fetched: false, known: 'catalogue' }],
    });
  });

  it('says when nobody vouches for what came', async () => {
    const { stderr } = await deepfield(['fetch', 'unsure', '--cache', 'c', '--mirror', mirror()]);
    expect(stderr).toContain('no SHA-256 is known beforehand for 1 of its files');
  });

  it('uses the XDG cache', async () => {
    const before = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = join(folder, 'xdg');
    try {
      await deepfield(['fetch', 'two-points', '--mirror', mirror()]);
      expect(existsSync(join(folder, 'xdg', 'deepfield', 'data', 'two-points', 'a.txt'))).toBe(true);
    } finally {
      if (before === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = before;
    }
  });

  it('fetches to order', async () => {
    writeFileSync(join('mirror', '5.txt'), 'five');
    const { stdout } = await deepfield(['fetch', 'to-order', '--cache', 'c', '--query', 'count=5', '--json']);
    expect(JSON.parse(stdout).folder).toBe(join(folder, 'c', 'to-order', 'count5'));
  });

  it.each([
    [['fetch', 'two-point'], 'no public data set "two-point"; did you mean two-points?'],
    [['fetch', 'xyz'], 'there are: two-points, unsure, to-order'],
    [['fetch', 'two-points', '--query', 'a=1'], '--query: two-points is not made to order; leave it out'],
    [['fetch', 'to-order', '--query', 'cont=5'], '--query: to-order knows no cont; did you mean count?'],
    [['fetch', 'to-order', '--query', 'count'], '--query: expected key=value, got "count"'],
    [['fetch', 'to-order', '--query', 'count=0'], '--query count: expected whole number >= 1, got 0'],
    [['fetch', 'two-points', '--mirror', 'mirror'], '--mirror: "mirror" is no address'],
    [['fetch', 'two-points'], 'a.txt: cannot be fetched: file:///nowhere/a.txt'],
    [['fetch'], "missing required argument 'name'"],
    [['fetch', 'two-points', '--csche', 'c'], "unknown option '--csche'; did you mean --cache?"],
    [['lst'], "unknown command 'lst'; did you mean list?"],
  ])('refuses %j in one line', async (argv, message) => {
    const { code, stderr } = await deepfield([...argv, ...(argv.length > 1 ? ['--cache', 'c'] : [])]);
    expect(code).toBe(2);
    const last = stderr.trimEnd().split('\n').at(-1);
    expect(last).toMatch(/^error: /);
    expect(last).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it('stops at Ctrl-C', async () => {
    const { signal, interrupt } = interruption();
    interrupt();
    const { code } = await deepfield(['fetch', 'two-points', '--cache', 'c', '--mirror', mirror()], {
      signal,
    });
    expect(code).toBe(130);
    expect(existsSync(join('c', 'two-points', 'a.txt'))).toBe(false);
  });
});

describe('deepfield data verify', () => {
  it('compares every fetched file, and tells how to mend', async () => {
    const nothing = await deepfield(['verify', '--cache', 'c']);
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain('nothing has been fetched; fetch it first');
    await deepfield(['fetch', 'two-points', '--cache', 'c', '--mirror', mirror()]);
    const sound = await deepfield(['verify', '--cache', 'c']);
    expect(sound.code).toBe(0);
    expect(sound.stdout).toBe('two-points  a.txt  whole\n');
    writeFileSync(join('c', 'two-points', 'a.txt'), '0,1\n1,4\n');
    const spoilt = await deepfield(['verify', 'two-points', '--cache', 'c', '--json']);
    expect(spoilt.code).toBe(2);
    expect(JSON.parse(spoilt.stdout).datasets[0].files[0].state).toBe('other');
    expect(spoilt.stderr).toContain(
      'not as it should be: two-points; mend it: deepfield data fetch two-points',
    );
    rmSync(join('c', 'two-points', 'a.txt'));
    expect((await deepfield(['verify', '--cache', 'c'])).stdout).toBe('two-points  a.txt  missing\n');
  });
});

describe('deepfield data describe', () => {
  it('says what a file is and who would read it', async () => {
    const { stdout } = await deepfield(['describe', 'mirror/a.txt']);
    expect(stdout).toBe(
      'mirror/a.txt: text table\n  2 rows\n  2 columns without names (no header)\n\nIt would be read as\n' +
        '  points of a line\n  npx deepfield run public-line --source mirror/a.txt\n',
    );
    const { stdout: json } = await deepfield(['describe', 'mirror/a.txt', '--json']);
    expect(JSON.parse(json)).toMatchObject({
      path: 'mirror/a.txt',
      format: 'text table',
      readers: [{ domain: 'public-line', finds: 'points of a line' }],
    });
  });

  it('says so when no domain would', async () => {
    for (const name of ['x.bin', 'x.broken']) {
      writeFileSync(name, Uint8Array.of(7, 0, 7));
      const { stdout, code } = await deepfield(['describe', name]);
      expect(code).toBe(0);
      expect(stdout).toContain('No domain reads it as it is');
    }
    const { code, stderr } = await deepfield(['describe', 'mirrr']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: mirrr: no such file or folder; did you mean .*mirror\?\n$/);
  });
});

describe('deepfield data', () => {
  it('alone shows its commands', async () => {
    const { code, stdout, stderr } = await deepfield([]);
    expect(code).toBe(0);
    expect(stdout + stderr).toContain('describe <path>');
    expect(stderr).not.toContain('error');
  });
});
