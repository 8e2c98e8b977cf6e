// `deepfield new` of the packed package: what each template makes passes its types and its own test, is run, asked, served and swept
// as its README says. One installation serves all: Node looks for packages in the folders above, too.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { templates } from '../../pipelines/new-domain/templates.ts';
import { installPacked, lacking, run, tsc } from './packed.ts';

/** Settings that make a run as small as it can be, and what is asked about; the answer is what the template's own test knows. */
const small: Readonly<
  Record<string, { readonly set: readonly string[]; readonly example: string; readonly answers: number }>
> = {
  tabular: { set: ['rows=400', 'epochs=2'], example: 'example.csv', answers: 3 },
  sequence: { set: ['histories=200', 'epochs=2'], example: 'example.csv', answers: 2 },
  image: { set: ['pictures=200', 'epochs=2'], example: 'example.png', answers: 1 },
  lattice: { set: ['each=12', 'epochs=4'], example: 'example.npy', answers: 2 },
};

let folder: string;
let project: string;
const program = (): string => join(project, 'node_modules', 'deepfield', 'bin', 'deepfield.js');
const deepfield = (cwd: string, ...argv: string[]): string =>
  run(process.execPath, [program(), ...argv], cwd);
const sets = (template: string): string[] => small[template].set.flatMap((text) => ['--set', text]);

/** Serves the runs of a folder, and answers what one request is answered. */
async function askServer(cwd: string, path: string, item: unknown): Promise<unknown> {
  const child = spawn(process.execPath, [program(), 'serve', '--port', '0', '--workers', '1'], { cwd });
  let said = '';
  child.stdout.resume();
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.on('exit', () => reject(new Error(`the server ended:\n${said}`)));
      child.stderr.on('data', (bytes) => {
        said += bytes;
        const [, found] = /listening at (\S+);/.exec(said) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(item),
    });
    expect(response.status).toBe(200);
    return await response.json();
  } finally {
    child.removeAllListeners('exit');
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

describe.skipIf(lacking.length > 0)(
  `new domains${lacking.length > 0 ? ` (skipped: no ${lacking.join(', no ')} here)` : ''}`,
  () => {
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'new-domains-'));
      project = join(folder, 'project');
      installPacked(folder, project, ['tsx', 'typescript']);
    }, 120_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('has a small size for each template', () => {
      expect(Object.keys(small)).toEqual(Object.keys(templates));
    });

    describe.each(Object.keys(small))('of the template %s', (template) => {
      const name = `own-${template}`;
      const { example, answers } = small[template];
      const own = (): string => join(project, name);

      it('is made, and has no errors of types', () => {
        deepfield(project, 'new', name, '--from', template);
        run(process.execPath, [tsc], own());
      });

      it('is run and asked by its name', () => {
        const results = JSON.parse(
          deepfield(own(), 'run', name, '--json', ...sets(template))
            .trim()
            .split('\n')
            .at(-1)!,
        );
        for (const { value, low, high, baselines } of results.figures) {
          expect(low).toBeLessThanOrEqual(value);
          expect(high).toBeGreaterThanOrEqual(value);
          expect(baselines.length).toBeGreaterThan(0);
        }
        const { predictions } = JSON.parse(
          deepfield(own(), 'predict', 'latest', example, '--json').trim().split('\n').at(-1)!,
        );
        expect(predictions).toHaveLength(answers);
      });

      it('is served', async () => {
        const { predict } = JSON.parse(deepfield(own(), 'info', name, '--json'));
        const answer = await askServer(own(), `/api/${name}/predict`, predict.examples[0]);
        expect(JSON.stringify(answer)).toMatch(/class|ordered/);
      });

      it('passes its own test', () => {
        run(process.execPath, ['--import', 'tsx', '--test', 'domain.test.ts'], own());
      });
    });

    it('is swept from another folder, each run in a process of its own', () => {
      const trials = [
        '--param',
        'epochs=1,2',
        '--jobs',
        '2',
        '--threads',
        '1',
        '--set',
        'rows=200',
        '--out',
        'swept',
      ];
      deepfield(project, 'sweep', '--domain', './own-tabular', ...trials);
      const plan = JSON.parse(readFileSync(join(project, 'swept', 'sweep.json'), 'utf8'));
      expect(plan).toMatchObject({ domain: 'own-tabular', from: join(project, 'own-tabular', 'domain.ts') });
      expect(readdirSync(join(project, 'swept', 'runs'))).toHaveLength(2);
      expect(
        readFileSync(join(project, 'swept', 'sweep.csv'), 'utf8')
          .trim()
          .split('\n'),
      ).toHaveLength(3);
    });

    it('is served by a program that names its module', () => {
      writeFileSync(
        join(project, 'serve.mts'),
        `import { serveRuns } from 'deepfield/server';
const domains = { 'own-tabular': './own-tabular/domain.ts' };
const server = await serveRuns({ folder: 'own-tabular/runs', domains, settings: { port: 0, workers: 1 } });
console.log(await (await fetch(server.url + '/api/domains')).text());
await server.stop();
`,
      );
      const { domains } = JSON.parse(run(process.execPath, ['--import', 'tsx', 'serve.mts'], project));
      expect(domains.map(({ name }: { name: string }) => name)).toEqual(['own-tabular']);
    });

    it('may have worker threads of its own, in TypeScript', () => {
      const own = join(project, 'own-tabular');
      writeFileSync(
        join(own, 'square.ts'),
        "import { UserError } from 'deepfield';\nexport default (x: number): number => {\n  if (x < 0) throw new UserError({ what: 'is negative' });\n  return x * x;\n};\n",
      );
      writeFileSync(
        join(own, 'threads.ts'),
        "import { runInWorkers, UserError } from 'deepfield';\nconst module = new URL('./square.ts', import.meta.url);\nconst squares = await runInWorkers<number, number>(module, [1, 2, 3], { threads: 2 });\nconst mistake = await runInWorkers(module, [-1], { threads: 1 }).catch((error: unknown) => error);\nconsole.log(JSON.stringify([squares, mistake instanceof UserError]));\n",
      );
      const out = run(process.execPath, ['--import', 'tsx', 'threads.ts'], own);
      expect(JSON.parse(out)).toEqual([[1, 4, 9], true]);
    });
  },
);
