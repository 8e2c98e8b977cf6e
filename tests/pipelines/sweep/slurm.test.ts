// Sweeps on Slurm: what is submitted, what is refused, and, where Slurm's daemons are installed, a real cluster of two nodes on
// this machine.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silent } from '../../../core/progress.ts';
import { domain as ownTable } from '../../../domains/own-table/index.ts';
import { openShards, type ShardPlan, shardBatch } from '../../../pipelines/shards/shard-plan.ts';
import { elementStates } from '../../../pipelines/sweep/element-state.ts';
import { tasksLeft } from '../../../pipelines/sweep/halving/tasks-left.ts';
import { makePlan } from '../../../pipelines/sweep/make-plan.ts';
import { openSweep } from '../../../pipelines/sweep/open-sweep.ts';
import { launchSlurm } from '../../../pipelines/sweep/slurm/launch-slurm.ts';
import { cancelTasks, queuedTasks } from '../../../pipelines/sweep/slurm/slurm-commands.ts';
import { arrayText, jobName, slurmScript } from '../../../pipelines/sweep/slurm/slurm-script.ts';
import { slurmSettings } from '../../../pipelines/sweep/slurm/slurm-settings.ts';
import { sweepBatch } from '../../../pipelines/sweep/sweep-batch.ts';
import type { Sweep } from '../../../pipelines/sweep/sweep-plan.ts';
import { makeTinyRun } from '../../server/tiny-runs.ts';
import { blockLine } from '../block-line.ts';
import { deepfield, enterEmptyFolder } from '../harness.ts';
import { noisyLine } from '../noisy-line.ts';
import { canStartCluster, startCluster, stopCluster } from './slurm-cluster.ts';

const script = fileURLToPath(new URL('./sweep-program.ts', import.meta.url));
const program = [process.execPath, '--import', import.meta.resolve('tsx'), script];

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => leave());

async function openedSweep(): Promise<Sweep> {
  mkdirSync('s');
  return openSweep('s', await makePlan(noisyLine, { parameters: ['training.learningRate=0.2,0.3,0.5'] }));
}

describe('the script', () => {
  it('has what the cluster was told, and starts the element of its task in its own place', async () => {
    const settings = await slurmSettings([
      ...['partition=gpu', 'time=1:30:00', 'cpus=4', 'memory=8G', 'gpus=a100:1', 'account=astro'],
      ...['modules=node/20,cuda', 'container=/images/deep field.sif', 'options=--qos=long'],
    ]);
    const text = slurmScript(sweepBatch(await openedSweep(), noisyLine), settings, [
      '/usr/bin/node',
      'main.js',
    ]);
    for (const line of [
      '--partition=gpu',
      '--time=1:30:00',
      '--cpus-per-task=4',
      '--mem=8G',
      '--gpus=a100:1',
    ]) {
      expect(text).toContain(`\n#SBATCH ${line}\n`);
    }
    expect(text).toContain('\n#SBATCH --account=astro\n#SBATCH --qos=long\n');
    expect(text).toContain('\nmodule load node/20 cuda\n');
    expect(text).toContain(
      `\nexec apptainer exec --nv '/images/deep field.sif' /usr/bin/node main.js sweep-element ${join(process.cwd(), 's')} "$SLURM_ARRAY_TASK_ID"`,
    );
    // A shell takes it.
    writeFileSync('script.sh', text);
    execFileSync('bash', ['-n', 'script.sh']);
  });

  it('starts deepfield as a node has it, where that is said', async () => {
    const settings = await slurmSettings(['program=npx deepfield']);
    expect(slurmScript(sweepBatch(await openedSweep(), noisyLine), settings, ['x'])).toContain(
      '\nexec npx deepfield sweep-element ',
    );
  });

  it('takes settings from a file, under those of flags', async () => {
    writeFileSync('cluster.yaml', 'partition: short\ncpus: 2\n');
    expect(await slurmSettings(['cluster.yaml', 'cpus=8'])).toEqual({ partition: 'short', cpus: 8 });
  });
});

describe('arrayText', () => {
  it('names every number once', () => {
    expect(arrayText([1, 3, 5, 6, 7, 8])).toBe('1,3,5-8');
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (all) => {
        const numbers = all.sort((a, b) => a - b);
        const back = arrayText(numbers)
          .split(',')
          .filter((part) => part !== '')
          .flatMap((part) => {
            const [from, to = from] = part.split('-').map(Number);
            return Array.from({ length: to - from + 1 }, (_, i) => from + i);
          });
        expect(back).toEqual(numbers);
      }),
    );
  });
});

