// Sweeps on Kubernetes: the Job that is written, held to Kubernetes' own schema and run as its pods would run it, index by index.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
// Compiled by the package's authors from the OpenAPI document that Kubernetes publishes.
import { type IJob, Job } from 'kubernetes-models/batch/v1';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { jobManifest } from '../../../pipelines/sweep/kubernetes/job-manifest.ts';
import { kubernetesSettings } from '../../../pipelines/sweep/kubernetes/kubernetes-settings.ts';
import { launchKubernetes } from '../../../pipelines/sweep/kubernetes/launch-kubernetes.ts';
import { makePlan } from '../../../pipelines/sweep/make-plan.ts';
import { openSweep } from '../../../pipelines/sweep/open-sweep.ts';
import { sweepBatch } from '../../../pipelines/sweep/sweep-batch.ts';
import { makeTinyRun } from '../../server/tiny-runs.ts';
import { blockLine } from '../block-line.ts';
import { deepfield, enterEmptyFolder, type Outcome } from '../harness.ts';
import { noisyLine } from '../noisy-line.ts';

const script = fileURLToPath(new URL('./sweep-program.ts', import.meta.url));
const program = `${process.execPath} --import ${import.meta.resolve('tsx')} ${script}`;

let folder: string;
let leave: () => void;
beforeEach(() => {
  ({ folder, leave } = enterEmptyFolder());
});
afterEach(() => {
  delete process.env.SWEEP_TEST;
  leave();
});

const cluster = ['claim=science', 'image=registry/deepfield:1'].flatMap((text) => ['--kubernetes', text]);
const words = ['sweep', 'noisy-line', '--param', 'training.learningRate=0.2,0.3,0.5', '--out', 's'];
const launch = (...more: string[]): Promise<Outcome> =>
  deepfield([...words, '--launcher', 'kubernetes', ...cluster, ...more]);

/** Whether Kubernetes' schema of a Job takes it. */
function validate(job: object): boolean {
  try {
    new Job(job as IJob).validate();
    return true;
  } catch {
    return false;
  }
}

/** The manifest that was written, which Kubernetes' schema takes. */
function written(path = 's/kubernetes.yaml'): IJob {
  const job = parse(readFileSync(path, 'utf8')) as IJob;
  expect(validate(job), JSON.stringify(job)).toBe(true);
  return job;
}

const container = (job: IJob) => job.spec!.template.spec!.containers[0];

/** The words that the pod of an index hands to its shell: in a command, `$$` stands for `$` (Kubernetes, "Container", `args`). */
const shellWords = (job: IJob): string[] => {
  const { command = [], args = [] } = container(job) as { command?: string[]; args?: string[] };
  return [...command, ...args].map((word) => word.replaceAll('$$', '$'));
};

/** Does what the pod of an index does. @returns its exit code */
function pod(job: IJob, index: number): number {
  const [shell, ...rest] = shellWords(job);
  try {
    execFileSync(shell, rest, {
      cwd: container(job).workingDir,
      env: { ...process.env, JOB_COMPLETION_INDEX: String(index) },
      stdio: 'pipe',
    });
    return 0;
  } catch (error) {
    return (error as { status: number }).status;
  }
}

const finished = (id: string): boolean => existsSync(join('s/runs', id, 'report.html'));

