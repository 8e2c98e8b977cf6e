// Domains of a user's own by --domain and deepfield.config.ts, and whatever may be wrong with them.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { version } from '../../../pipelines/package-root.ts';
import { root } from '../../house/sources.ts';
import { deepfield, enterEmptyFolder, latestRun } from '../harness.ts';

const fixture = join(root, 'tests', 'fixtures', 'own-domain');
const text = readFileSync(join(fixture, 'domain.ts'), 'utf8');

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
  cpSync(fixture, 'mine', { recursive: true });
});
afterEach(() => leave());

/** Puts the domain under test in place, with something changed. */
const change = (before: string, after: string): void => {
  expect(text).toContain(before);
  writeFileSync('mine/domain.ts', text.replace(before, after));
};

describe('--domain', () => {
  it.each(['mine', './mine/', 'mine/domain.ts', join('.', 'mine', 'domain.ts')])('takes %s', async (path) => {
    const { code, stdout } = await deepfield(['info', '--domain', path]);
    expect(code).toBe(0);
    expect(stdout).toContain('A line of my own (own-line)');
    // There is no paper to be named.
    expect(stdout).not.toContain('Paper\n');
  });

  it('runs it, and records its name and where it came from', async () => {
    const { code, stderr } = await deepfield(['run', '--domain', 'mine', '--set', 'slope=3']);
    expect(stderr).toContain('A line of my own');
    expect(code).toBe(0);
    const { status, report, modelCard } = await latestRun();
    const from = resolve('mine/domain.ts');
    expect(JSON.parse(readFileSync(status, 'utf8'))).toMatchObject({ domain: 'own-line', from });
    expect(readFileSync(report, 'utf8')).toContain(`run own-line --preset quick --seed 1 --domain ${from}`);
    expect(readFileSync(modelCard, 'utf8')).not.toContain('doi');
  });

  it('is wanted again for the run, unless deepfield.config.ts names the domain', async () => {
    await deepfield(['run', 'own-line', '--domain', 'mine', '--set', 'slope=3']);
    writeFileSync('x.txt', '2');
    const ask = ['predict', 'latest', 'x.txt', '--json'];
    const { code, stderr } = await deepfield(ask);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(
      `its domain own-line is not known here; give --domain ${resolve('mine/domain.ts')}`,
    );
    // y = 3 x + 1 at 2, in single precision.
    const answer = async (...more: string[]) =>
      JSON.parse((await deepfield([...ask, ...more])).stdout).predictions[0].answer.y;
    expect(await answer('--domain', 'mine')).toBeCloseTo(7, 5);
    writeFileSync('deepfield.config.ts', "export default { domains: { 'own-line': './mine/domain.ts' } };");
    expect(await answer()).toBeCloseTo(7, 5);
    for (const verb of [['report'], ['evaluate'], ['resume']])
      expect((await deepfield([...verb, 'latest'])).code, verb[0]).toBe(0);
    expect((await deepfield(['train', 'own-line'])).code).toBe(0);
    expect((await deepfield(['list'])).stdout).toContain('own-line');
  });

  it('is named in the words that go on with a run', async () => {
    const { stdout } = await deepfield(['prepare', '--domain', './mine']);
    expect(stdout).toContain('--domain ./mine\n');
    const [, words] = /npx deepfield (resume .*)/.exec(stdout) ?? [];
    expect((await deepfield(words.split(' '))).code).toBe(0);
  });

  it('is named wherever somebody is told to resume', async () => {
    const own = `--domain ${resolve('mine/domain.ts')}`;
    const { stdout } = await deepfield(['prepare', '--domain', 'mine']);
    const [, root] = /run {6}(\S+)/.exec(stdout) ?? [];
    const words = `deepfield resume ${root} ${own}`;
    writeFileSync('x.txt', '2');
    const early = await deepfield(['predict', root, 'x.txt', '--domain', 'mine']);
    expect(early.stderr).toContain(`the run is not trained yet; finish it with "${words}"`);
    expect((await deepfield(words.split(' ').slice(1))).code).toBe(0);
    const failed = await deepfield(['run', '--domain', 'mine', '--set', 'failing=true', '--out', 'r']);
    expect(failed.stderr).toContain(
      `train failed; when that is mended, go on with: npx deepfield resume r ${own}\n`,
    );
  });

  it('has a bug of the domain told as such', async () => {
    const { code, stderr } = await deepfield(['run', '--domain', 'mine', '--set', 'failing=true']);
    expect(code).toBe(1);
    expect(stderr).toContain('This is a bug in your domain own-line');
    expect(stderr).toContain('mine/domain.ts:');
  });
});

