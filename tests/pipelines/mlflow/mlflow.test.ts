// Runs that are shown in MLflow while they are made: what a tracking server is sent, that it is sent once, and that no training fails by it.
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deepfield, enterEmptyFolder, interruption, type Outcome } from '../harness.ts';
import { hooks } from '../noisy-line.ts';
import { type TrackedRun, type TrackingServer, trackingServer } from './tracking-server.ts';

let leave: () => void;
let server: TrackingServer;
beforeEach(async () => {
  ({ leave } = enterEmptyFolder());
  server = await trackingServer();
  process.env.MLFLOW_TRACKING_URI = server.uri;
});
afterEach(async () => {
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('MLFLOW_')))
    delete process.env[name];
  delete hooks.onStep;
  await server.close();
  leave();
});

const run = (...more: string[]): Promise<Outcome> =>
  deepfield(['run', 'noisy-line', '--out', 'run', ...more]);
const steps = (count: number): string[] => ['--set', `training.steps=${count}`];

/** The one run that was made. */
function tracked(): TrackedRun {
  expect(server.runs.size).toBe(1);
  return [...server.runs.values()][0];
}

/** `line2/loss 1 0.5` of each metric of training that is there. */
const points = ({ metrics }: TrackedRun): string[] =>
  metrics
    .filter(({ key }) => !key.startsWith('figures/'))
    .map(({ key, step, value }) => `${key} ${step} ${value}`);