describe('the manifest', () => {
  it('has an index an element, and all that was said, and nothing that Kubernetes does not know', async () => {
    writeFileSync('cluster.yaml', 'namespace: lab\ncpus: 4\nmemory: 8Gi\nbackoff: 3\n');
    const { code, stdout } = await launch(
      ...['--kubernetes', 'cluster.yaml', '--kubernetes', 'gpus=1', '--kubernetes', 'cpus=2', '--jobs', '2'],
      ...['--kubernetes', `mount=${folder}`, '--kubernetes', 'subpath=people/me'],
    );
    expect(code).toBe(0);
    expect(stdout).toBe('sweep    s\nsubmit   kubectl create -f s/kubernetes.yaml\n');
    const job = written();
    const labels = { 'deepfield/batch': expect.stringMatching(/^[0-9a-f]{10}$/) as string };
    // A literal of the schema's own type: a field that Job does not have is no valid TypeScript.
    expect(job).toEqual({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        generateName: expect.stringMatching(/^deepfield-[0-9a-f]{10}-$/),
        namespace: 'lab',
        labels,
      },
      spec: {
        completionMode: 'Indexed',
        completions: 3,
        parallelism: 2,
        backoffLimitPerIndex: 3,
        podReplacementPolicy: 'Failed',
        podFailurePolicy: {
          rules: [
            { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
            { action: 'Ignore', onExitCodes: { operator: 'In', values: [130] } },
          ],
        },
        template: {
          metadata: { labels },
          spec: {
            restartPolicy: 'Never',
            terminationGracePeriodSeconds: 120,
            containers: [
              {
                name: 'deepfield',
                image: 'registry/deepfield:1',
                workingDir: folder,
                command: ['sh', '-euc'],
                args: [
                  `set -- \`seq 1 3\`\nshift "$JOB_COMPLETION_INDEX"\nexec npx deepfield sweep-element ${folder}/s "$1" --threads 2\n`,
                ],
                env: [{ name: 'OMP_NUM_THREADS', value: '2' }],
                resources: {
                  requests: { cpu: '2', memory: '8Gi' },
                  limits: { cpu: '2', memory: '8Gi', 'nvidia.com/gpu': '1' },
                },
                volumeMounts: [{ name: 'shared', mountPath: folder, subPath: 'people/me' }],
              },
            ],
            volumes: [{ name: 'shared', persistentVolumeClaim: { claimName: 'science' } }],
          },
        },
      },
    } satisfies IJob);
  });

  it('is refused by the schema where it is wrong: the schema does look', () => {
    expect(validate({ apiVersion: 'batch/v1', kind: 'Job', spec: { completions: 'three' } })).toBe(false);
  });

  it('has its own card where one is named, and the folder of the sweep as the volume otherwise', async () => {
    await launch('--kubernetes', 'gpus=amd.com/gpu:2', '--json');
    const job = written();
    expect(container(job).resources).toEqual({ limits: { 'amd.com/gpu': '2' } });
    expect(container(job).volumeMounts).toEqual([{ name: 'shared', mountPath: join(folder, 's') }]);
    // The folder that the command was given in is not on the volume.
    expect(container(job).workingDir).toBe(join(folder, 's'));
  });

  it('chooses the n-th task that is left by index n, whichever are left and wherever the sweep stands', async () => {
    mkdirSync("it's $(odd) $$");
    const plan = await makePlan(noisyLine, { parameters: ['training.learningRate=0.2,0.3'] });
    const batch = { ...sweepBatch(await openSweep("it's $(odd) $$", plan), noisyLine), tasks: 40 };
    const settings = await kubernetesSettings(['claim=a', 'image=b', 'program=printf "%s "']);
    const tasks = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
    fc.assert(
      fc.property(tasks, fc.nat(), (all, n) => {
        const left = all.sort((a, b) => a - b);
        const job = jobManifest(batch, left, settings, { folder }) as unknown as IJob;
        const [shell, ...rest] = shellWords(job);
        const index = n % left.length;
        const env = { ...process.env, JOB_COMPLETION_INDEX: `${index}` };
        expect(execFileSync(shell, rest, { env, encoding: 'utf8' })).toBe(
          `sweep-element ${join(folder, "it's $(odd) $$")} ${left[index]} --threads 1 `,
        );
      }),
      // A process each.
      { numRuns: 20 },
    );
  });
});