describe('a domain that will not do is told in one line, exit 2:', () => {
  const refused = async (message: string | RegExp, ...argv: string[]): Promise<void> => {
    const { code, stderr } = await deepfield(argv.length > 0 ? argv : ['info', '--domain', 'mine']);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  };

  it('a path with nothing at it', () =>
    refused(/^error: mime: no such file or folder; did you mean .*mine\?/, 'info', '--domain', 'mime'));

  it('a folder without one', async () => {
    mkdirSync('empty');
    await refused('empty: holds no domain.ts', 'info', '--domain', 'empty');
  });

  it('a path in the place of a name', () =>
    refused('is it one of your own? give it by --domain ./mine', 'run', './mine'));

  it('another name beside it', () =>
    refused('--domain: its name is own-line, not noisy-line', 'run', 'noisy-line', '--domain', 'mine'));

  it('no default export', async () => {
    change('export default defineDomain', 'export const domain = defineDomain');
    await refused(/mine\/domain\.ts: has no default export that is a domain/);
  });

  it.each([
    ["name: 'own-line'", "name: 'Own line'", 'its name is wrong: expected small letters, digits and -'],
    ["title: 'A line of my own',", '', 'its title is wrong'],
    ['config,\n', 'config: {} as typeof config,\n', 'its config is wrong: expected a zod schema'],
    ['figures: async () => [],', '', 'its figures is wrong: expected a function'],
    ['presets: { quick: {}, ', 'presets: { ', 'its presets.quick is wrong'],
    ["reads: ['.txt']", 'reads: []', 'its predict.reads is wrong'],
    ['decode: ({ x })', 'decodes: ({ x })', 'its predict.decode is wrong: expected a function'],
  ])('%s changed to %j', async (before, after, message) => {
    change(before, after);
    await refused(message);
  });

  it('the name of a domain that is there already', async () => {
    change("name: 'own-line'", "name: 'noisy-line'");
    await refused(
      /mine\/domain\.ts: a domain of deepfield is called noisy-line too; give yours another name/,
    );
  });

  it.each([
    ['const config = z', 'const config = = z', /mine\/domain\.ts:9:\d+: syntax error: Unexpected token/],
    [
      "from './line-of.ts'",
      "from './line-off.ts'",
      /mine\/domain\.ts:\d+:\d+: cannot find module '\.\/line-off\.ts'/,
    ],
    ["from 'zod'", "from 'zodd'", /mine\/domain\.ts:\d+:\d+: cannot find module 'zodd'.*npm install/],
    [
      'const config = z',
      'throw new RangeError("too much");\nconst config = z',
      /mine\/domain\.ts:9:\d+: fails as it is loaded: RangeError: too much/,
    ],
  ])('%s changed to %j, with its place', async (before, after, message) => {
    change(before, after);
    await refused(message);
  });

  it('a syntax error in a file that it imports', async () => {
    writeFileSync('mine/line-of.ts', 'export const pointsOf = (;\n');
    await refused(/mine\/line-of\.ts:1:\d+: syntax error/);
  });

  it('one that was written for another deepfield', async () => {
    const [major] = version().split('.');
    writeFileSync(
      'mine/package.json',
      JSON.stringify({ dependencies: { deepfield: `^${Number(major) + 7}.1.0` } }),
    );
    await refused(/mine\/domain\.ts: was written for deepfield \d+\.1\.0, and this is/);
    writeFileSync('mine/package.json', JSON.stringify({ dependencies: { deepfield: `^${version()}` } }));
    expect((await deepfield(['info', '--domain', 'mine'])).code).toBe(0);
  });
});

describe('deepfield.config.ts', () => {
  const configured = async (config: string, ...argv: string[]) => {
    writeFileSync('deepfield.config.ts', config);
    return deepfield(argv.length > 0 ? argv : ['info', 'own-line']);
  };

  it('is typed by defineConfig', async () => {
    const text =
      "import { defineConfig } from 'deepfield';\nexport default defineConfig({ domains: { 'own-line': './mine/domain.ts' } });";
    expect((await configured(text)).code).toBe(0);
  });

  it('does not load domains that are not asked for', async () => {
    const config = "export default { domains: { 'own-line': './mine/nowhere.ts' } };";
    expect((await configured(config, 'info', 'noisy-line')).code).toBe(0);
    expect((await configured(config)).stderr).toContain('nowhere.ts: no such file or folder');
  });

  it.each([
    ['export const domains = {};', 'its default export is no configuration'],
    ['export default { domains: { Mine: "./mine/domain.ts" } };', 'its domains.Mine is wrong'],
    ['export default { domains: { mine: 3 } };', 'its domains.mine is wrong'],
    ['export default { domains: {}, domain: {} };', 'its default export is no configuration'],
    ['export default {{ domains: {} };', 'deepfield.config.ts:1:'],
    [
      "export default { domains: { 'noisy-line': './mine/domain.ts' } };",
      'a domain of deepfield is called noisy-line too',
    ],
    [
      "export default { domains: { mine: './mine/domain.ts' } };",
      'its domain is called own-line, and not mine',
    ],
  ])('%s is refused', async (config, message) => {
    const { code, stderr } = await configured(config, 'info', 'mine');
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
