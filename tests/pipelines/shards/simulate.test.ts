// Simulations in shards: what comes together is what one process prepares, byte for byte, and a second call makes what is left.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BlockSource } from '../../../core/blocks.ts';
import { silent } from '../../../core/progress.ts';
import type { Domain } from '../../../domains/domain.ts';
import { registry } from '../../../domains/registry.ts';
import { listRuns } from '../../../pipelines/run-directory/find-run.ts';
import { runLayout } from '../../../pipelines/run-directory/layout.ts';
import { lockRun } from '../../../pipelines/run-directory/run-lock.ts';
import { keptBlocks } from '../../../pipelines/shards/block-files.ts';
import { blocksOfShard } from '../../../pipelines/shards/simulation-plan.ts';
import { withPartWriters } from '../../../pipelines/stages/part-writers.ts';
import { openRun } from '../../../pipelines/stages/run.ts';
import { stageContext } from '../../../pipelines/stages/work.ts';
import { blockLine } from '../block-line.ts';
import { deepfield, enterEmptyFolder, interruption, latestRun, type Outcome } from '../harness.ts';

const script = fileURLToPath(new URL('./block-program.ts', import.meta.url));
const program = [process.execPath, '--import', import.meta.resolve('tsx'), script];

/** The tests' domain, simulated by one process. */
const whole = mkdtempSync(join(tmpdir(), 'deepfield-whole-'));
beforeAll(() => succeed(simulate('--out', whole)));
afterAll(() => rmSync(whole, { recursive: true }));

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => {
  delete process.env.BLOCK_TEST;
  leave();
});

/** One that writes its plan and leaves the shards to whoever starts them. */
const byHand = ['claim=a', 'image=b', 'mount=/'].flatMap((text) => ['--kubernetes', text]);

const ask = (...argv: string[]): Promise<Outcome> => deepfield(argv, { domains: [blockLine], program });
const simulate = (...argv: string[]): Promise<Outcome> => ask('simulate', 'block-line', ...argv);

async function succeed(outcome: Promise<Outcome>): Promise<Outcome> {
  const { code, stdout, stderr } = await outcome;
  expect(code, stderr).toBe(0);
  return { code, stdout, stderr };
}

/** Everything that was prepared, by the name of its file. */
const preparedBytes = (root: string): Record<string, string> =>
  Object.fromEntries([
    ['data.json', readFileSync(join(root, 'data.json'), 'latin1')],
    ...readdirSync(join(root, 'prepared')).map((name) => [
      name,
      readFileSync(join(root, 'prepared', name), 'latin1'),
    ]),
  ]);

function expectSame(root: string, other: string): void {
  const [own, others] = [preparedBytes(root), preparedBytes(other)];
  expect(Object.keys(own)).toEqual(Object.keys(others));
  // Not by toEqual, which would print megabytes.
  for (const [name, bytes] of Object.entries(own)) expect(bytes === others[name], name).toBe(true);
}

const blockFiles = (root: string): string[] =>
  existsSync(join(root, 'blocks'))
    ? readdirSync(join(root, 'blocks/work'), { recursive: true })
        .map(String)
        .filter((name) => name.endsWith('.block'))
        .sort()
    : [];

/** Simulates once more. @throws RangeError for a block that the domain asks for and did not list */
async function simulateFromBlocksAlone(root: string, domain: Domain): Promise<void> {
  const unlisted: BlockSource = ({ id, tasks }) => {
    const next = () => Promise.reject(new RangeError(`${tasks.length} blocks of ${id} are not listed`));
    return { [Symbol.asyncIterator]: () => ({ next }) };
  };
  const run = await openRun(runLayout(root), registry);
  const context = stageContext(run, 'prepare', {
    ...{ device: 'cpu', threads: 1, progress: silent, signal: new AbortController().signal },
    log: () => {},
    openModels: () => Promise.reject(new Error('no networks here')),
  });
  const blocks = keptBlocks(join(root, 'blocks'), unlisted);
  await withPartWriters('again', (parts) => domain.simulate({ ...context, ...parts, blocks }));
  rmSync('again', { recursive: true, force: true });
}