describe('a sweep', () => {
  it('is finished by its pods; the same command again writes what is left, and at the end collects', async () => {
    process.env.SWEEP_TEST = JSON.stringify({ fail: '2' });
    await launch('--kubernetes', `program=${program}`);
    const job = written();
    expect([pod(job, 0), pod(job, 1)]).toEqual([0, 2]);
    expect(['t0001-s1', 't0002-s1', 't0003-s1'].map(finished)).toEqual([true, false, false]);
    delete process.env.SWEEP_TEST;
    // Somebody works on the second, on another machine.
    writeFileSync('s/runs/t0002-s1/run.lock', '{"pid":7,"host":"elsewhere","started":"1"}\n');
    const { stderr } = await launch('--kubernetes', `program=${program}`);
    expect(stderr).toContain(
      't0002-s1 is left out: process 7 on elsewhere writes to it; if that is gone, delete s/runs/t0002-s1/run.lock',
    );
    expect(written().spec?.completions).toBe(1);
    rmSync('s/runs/t0002-s1/run.lock');
    await launch('--kubernetes', `program=${program}`);
    const rest = written();
    expect(rest.spec?.completions).toBe(2);
    expect([pod(rest, 0), pod(rest, 1)]).toEqual([0, 0]);
    const { code, stdout } = await launch();
    expect(code).toBe(0);
    expect(stdout).not.toContain('kubectl');
    expect(readFileSync('s/sweep.csv', 'utf8').match(/,finished,/g)).toHaveLength(3);
  }, 60_000);

  it('that is halved is written rung by rung; what failed in one does not go on', async () => {
    process.env.SWEEP_TEST = JSON.stringify({ fail: '1' });
    const halved = (): Promise<Outcome> =>
      launch('--budget', '20..40', '--reduction', '2', '--kubernetes', `program=${program}`);
    expect((await halved()).stderr).toContain('3 tasks of rung 1 of 2 in s/kubernetes.yaml\n');
    const first = written();
    expect([pod(first, 0), pod(first, 2)]).toEqual([2, 0]);
    // The second has not run: the same command writes what is not finished of the first rung.
    expect((await halved()).stderr).toContain('2 tasks of rung 1 of 2 in s/kubernetes.yaml\n');
    expect(pod(written(), 1)).toBe(0);
    expect((await halved()).stderr).toContain('1 task of rung 2 of 2 in s/kubernetes.yaml\n');
    expect(pod(written(), 0)).toBe(0);
    const { stdout } = await halved();
    expect(stdout).not.toContain('kubectl');
    const statuses = readFileSync('s/sweep.csv', 'utf8').match(/,(finished|failed),/g);
    expect(statuses).toEqual([',failed,', ',finished,', ',finished,', ',finished,']);
  }, 60_000);
});

it('answers a table in shards', async () => {
  await makeTinyRun('own-table', 'run');
  const row = '16.5,14,2,loam,clover,2023-04-02\n';
  writeFileSync('rows.csv', `temperature,water,depth,soil,species,sown\n${row.repeat(9)}`);
  const { domain } = await import('../../../domains/own-table/index.ts');
  const main = fileURLToPath(new URL('../../../server/main.ts', import.meta.url));
  const predict = (...more: string[]): Promise<Outcome> =>
    deepfield(
      [
        ...['predict', 'run', 'rows.csv', '--out', 'scored.csv', '--shards', '2', '--launcher', 'kubernetes'],
        ...[...cluster, '--kubernetes', `program=${program.replace(script, main)}`, ...more],
      ],
      { domains: [domain] },
    );
  // The run and the table are not in the folder of the shards.
  expect((await predict()).stderr).toContain('is not on the shared volume, which stands at');
  const { stdout, stderr } = await predict('--kubernetes', `mount=${folder}`);
  expect(stdout, stderr).toContain('submit   kubectl create -f scored.csv.shards/kubernetes.yaml\n');
  const job = written('scored.csv.shards/kubernetes.yaml');
  expect([pod(job, 0), pod(job, 1)]).toEqual([0, 0]);
  expect((await predict('--kubernetes', `mount=${folder}`)).stdout).toBe('answers  scored.csv\n');
  // A header and nine rows.
  expect(readFileSync('scored.csv', 'utf8').trimEnd().split('\n')).toHaveLength(1 + 9);
}, 60_000);