/** The same of metrics.jsonl. */
const recorded = (): string[] =>
  readFileSync('run/metrics.jsonl', 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .flatMap(({ model, step, ...metrics }) =>
      Object.entries(metrics).map(([name, value]) => `${model}/${name} ${step} ${value}`),
    );

describe('a run', () => {
  it('is sent with its settings, its metrics and its figures', async () => {
    const { code, stderr } = await run(...steps(3));
    expect(code).toBe(0);
    expect(stderr).not.toContain('MLFLOW');
    expect([...new Set(server.calls)]).toEqual([
      'GET experiments/get-by-name',
      'POST experiments/create',
      'POST runs/create',
      'POST runs/log-batch',
      'POST runs/update',
    ]);
    expect([...server.experiments]).toEqual([['noisy-line', '1']]);
    const sent = tracked();
    expect(sent).toMatchObject({ experiment: '1', name: 'run', status: 'FINISHED' });
    expect(sent.tags).toEqual({
      'mlflow.source.name': 'deepfield',
      'deepfield.domain': 'noisy-line',
      'deepfield.run': resolve('run'),
    });
    expect(Object.fromEntries(sent.params)).toMatchObject({
      preset: 'quick',
      seed: '1',
      source: 'simulation',
      slopes: '[2,-1]',
      abscissae: 'uniform',
      'training.steps': '3',
      'training.learningRate': '0.5',
    });
    expect(points(sent)).toEqual(recorded());
    const { figures } = JSON.parse(readFileSync('run/results.json', 'utf8'));
    expect(sent.metrics.filter(({ key }) => key.startsWith('figures/')).map((m) => [m.key, m.value])).toEqual(
      figures.flatMap(({ id, value, low, high }: Record<string, unknown>) => [
        [`figures/${id}`, value],
        [`figures/${id}.low`, low],
        [`figures/${id}.high`, high],
      ]),
    );
  });

  it('goes into the experiment that is named, with the name and password that are given', async () => {
    process.env.MLFLOW_EXPERIMENT_NAME = 'thesis';
    server.experiments.set('thesis', '7');
    process.env.MLFLOW_TRACKING_URI = server.uri.replace('//', '//me:se%20cret@');
    await run(...steps(1));
    expect(tracked().experiment).toBe('7');
    // RFC 7617: base64 of "me:se cret".
    expect([...server.authorizations]).toEqual(['Basic bWU6c2UgY3JldA==']);
    expect(readFileSync('run/mlflow.json', 'utf8')).not.toContain('cret');
    process.env.MLFLOW_TRACKING_TOKEN = 'token';
    server.authorizations.clear();
    await deepfield(['resume', 'run']);
    expect([...server.authorizations]).toEqual(['Bearer token']);
  });

  it('is sent in batches that a server takes, whatever its networks and metrics are called', async () => {
    await deepfield(['train', 'noisy-line', '--out', 'run', ...steps(1)]);
    appendFileSync(
      'run/metrics.jsonl',
      Array.from(
        { length: 1200 },
        (_, i) => `{"model":"a, penalty 0.1","step":${i},"x/y":1,"z(t)":2,"no":null}\n`,
      ).join(''),
    );
    await deepfield(['resume', 'run']);
    const sent = points(tracked()).filter((text) => text.startsWith('a_'));
    expect(sent).toHaveLength(2400);
    expect(sent.slice(0, 2)).toEqual(['a_penalty_0.1/x/y 0 1', 'a_penalty_0.1/z_t_ 0 2']);
    expect(new Set(sent).size).toBe(2400);
  });

  it('that is stopped and resumed goes on in the same run, and sends no step twice', async () => {
    const { signal, interrupt } = interruption();
    hooks.onStep = (id, step) => {
      if (id === 'line-1' && step === 7) interrupt();
    };
    const stopped = await deepfield(['run', 'noisy-line', '--out', 'run'], { signal });
    expect(stopped.code).toBe(130);
    expect(tracked().status).toBe('KILLED');
    expect(points(tracked())).toEqual(recorded());
    delete hooks.onStep;
    // Its last steps are lost, as those after a checkpoint are when a process is killed, and taken again.
    rmSync('run/checkpoints/line-1/last.json');
    expect((await deepfield(['resume', 'run'])).code).toBe(0);
    expect(tracked().status).toBe('FINISHED');
    expect(points(tracked())).toEqual(recorded());
    const { metrics } = tracked();
    await deepfield(['resume', 'run']);
    expect(tracked().metrics).toEqual(metrics);
    // Deleted there, it is sent anew.
    server.runs.clear();
    await deepfield(['resume', 'run']);
    expect(points(tracked())).toEqual(recorded());
  });

  it('that fails is marked so', async () => {
    hooks.onStep = () => {
      throw new TypeError('a bug');
    };
    expect((await run()).code).toBe(1);
    expect(tracked().status).toBe('FAILED');
  });

  it('of a sweep is sent by its element, in an experiment that another one makes at the same time', async () => {
    server.before = (call) => {
      if (call === 'POST experiments/create') server.experiments.set('noisy-line', '3');
    };
    delete process.env.MLFLOW_TRACKING_URI;
    const cluster = ['--launcher', 'kubernetes', '--kubernetes', 'claim=a', '--kubernetes', 'image=b'];
    await deepfield(['sweep', 'noisy-line', '--param', 'samples=30,60', '--out', 's', ...cluster]);
    process.env.MLFLOW_TRACKING_URI = server.uri;
    expect((await deepfield(['sweep-element', 's', '2'])).code).toBe(0);
    expect(tracked()).toMatchObject({ experiment: '3', name: 't0002-s1', status: 'FINISHED' });
    expect(tracked().params.get('samples')).toBe('60');
  });
});

describe('a server that cannot be sent to', () => {
  const warnings = ({ stderr }: Outcome): string[] =>
    stderr.split('\n').filter((line) => line.includes('MLFLOW'));

  it('that is gone costs one line, and is sent all when it is back', async () => {
    const address = server.uri;
    await server.close();
    const outcome = await run(...steps(3));
    expect(outcome.code).toBe(0);
    expect(warnings(outcome)).toEqual([
      'MLFLOW_TRACKING_URI: fetch failed (ECONNREFUSED); the run goes on without it',
    ]);
    server = await trackingServer();
    expect(server.uri).not.toBe(address);
    process.env.MLFLOW_TRACKING_URI = server.uri;
    await deepfield(['resume', 'run']);
    expect(tracked().status).toBe('FINISHED');
    expect(points(tracked())).toEqual(recorded());
  });

  it('that never answers is not waited for when the run is stopped', async () => {
    server.refuse = 'silence';
    const { signal, interrupt } = interruption();
    hooks.onStep = (_, step) => {
      if (step === 7) interrupt();
    };
    const outcome = await deepfield(['run', 'noisy-line', '--out', 'run'], { signal });
    expect(outcome.code).toBe(130);
    expect(server.calls).toEqual(['GET experiments/get-by-name']);
  }, 20_000);

  it.each([
    [
      403,
      '{"error_code":"PERMISSION_DENIED","message":"Permission denied\\nwith more"}',
      'Permission denied; the run',
    ],
    [500, '<html>oops</html>', 'it answers 500; the run'],
    [200, '<html>hello</html>', 'its answers are not those of MLflow; the run'],
    [200, '{}', 'its answers are not those of MLflow; the run'],
  ])('that answers %d %s costs one line', async (status, body, message) => {
    server.refuse = { status, body };
    const outcome = await run(...steps(2));
    expect(outcome.code).toBe(0);
    expect(warnings(outcome)).toHaveLength(1);
    expect(warnings(outcome)[0]).toContain(`MLFLOW_TRACKING_URI: ${message}`);
    expect(warnings(outcome)[0]).toMatch(/; the run goes on without it$/);
  });

  it.each(['file:///tmp/mlruns', 'databricks', 'not an address'])(
    'as %s is, costs one line',
    async (address) => {
      process.env.MLFLOW_TRACKING_URI = address;
      const outcome = await run(...steps(2));
      expect(outcome.code).toBe(0);
      expect(warnings(outcome)).toEqual([
        'MLFLOW_TRACKING_URI: expected the address of a server, as http://127.0.0.1:5000; the run goes on without it',
      ]);
      expect(server.calls).toEqual([]);
    },
  );

  it('has no place in a run that names none', async () => {
    process.env.MLFLOW_TRACKING_URI = '';
    await run(...steps(2));
    expect(server.calls).toEqual([]);
    expect(() => readFileSync('run/mlflow.json')).toThrow('ENOENT');
  });
});