describe('a simulation in shards', () => {
  const tiny: Readonly<Record<string, readonly string[]>> = {
    // Chains of two studies, models and sizes.
    'phases-of-matter': [
      ...['studies=[square,square-ice]', 'sizes=[4,6]', 'sampling.temperatures=4', 'sampling.training=5'],
      ...[
        'sampling.validation=5',
        'sampling.test=3',
        'sampling.crossing=7',
        'sampling.crossingTemperatures=5',
      ],
      'squareIce={size: 8, networks: 1, training: 5, validation: 4, test: 4}',
    ],
    // Two blocks; all splits end in the second.
    'exotic-particles': ['problems=[susy]', 'events={training: 8200, validation: 20, test: 10}'],
    // Two blocks to learn from and one to measure on.
    galaxies: ['images={training: 9, validation: 1, test: 1, size: 64}'],
  };

  it.each(Object.entries(tiny))(
    'of %s is, byte for byte, that of one process, however it is divided',
    async (name, set) => {
      const domain: Domain = await registry.find((entry) => entry.name === name)!.load();
      const own = (...argv: string[]) => deepfield(argv, { domains: [domain] });
      const words = ['simulate', name, '--seed', '7', ...set.flatMap((text) => ['--set', text])];
      await succeed(own(...words, '--out', 'whole', '--threads', '1'));
      const divided = [...words, '--out', 'divided', '--shards', '2', '--launcher', 'kubernetes', ...byHand];
      const { stdout } = await succeed(own(...divided));
      expect(stdout).toContain('submit   kubectl create -f divided/blocks/kubernetes.yaml\n');
      // In any order, by number and by name, on different numbers of threads.
      await succeed(own('simulate-shard', 'divided/blocks', '2', '--threads', '1'));
      await succeed(own('simulate-shard', 'divided/blocks', 'part-0001', '--threads', '2'));
      expect(blockFiles('divided').length).toBeGreaterThanOrEqual(2);
      await simulateFromBlocksAlone('divided', domain);
      const joined = await succeed(own(...divided));
      expect(joined.stderr).toContain('2 done, 0 to do');
      expectSame('divided', 'whole');
      expect(existsSync('divided/blocks')).toBe(false);
      expect(readdirSync('divided').sort()).toEqual(readdirSync('whole').sort());
      const { config, status } = runLayout('divided');
      expect(readFileSync(config, 'utf8')).toBe(readFileSync('whole/config.yaml', 'utf8'));
      expect(JSON.parse(readFileSync(status, 'utf8')).finished.prepare).toBeDefined();
    },
    120_000,
  );

  it('runs its processes, tells how far they are, and goes on to training like every run', async () => {
    const { stdout, stderr } = await succeed(
      simulate('--out', 'divided', '--shards', '2', '--jobs', '2', '--threads', '1'),
    );
    expect(stderr).toContain('2 shards in divided/blocks: 0 done, 2 to do');
    expect(stderr).toMatch(/^shards: 12 blocks in .*, running 0$/m);
    expect(stdout).toBe('run      divided\ngo on with: npx deepfield resume divided\n');
    expectSame('divided', whole);
    await succeed(ask('resume', 'divided'));
    expect(existsSync('divided/report.html')).toBe(true);
    // A run that is prepared is no simulation to go on with.
    const again = await simulate('--out', 'divided', '--shards', '2');
    expect(again.stderr).toBe(
      'error: --out divided: the folder is not empty; name a new folder, or continue the run in it with "deepfield resume"\n',
    );
  }, 60_000);
});