it('simulates in shards', async () => {
  const blocks = fileURLToPath(new URL('../shards/block-program.ts', import.meta.url));
  const simulate = (...more: string[]): Promise<Outcome> =>
    deepfield(
      [
        ...['simulate', 'block-line', '--out', 'run', '--shards', '2', '--launcher', 'kubernetes'],
        ...[...cluster, '--kubernetes', `program=${program.replace(script, blocks)}`, ...more],
      ],
      { domains: [blockLine] },
    );
  // The run is not in the folder of its blocks.
  expect((await simulate()).stderr).toContain('is not on the shared volume, which stands at');
  const { stdout, stderr } = await simulate('--kubernetes', `mount=${folder}`);
  expect(stdout, stderr).toContain('submit   kubectl create -f run/blocks/kubernetes.yaml\n');
  const job = written('run/blocks/kubernetes.yaml');
  expect(shellWords(job).at(-1)).toContain(` simulate-shard ${join(folder, 'run/blocks')} "$1" --threads 1`);
  expect([pod(job, 0), pod(job, 1)]).toEqual([0, 0]);
  const joined = await simulate('--kubernetes', `mount=${folder}`);
  expect(joined.stdout).toBe('run      run\ngo on with: npx deepfield resume run\n');
  expect(existsSync('run/blocks')).toBe(false);
}, 60_000);

describe('a mistake', () => {
  const given = (...texts: string[]): string[] => [
    ...['--launcher', 'kubernetes'],
    ...texts.flatMap((text) => ['--kubernetes', text]),
  ];
  it.each([
    [given('image=a'), '--kubernetes: no shared volume is named; add --kubernetes claim=my-claim'],
    [given('claim=a'), '--kubernetes: no image is named; add --kubernetes image=registry/deepfield:tag'],
    [given('clam=a'), "Kubernetes' settings have no clam; did you mean claim?"],
    [given('claim=A_b', 'image=b'), '--kubernetes claim: expected the name of a PersistentVolumeClaim'],
    [given('claim=a', 'image=two words'), '--kubernetes image: expected an image, as registry/name:tag'],
    [given('claim=a', 'image=b', 'cpus=0'), '--kubernetes cpus: expected whole number > 0, got 0'],
    [given('claim=a', 'image=b', 'memory=8m'), '--kubernetes memory: expected a size such as 4Gi'],
    [given('claim=a', 'image=b', 'gpus=some'), '--kubernetes gpus: expected a number, or one such as'],
    [given('claim=a', 'image=b', 'namespace=My Lab'), '--kubernetes namespace: expected small letters'],
    [given('claim=a', 'image=b', 'mount=data'), '--kubernetes mount: expected an absolute path'],
    [given('claim=a', 'image=b', 'subpath=../other'), '--kubernetes subpath: expected a path inside'],
    [given('claim=a', 'image=b', 'backoff=-1'), '--kubernetes backoff: expected whole number'],
    [given('none.yaml'), 'none.yaml: no such file'],
    [[...given('claim=a', 'image=b'), '--threads', '2'], '--threads: does not go with this launcher; write'],
    [[...given('claim=a', 'image=b'), '--retries', '2'], '--retries: does not go with this launcher; write'],
    [[...given('claim=a', 'image=b'), '--detach'], '--detach: does not go with this launcher'],
    [['--kubernetes', 'claim=a'], '--kubernetes: does not go with this launcher; add --launcher kubernetes'],
  ])('%j is told in one line, and nothing begins', async (argv, message) => {
    const { code, stderr } = await deepfield([...words, ...argv]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(existsSync('s')).toBe(false);
  });

  it('is a volume that does not hold the data, or more tasks than a Job has room for', async () => {
    writeFileSync('points.csv', '1,2\n2,3\n3,4\n4,5\n5,6\n');
    const { code, stderr } = await launch('--source', 'points.csv');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /\nerror: --kubernetes: \S+points\.csv is not on the shared volume, which stands at \S+\/s; say by [^\n]*\n$/,
    );
    const plan = await makePlan(noisyLine, { parameters: ['training.learningRate=0.2,0.3'] });
    mkdirSync('many');
    const batch = { ...sweepBatch(await openSweep('many', plan), noisyLine), tasks: 200_000 };
    const settings = await kubernetesSettings(['claim=a', 'image=b']);
    const odd = Array.from({ length: 100_000 }, (_, i) => 2 * i + 1);
    expect(() => jobManifest(batch, odd, settings, { folder })).toThrow('100000 tasks are more than a Job');
    const launched = launchKubernetes(batch, [1, 2], { settings, log: () => {} });
    await expect(launched).resolves.toBe('kubectl create -f many/kubernetes.yaml');
  });
});
