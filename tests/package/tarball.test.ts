// The package as others install it: packed, unpacked into a project of its own, type-checked and run there.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../domains/registry.ts';
import { blocksOf, pages, readPage } from '../docs/pages.ts';
import { root, sources } from '../house/sources.ts';
import { installPacked, lacking, run, tsc } from './packed.ts';

/** Four wrong arguments. */
const misuse = `
import { runDomain } from 'deepfield';
import { openFits } from 'deepfield/data-adapters';
import { InferenceModel, openEngine } from 'deepfield/engine';
runDomain('digits');
openFits(1);
InferenceModel.open('bytes', 'name');
openEngine(1);
`;

/** Programs that pages show, by the names of files for them. */
const blocks = new Map(
  pages
    .flatMap((page) => blocksOf(page, readPage(page)))
    .filter(({ language, rules }) => language === 'ts' && rules[0]?.kind === 'run')
    .map(({ page, line, text }) => [`${page.replace(/\W/g, '-')}-${line}.ts`.toLowerCase(), text]),
);

let folder: string;
let project: string;

describe.skipIf(lacking.length > 0)(
  `the packed package${lacking.length > 0 ? ` (skipped: no ${lacking.join(', no ')} here)` : ''}`,
  () => {
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'package-'));
      project = join(folder, 'project');
      installPacked(folder, project);
      writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
      cpSync(join(root, 'tests', 'package', 'consumer.ts'), join(project, 'main.ts'));
      writeFileSync(join(project, 'misuse.ts'), misuse);
      for (const [name, text] of blocks) writeFileSync(join(project, name), text);
      const compilerOptions = { module: 'NodeNext', target: 'ES2022', strict: true, types: ['node'] };
      const files = ['main.ts', 'misuse.ts', ...blocks.keys()];
      const settings = { compilerOptions, files };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(settings));
    }, 120_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('holds every source compiled, with its types, and nothing that is not wanted', () => {
      const own = join(project, 'node_modules', 'deepfield');
      const files = readdirSync(own, { recursive: true, encoding: 'utf8' });
      expect(files.filter((name) => /(^|\/)tests\/|\.tsbuildinfo|^examples|^runs/.test(name))).toEqual([]);
      const wanted = sources(['core', 'data-adapters', 'domains', 'pipelines', 'server'])
        .map(({ path }) => path)
        .filter((path) => !path.endsWith('.d.ts') && !path.includes('/assembly/'));
      const lost = wanted.filter(
        (path) =>
          !['.js', '.d.ts'].every((ending) => existsSync(join(own, 'dist', path.replace(/\.ts$/, ending)))),
      );
      expect(lost).toEqual([]);
    });

    it('type-checks and runs in a program of five lines', () => {
      // Other packages' types have errors of their own; ours may have none, nor be lost on the way to `any`.
      const { stdout } = spawnSync(process.execPath, [tsc, '-p', '.'], { cwd: project, encoding: 'utf8' });
      const errors = stdout.split('\n').filter((line) => /^[\w-]+\.ts\(|deepfield\/dist/.test(line));
      expect(errors.map((line) => line.replace(/^(\S+)\(.*error (TS\d+).*$/, '$1 $2'))).toEqual(
        new Array(4).fill('misuse.ts TS2345'),
      );
      const answer = JSON.parse(run(process.execPath, ['main.js'], project));
      // Gradient descent on the mean of squares: errors shrink by 1 - 2 x .2 x .625 (slope) and 1 - .4 (offset) a step.
      expect(answer.slope).toBeCloseTo(2, 4);
      expect(answer.offset).toBeCloseTo(-1, 4);
      expect(answer.shape).toEqual([4]);
      expect(answer.domains).toEqual(registry.map(({ name }) => name));
    });

    it.each([...blocks.keys()])('runs the block %s of a page', (name) => {
      run(process.execPath, [name.replace(/\.ts$/, '.js')], project);
    });

    it('brings the command line', () => {
      const program = join(project, 'node_modules', 'deepfield', 'bin', 'deepfield.js');
      const { domains } = JSON.parse(run(process.execPath, [program, 'list', '--json'], project));
      expect(domains).toHaveLength(registry.length);
    });
  },
);