describe('a mistake', () => {
  const path = process.env.PATH;
  afterEach(() => {
    process.env.PATH = path;
  });
  const sweep = ['sweep', 'noisy-line', '--param', 'samples=30,60', '--out', 's'];

  it.each([
    [
      ['--launcher', 'slurm', '--slurm', 'partitoin=x'],
      "Slurm's settings have no partitoin; did you mean partition?",
    ],
    [['--launcher', 'slurm', '--slurm', 'cpus=many'], '--slurm cpus: expected whole number > 0, got "many"'],
    [['--launcher', 'slurm', '--slurm', 'none.yaml'], 'none.yaml: no such file'],
    [
      ['--launcher', 'slurm', '--threads', '2'],
      '--threads: does not go with this launcher; write --slurm cpus=4',
    ],
    [['--slurm', 'cpus=2'], '--slurm: does not go with this launcher; add --launcher slurm'],
    [['--detach'], '--detach: does not go with this launcher'],
  ])('%j is told in one line, and nothing begins', async (argv, message) => {
    const { code, stderr } = await deepfield([...sweep, ...argv]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(existsSync('s')).toBe(false);
  });

  it('is a machine without Slurm', async () => {
    process.env.PATH = process.cwd();
    const { code, stderr } = await deepfield([...sweep, '--launcher', 'slurm']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'error: --launcher slurm: no sbatch on the PATH; start the sweep on a machine of the cluster, or with --launcher local\n',
    );
    expect(existsSync('s')).toBe(false);
  });
});

const ready = canStartCluster();

describe.skipIf(!ready)(
  `a cluster${ready ? '' : " (skipped: Slurm's daemons are not here, or this is not root)"}`,
  () => {
    let cluster: string;
    beforeAll(async () => {
      cluster = mkdtempSync(join(tmpdir(), 'slurm-'));
      await startCluster(cluster, 2);
    }, 60_000);
    afterAll(() => stopCluster(cluster), 60_000);
    afterEach(() => {
      delete process.env.SWEEP_TEST;
    });

    async function launch(
      sweep: Sweep,
      signal = new AbortController().signal,
      settings = {},
      detach = false,
    ): Promise<string[]> {
      const lines: string[] = [];
      await launchSlurm(sweepBatch(sweep, noisyLine), [...(await tasksLeft(sweep)).keys()], {
        settings,
        retries: 1,
        detach,
        program,
        pollEvery: 300,
        progress: silent,
        signal,
        log: (line) => lines.push(line),
      });
      return lines;
    }
    const statuses = async (sweep: Sweep): Promise<string[]> =>
      (await elementStates(sweep)).map(({ status }) => status);

    it('runs every element once, resumes the killed one and records the failing one with its last lines', async () => {
      const sweep = await openedSweep();
      process.env.SWEEP_TEST = JSON.stringify({ kill: '2', fail: '3' });
      const lines = await launch(sweep);
      expect(await statuses(sweep)).toEqual(['finished', 'finished', 'failed']);
      const log = (task: number): string => readFileSync(`s/logs/task-${task}.log`, 'utf8');
      expect(log(1).match(/training line2: 40 steps/g)).toHaveLength(1);
      expect(log(2)).toContain('prepare done already');
      expect(lines.join('\n')).toContain('  error: step 17: the line broke; mend it');
      delete process.env.SWEEP_TEST;
      expect((await launch(sweep)).join('\n')).toMatch(/^job \d+: 1 task submitted$/);
      expect(await statuses(sweep)).toEqual(['finished', 'finished', 'finished']);
      expect(readdirSync('s/failures')).toEqual([]);
    }, 90_000);

    it('is told to stop by Ctrl-C, and leaves nothing in the queue', async () => {
      const sweep = await openedSweep();
      process.env.SWEEP_TEST = JSON.stringify({ slow: 200 });
      const controller = new AbortController();
      const launched = launch(sweep, controller.signal);
      for (let i = 0; i < 400 && !existsSync('s/runs/t0001-s1/metrics.jsonl'); i++) await setTimeout(50);
      controller.abort();
      await launched;
      expect(await queuedTasks(jobName(sweep))).toEqual([]);
      expect((await statuses(sweep))[0]).toBe('stopped');
      expect(readFileSync('s/logs/task-1.log', 'utf8')).toMatch(/\nstopped\n$/);
    }, 90_000);

    it('goes on with runs that Slurm told to stop, as it does before a time limit, and counts no failure', async () => {
      const sweep = await openedSweep();
      process.env.SWEEP_TEST = JSON.stringify({ slow: 100 });
      const launched = launch(sweep);
      const running = (): boolean =>
        sweep.plan.elements.every(({ run }) => existsSync(join('s', run, 'metrics.jsonl')));
      for (let i = 0; i < 400 && !running(); i++) await setTimeout(50);
      delete process.env.SWEEP_TEST;
      await cancelTasks(jobName(sweep));
      const lines = (await launched).join('\n');
      expect(lines.match(/was told to stop, and goes on/g)).toHaveLength(3);
      expect(lines).not.toContain('trying again');
      expect(await statuses(sweep)).toEqual(['finished', 'finished', 'finished']);
    }, 90_000);

    it('halves by an array for each rung, which waits for the last one, also when nobody watches', async () => {
      mkdirSync('s');
      const parameters = ['training.learningRate=0.1,0.2,0.4,0.5'];
      const plan = await makePlan(noisyLine, { parameters, budget: '20..40', reduction: 2 });
      const sweep = await openSweep('s', plan);
      // Its first trial fails: a task that nobody watches says so itself.
      process.env.SWEEP_TEST = JSON.stringify({ fail: '1' });
      const lines = await launch(sweep, undefined, {}, true);
      expect(lines.map((line) => line.replace(/\d+/, 'n'))).toEqual([
        'job n: 4 tasks of rung 1 submitted',
        'job n: 2 tasks of rung 2 submitted',
      ]);
      expect((await queuedTasks(jobName(sweep))).filter(({ task }) => task > 4)).toMatchObject([
        { task: 5, state: 'PENDING' },
        { task: 6, state: 'PENDING' },
      ]);
      for (let i = 0; i < 600 && (await queuedTasks(jobName(sweep))).length > 0; i++) await setTimeout(100);
      const states = await elementStates(sweep);
      expect(states.map(({ element, status }) => `${element.id} ${status}`)).toEqual([
        't0001-s1 failed',
        ...['t0002-s1', 't0003-s1', 't0004-s1', 't0004-s1-r2', 't0003-s1-r2'].map((id) => `${id} finished`),
      ]);
      expect(readFileSync('s/logs/task-5.log', 'utf8')).toContain('goes on from the checkpoints of t0004-s1');
      // What is decided is not run again, whoever watches.
      delete process.env.SWEEP_TEST;
      expect(await launch(sweep)).toEqual([]);
    }, 90_000);

    it('halves watched, and tries a killed task of the first rung again before the second begins', async () => {
      mkdirSync('s');
      const parameters = ['training.learningRate=0.1,0.5'];
      const plan = await makePlan(noisyLine, { parameters, budget: '20..40', reduction: 2 });
      const sweep = await openSweep('s', plan);
      process.env.SWEEP_TEST = JSON.stringify({ kill: '2' });
      const lines = await launch(sweep);
      expect(lines.join('\n')).toContain('t0002-s1 ended with no result; trying again (1 of 1)');
      const states = await elementStates(sweep);
      expect(states.map(({ element, status }) => `${element.id} ${status}`)).toEqual(
        ['t0001-s1', 't0002-s1', 't0002-s1-r2'].map((id) => `${id} finished`),
      );
    }, 90_000);

    it('answers a table in shards', async () => {
      await makeTinyRun('own-table', 'run');
      const row = '16.5,14,2,loam,clover,2023-04-02\n';
      writeFileSync('rows.csv', `temperature,water,depth,soil,species,sown\n${row.repeat(9)}`);
      const main = fileURLToPath(new URL('../../../server/main.ts', import.meta.url));
      const given = { files: [resolve('rows.csv')], shards: 2, ending: '.csv' };
      const shards: ShardPlan = { version: 1, run: resolve('run'), kind: 'rows', ...given };
      await openShards('parts', shards);
      await launchSlurm(await shardBatch('parts', shards, ownTable), [1, 2], {
        ...{ settings: {}, retries: 1, pollEvery: 300, progress: silent, log: () => {} },
        program: [process.execPath, '--import', import.meta.resolve('tsx'), main],
        signal: new AbortController().signal,
      });
      const lines = [1, 2].map(
        (n) => readFileSync(`parts/part-000${n}.csv`, 'utf8').trimEnd().split('\n').length,
      );
      // A header each, and nine rows.
      expect(lines[0] + lines[1]).toBe(2 + 9);
    }, 90_000);

    it('simulates in shards', async () => {
      const blocks = fileURLToPath(new URL('../shards/block-program.ts', import.meta.url));
      const words = ['simulate', 'block-line', '--out', 'run', '--shards', '2', '--launcher', 'slurm'];
      const given = { domains: [blockLine], program: [...program.slice(0, -1), blocks] };
      const { code, stdout, stderr } = await deepfield([...words, '--slurm', 'partition=main'], given);
      expect(code, stderr).toBe(0);
      expect(stderr).toMatch(/job \d+: 2 tasks submitted/);
      expect(stdout).toBe('run      run\ngo on with: npx deepfield resume run\n');
      expect(existsSync('run/blocks')).toBe(false);
      const elsewhere = words.map((word) => (word === 'run' ? 'elsewhere' : word));
      const refused = await deepfield([...elsewhere, '--slurm', 'partition=none'], given);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('sbatch: invalid partition specified: none; ');
    }, 90_000);

    it('says in one line, in its own words, what it does not take', async () => {
      await expect(launch(await openedSweep(), undefined, { partition: 'none' })).rejects.toThrow(
        'sbatch: invalid partition specified: none; Batch job submission failed: Invalid partition name specified; see --slurm',
      );
    });
  },
);
