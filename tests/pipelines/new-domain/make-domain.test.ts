// deepfield new: what it makes and what it refuses. That its projects work is in tests/package/new-domains.test.ts.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deepfieldSpec } from '../../../pipelines/new-domain/package-file.ts';
import { placeholders, templates } from '../../../pipelines/new-domain/templates.ts';
import { deepfield, enterEmptyFolder } from '../harness.ts';

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => leave());

describe('deepfield new', () => {
  it.each(Object.keys(templates))('makes a project of the template %s under its name', async (template) => {
    const { code, stdout } = await deepfield(['new', 'tree-rings', '--from', template, '--out', 'a/b']);
    expect(code).toBe(0);
    expect(stdout).toContain('npx deepfield run tree-rings');
    expect(readdirSync('a')).toEqual(['b']);
    const files = readdirSync('a/b');
    const wanted = [
      'data.ts',
      'domain.ts',
      'domain.test.ts',
      'figures.ts',
      'network.ts',
      'deepfield.config.ts',
    ];
    expect(files).toEqual(expect.arrayContaining([...wanted, 'README.md', 'package.json', 'tsconfig.json']));
    for (const file of files.filter((name) => /\.(ts|md|json)$/.test(name))) {
      const text = readFileSync(`a/b/${file}`, 'utf8');
      expect(text, file).not.toContain(placeholders.name);
      expect(text, file).not.toContain(placeholders.title);
      expect(text.split('\n').length, file).toBeLessThan(160);
    }
    expect(readFileSync('a/b/domain.ts', 'utf8')).toContain("title: 'Tree rings'");
    const { name, dependencies, devDependencies } = JSON.parse(readFileSync('a/b/package.json', 'utf8'));
    expect(name).toBe('tree-rings');
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      expect(version).toMatch(/^(\d+\.\d+\.\d+|file:\/.*)$/);
  });

  it('takes a folder that is there and empty', async () => {
    mkdirSync('here');
    expect((await deepfield(['new', 'mine', '--from', 'image', '--out', 'here'])).code).toBe(0);
    expect(existsSync('here/domain.ts')).toBe(true);
  });

  it.each([
    [['Mine', '--from', 'image'], 'Mine: is no name for a domain'],
    [['../mine', '--from', 'image'], '../mine: is no name for a domain'],
    [['-', '--from', 'image'], '-: is no name for a domain'],
    [[`m${'x'.repeat(64)}`, '--from', 'image'], 'is no name for a domain'],
    [['noisy-line', '--from', 'image'], 'noisy-line: deepfield has a domain of this name'],
    [['zod', '--from', 'image'], 'zod: is the name of a package that it needs'],
    [['mine', '--from', 'images'], '--from: no template "images"; did you mean image?'],
    [
      ['mine', '--from', 'weather'],
      '--from: no template "weather"; choose tabular, sequence, image, lattice',
    ],
    [['mine', '--from', 'shared'], '--from: no template "shared"'],
    [['mine', '--from', '../docs'], '--from: no template "../docs"'],
    [['mine'], "required option '--from <template>' not specified"],
    [['mine', '--from', 'image', '--out', 'full'], 'full: the folder is not empty'],
    [['mine', '--from', 'image', '--out', 'file'], 'file: is a file, expected a folder'],
    [['mine', '--from', 'image', '--out', 'file/mine'], 'a part of its path is a file'],
  ])('%j is told in one line, exit 2, and writes nothing', async (argv, message) => {
    mkdirSync('full');
    writeFileSync('full/.kept', '');
    writeFileSync('file', '');
    const { code, stderr } = await deepfield(['new', ...argv]);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(readdirSync('.').sort()).toEqual(['file', 'full']);
    expect(readdirSync('full')).toEqual(['.kept']);
  });

  // Root may write anywhere.
  it.skipIf(process.getuid?.() === 0)(
    'a place that may not be written is told, and holds nothing after',
    async () => {
      mkdirSync('closed');
      chmodSync('closed', 0o500);
      const { code, stderr } = await deepfield(['new', 'mine', '--from', 'image', '--out', 'closed/mine']);
      expect(code).toBe(2);
      expect(stderr).toContain('no permission to write closed/mine');
      expect(readdirSync('closed')).toEqual([]);
    },
  );
});

describe('how npm finds deepfield again', () => {
  it('is the checkout that the command came from', () => {
    expect(deepfieldSpec('/home/me/deepfield', '0.1.0')).toBe('file:/home/me/deepfield');
  });

  it('is the file that it was installed from, or its version', () => {
    mkdirSync('node_modules/deepfield', { recursive: true });
    const root = `${process.cwd()}/node_modules/deepfield`;
    const locked = (resolved: string): string => {
      const packages = { 'node_modules/deepfield': { resolved } };
      writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
      return deepfieldSpec(root, '0.1.0');
    };
    expect(deepfieldSpec(root, '0.1.0')).toBe('0.1.0');
    expect(locked('file:packed/deepfield-0.1.0.tgz')).toBe(
      `file:${process.cwd()}/packed/deepfield-0.1.0.tgz`,
    );
    expect(locked('https://registry.npmjs.org/deepfield/-/deepfield-0.1.0.tgz')).toBe('0.1.0');
  });
});