describe('what is left of it', () => {
  it('is made by the same command, which finds the run under runs/ by itself', async () => {
    process.env.BLOCK_TEST = JSON.stringify({ fail: true });
    // Block 0 of line2 is the first of all: shard 1 fails at it, and shard 2 makes its own six.
    const failing = await simulate('--shards', '2', '--jobs', '2', '--retries', '0');
    expect(failing.code).toBe(2);
    expect(failing.stderr).toContain('  error: row 3: a wrong value; give another\n');
    expect(failing.stderr).toMatch(/error: runs.*blocks: 1 of 2 shards failed; see .*logs; the same command/);
    const [root] = await listRuns();
    expect(blockFiles(root)).toHaveLength(6);
    delete process.env.BLOCK_TEST;
    const { stderr } = await succeed(simulate('--shards', '2'));
    expect(stderr).toContain('1 done, 1 to do');
    expect(await listRuns()).toEqual([root]);
    expectSame(root, whole);
  }, 60_000);

  it('is made by `resume` in one process, too, which goes on to the report', async () => {
    await succeed(simulate('--out', 'divided', '--shards', '3', '--launcher', 'kubernetes', ...byHand));
    await succeed(ask('simulate-shard', 'divided/blocks', '2'));
    await succeed(ask('resume', 'divided'));
    expectSame('divided', whole);
    expect(existsSync('divided/blocks')).toBe(false);
  });

  it('after a kill is whole blocks and no parts of any, and only the others are made again', async () => {
    process.env.BLOCK_TEST = JSON.stringify({ slow: 60 });
    const words = ['--out', 'divided', '--shards', '2', '--launcher', 'kubernetes', ...byHand];
    await succeed(simulate(...words));
    const [file, ...rest] = program;
    const child = spawn(file, [...rest, 'simulate-shard', 'divided/blocks', '1', '--threads', '1']);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    for (let i = 0; i < 1000 && (!existsSync('divided/blocks/work') || blockFiles('divided').length < 2); i++)
      await setTimeout(10);
    child.kill('SIGKILL');
    await ended;
    const before = blockFiles('divided');
    expect(before.length).toBeGreaterThanOrEqual(2);
    expect(before.length).toBeLessThan(6);
    const times = (): number[] => before.map((name) => statSync(join('divided/blocks/work', name)).mtimeMs);
    const written = times();
    const { stderr } = await succeed(ask('simulate-shard', 'divided/blocks', '1'));
    expect(stderr).toMatch(/Simulating line-1: [123] blocks? in/);
    expect(times()).toEqual(written);
    expect(blockFiles('divided')).toHaveLength(6);
    await succeed(ask('simulate-shard', 'divided/blocks', '2'));
    await succeed(simulate(...words));
    expectSame('divided', whole);
  }, 60_000);

  it('after Ctrl-C waits for the same command, which says so', async () => {
    process.env.BLOCK_TEST = JSON.stringify({ slow: 100_000 });
    const { signal, interrupt } = interruption();
    const words = ['simulate', 'block-line', '--out', 'divided', '--shards', '2', '--jobs', '1'];
    const running = deepfield(words, { domains: [blockLine], program, signal });
    for (let i = 0; i < 1000 && !existsSync('divided/blocks/logs/part-0001.log'); i++) await setTimeout(10);
    await setTimeout(300);
    // Nobody else joins in meanwhile.
    expect((await simulate('--out', 'divided', '--shards', '2')).stderr).toContain(
      'is writing to this run; wait for it or stop it',
    );
    interrupt();
    const { code, stderr } = await running;
    expect(code).toBe(130);
    expect(stderr).toContain('the same command goes on with what is left\n');
    delete process.env.BLOCK_TEST;
    await succeed(simulate('--out', 'divided', '--shards', '2'));
    expectSame('divided', whole);
  }, 60_000);

  it('is refused where a block was spoilt, with the file', async () => {
    const words = ['--out', 'divided', '--shards', '1', '--launcher', 'kubernetes', ...byHand];
    await succeed(simulate(...words));
    await succeed(ask('simulate-shard', 'divided/blocks', '1'));
    const path = 'divided/blocks/work/line2/000003.block';
    writeFileSync(path, 'torn');
    const { code, stderr } = await simulate(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(`error: ${path}: the block is damaged; delete it; it is made again\n`);
    rmSync(path);
    expect((await simulate(...words)).stderr).toContain('0 done, 1 to do');
    await succeed(ask('simulate-shard', 'divided/blocks', '1'));
    await succeed(simulate(...words));
    expectSame('divided', whole);
  });
});

describe('blocksOfShard', () => {
  it('deals every block out once, evenly over all works', () => {
    const module = new URL('file:///none');
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 5 }), fc.integer({ min: 1, max: 60 }), (lengths, n) => {
        const works = lengths.map((length, i) => ({ id: `w${i}`, module, tasks: new Array(length).fill(0) }));
        const shards = Array.from({ length: n }, (_, i) => blocksOfShard(works, n, i + 1));
        works.forEach(({ tasks }, i) => {
          const dealt = shards.flatMap((shard) => shard[i].blocks);
          expect(dealt.sort((a, b) => a - b)).toEqual([...tasks.keys()]);
        });
        const sizes = shards.map((shard) => shard.reduce((sum, { blocks }) => sum + blocks.length, 0));
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('a mistake', () => {
  it.each([
    [['--shards', '0'], "option '--shards <n>' argument '0' is invalid. Expected a whole number from 1"],
    [['--shards', 'many'], "option '--shards <n>' argument 'many' is invalid"],
    [['--shards', '13'], '--shards: 12 blocks are fewer than 13 shards; give at most 12'],
    [['--shards', '2', '--source', 'x.csv'], '--source: files are not simulated; read them by "deepfield'],
    [['--source', 'x.csv'], '--source: files are not simulated; read them by "deepfield prepare"'],
    [['--jobs', '2'], '--jobs: is of --shards; add --shards 4, or leave it out'],
    [['--slurm', 'partition=main'], '--slurm: is of --shards'],
    [['--shards', '2', '--detach'], '--detach: does not go with this launcher; add --launcher slurm'],
    [['--shards', '2', '--slurm', 'cpus=2'], '--slurm: does not go with this launcher; add --launcher'],
    [['--shards', '2', '--launcher', 'slurm', '--slurm', 'partitoin=x'], 'did you mean partition?'],
    [['--shards', '2', '--launcher', 'kubernetes'], '--kubernetes: no shared volume is named'],
    [['--shards', '2', '--set', 'samples=none'], 'samples, --set: expected whole number'],
    [['--shards', '2', '--launcher', 'cloud'], 'Choose one of local, slurm, kubernetes.'],
  ])('%j is told in one line, and begins nothing', async (argv, message) => {
    const { code, stderr } = await simulate(...argv);
    expect(code, stderr).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(readdirSync('.')).toEqual([]);
  });

  it('is a domain whose simulation is not divided', async () => {
    const { code, stderr } = await ask('simulate', 'noisy-line', '--shards', '2');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'error: --shards: the simulation of noisy-line is not divided into blocks; leave it out: one process makes it\n',
    );
    expect(readdirSync('.')).toEqual([]);
  });

  it.each([
    [['--shards', '4'], 'a simulation in 3 shards stands here'],
    [['--shards', '3', '--seed', '2'], 'a simulation with seed 1 stands here'],
    [['--shards', '3', '--set', 'samples=70'], 'a simulation with other settings stands here'],
  ])('is another plan in the same folder: %j', async (argv, message) => {
    const words = ['--out', 'divided', '--launcher', 'kubernetes', ...byHand];
    await succeed(simulate(...words, '--shards', '3'));
    const { code, stderr } = await simulate(...words, ...argv);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `error: divided: ${message}; finish that one, remove the folder, or name another with --out\n`,
    );
  });

  it('is another number of shards of the run that stands under runs/, but other settings begin a new one', async () => {
    const words = ['--launcher', 'kubernetes', ...byHand];
    await succeed(simulate(...words, '--shards', '3'));
    expect((await simulate(...words, '--shards', '4')).stderr).toContain('in 3 shards stands here');
    await succeed(simulate(...words, '--shards', '4', '--seed', '2'));
    expect(await listRuns()).toHaveLength(2);
  });

  it('is a run that was not divided, or one that somebody writes to', async () => {
    expect((await simulate('--out', whole, '--shards', '2')).stderr).toContain('the folder is not empty');
    await succeed(simulate('--shards', '2', '--launcher', 'kubernetes', ...byHand));
    const lock = lockRun(await latestRun());
    try {
      const { code, stderr } = await simulate('--shards', '2');
      expect(code).toBe(2);
      expect(stderr).toContain('is writing to this run');
    } finally {
      lock.release();
    }
  });

  it('is a shard that is not there, or a folder that is no simulation', async () => {
    await succeed(simulate('--out', 'divided', '--shards', '2', '--launcher', 'kubernetes', ...byHand));
    expect((await ask('simulate-shard', 'divided/blocks', '3')).stderr).toBe(
      'error: divided/blocks: no shard 3; give a number from 1 to 2\n',
    );
    const { code, stderr } = await ask('simulate-shard', 'nowhere/blocks', '1');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .*shards\.json: there is no such file; give the folder of a simulation/);
  });
});
