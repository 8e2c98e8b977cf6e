// Sweeps with real processes: what is killed, failed, stopped or begun twice ends all the same as if nothing had happened.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deepfield, enterEmptyFolder } from '../harness.ts';

const script = fileURLToPath(new URL('./sweep-program.ts', import.meta.url));
const program = [process.execPath, '--import', import.meta.resolve('tsx'), script];

let leave: () => void;
beforeAll(async () => {
  ({ leave } = enterEmptyFolder());
  for (const [i, rate] of [0.3, 0.5].entries()) {
    await deepfield([
      'run',
      'noisy-line',
      '--set',
      `training.learningRate=${rate}`,
      '--out',
      `hand/t000${i + 1}-s1`,
    ]);
  }
});
afterEach(() => {
  delete process.env.SWEEP_TEST;
  for (const name of ['s', 'one', 'killed']) rmSync(name, { recursive: true, force: true });
});
afterAll(() => leave());

const words = [
  'sweep',
  'noisy-line',
  '--param',
  'training.learningRate=0.3,0.5',
  '--jobs',
  '2',
  '--out',
  's',
];
const sweep = (...more: readonly string[]) => deepfield([...words, ...more], { program });

/** Files that depend on nothing but the settings and the seed. */
function expectAsByHand(root = 's'): void {
  expect(readdirSync(join(root, 'runs'))).toEqual(readdirSync('hand'));
  for (const id of readdirSync('hand')) {
    for (const file of [
      'models/line2.onnx',
      'models/line-1.onnx',
      'metrics.jsonl',
      'evaluation.json',
      'config.yaml',
    ]) {
      expect(readFileSync(join(root, 'runs', id, file)), file).toEqual(readFileSync(join('hand', id, file)));
    }
  }
}

const withoutSeconds = (csv: string): string[] =>
  readFileSync(csv, 'utf8')
    .split('\n')
    .map((line) => line.split(',').toSpliced(4, 1).join(','));

/** The table of the first sweep, which two jobs make. */
let table: string[];

describe('a sweep', () => {
  it('makes the runs that would have been made by hand, its table and its report; again, it does nothing', async () => {
    const { code, stdout, stderr } = await sweep('--json');
    expect(code, stderr).toBe(0);
    expectAsByHand();
    const answer = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(answer).toMatchObject({ sweep: 's', runs: 2, finished: 2, failed: 0, chosen: { trial: 2 } });
    // The same rows in both tables.
    const rows = await parquetReadObjects({ file: new Uint8Array(readFileSync('s/sweep.parquet')).buffer });
    const [head, ...lines] = readFileSync('s/sweep.csv', 'utf8').trimEnd().split('\n');
    const columns = head.split(',');
    expect(lines).toEqual(rows.map((row) => columns.map((name) => String(row[name])).join(',')));
    expect(columns.slice(0, 6)).toEqual([
      'run',
      'trial',
      'seed',
      'status',
      'seconds',
      'training.learningRate',
    ]);
    expect(columns.slice(6, 10)).toEqual([
      'validationLoss',
      'error-line2',
      'error-line2.low',
      'error-line2.high',
    ]);
    const report = readFileSync('s/report.html', 'utf8');
    expect(report).toContain('Chosen by validation: trial 2');
    expect(report).not.toMatch(/<script|<link|src="http/);

    const logs = (): string[] => readdirSync('s/logs').map((name) => readFileSync(`s/logs/${name}`, 'utf8'));
    const before = logs();
    const again = await sweep();
    expect(again.stderr).toContain('2 runs: 2 finished\n');
    expect(logs()).toEqual(before);
    table = withoutSeconds('s/sweep.csv');
    // Two who collect at once.
    await Promise.all([deepfield(['collect', 's']), deepfield(['collect', 's', '--at', 'last'])]);
    expect(readdirSync('s').filter((name) => name.startsWith('.'))).toEqual([]);
  }, 60_000);

  it('resumes what was killed, tells what failed, and tries it again; its table is that of two jobs', async () => {
    process.env.SWEEP_TEST = JSON.stringify({ kill: 't0001-s1', fail: 't0002-s1' });
    const one = (): ReturnType<typeof deepfield> =>
      deepfield([...words.slice(0, 4), '--jobs', '1', '--out', 'one'], { program });
    const { code, stdout, stderr } = await one();
    expect(code).toBe(2);
    expect(stderr).toContain('t0001-s1 ended with SIGKILL; trying again (1 of 1)');
    expect(readFileSync('one/logs/t0001-s1.log', 'utf8')).toContain('prepare done already');
    expect(stderr).toContain('t0002-s1 failed with 2 after 2 attempts; its last lines:\n');
    expect(stderr).toContain('  error: step 17: the line broke; mend it\n');
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(
      'error: one: 1 of 2 runs failed; see one/logs; the same command tries them again',
    );
    expect(stdout).toContain('1 of 2 finished, 1 failed');
    expect(readFileSync('one/sweep.csv', 'utf8')).toMatch(/\nt0002-s1,2,1,failed,,0\.5,,/);
    expect(readFileSync('one/report.html', 'utf8')).toContain('the line broke');
    delete process.env.SWEEP_TEST;
    expect((await one()).code).toBe(0);
    expectAsByHand('one');
    expect(readdirSync('one/failures')).toEqual([]);
    expect(withoutSeconds('one/sweep.csv')).toEqual(table);
  }, 60_000);

  it('stopped by Ctrl-C, then by kill -9, leaves no run going on, and ends as if it had not been', async () => {
    const metrics = (id: string): string => `s/runs/${id}/metrics.jsonl`;
    const ids = ['t0001-s1', 't0002-s1'];
    const sizes = (): number[] => ids.map((id) => (existsSync(metrics(id)) ? statSync(metrics(id)).size : 0));
    /** Starts it in a process of its own with slow steps, and signals it when both runs train. */
    const stopped = async (signal: NodeJS.Signals) => {
      const before = sizes();
      const [file, ...args] = program;
      const child = spawn(file, [...args, ...words], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, SWEEP_TEST: JSON.stringify({ slow: 150 }) },
      });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text) => {
        stderr += text;
      });
      for (let i = 0; i < 400 && !sizes().every((size, k) => size > before[k]); i++) await setTimeout(50);
      child.kill(signal);
      const [code] = await once(child, 'close');
      return { code, stderr };
    };

    const { code, stderr } = await stopped('SIGINT');
    expect(code, stderr).toBe(130);
    expect(stderr).toContain('the same command goes on with this sweep');
    for (const id of ids) {
      expect(readFileSync(`s/logs/${id}.log`, 'utf8')).toMatch(/\nstopped\n$/);
      expect(existsSync(`s/runs/${id}/run.lock`)).toBe(false);
    }
    const killed = await stopped('SIGKILL');
    expect(killed.stderr).toContain('2 runs: 2 to resume');
    expect(existsSync('s/sweep.lock')).toBe(true);
    const last = await sweep();
    expect(last.code, last.stderr).toBe(0);
    for (const id of ids) {
      expect(readFileSync(`s/logs/${id}.log`, 'utf8')).toContain('the sweep that started this run is gone');
    }
    expectAsByHand();
  }, 60_000);
});
