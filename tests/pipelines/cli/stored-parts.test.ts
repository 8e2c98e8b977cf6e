import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { deepfield, enterEmptyFolder, latestRun } from '../harness.ts';
import { trouble } from '../stored-line.ts';

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => {
  trouble.afterFirstPart = undefined;
  leave();
});

const results = (stdout: string) => JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
const run = ['--set', 'slopes=[2]', '--set', 'samples=50', '--seed', '4'];

describe('a domain whose data are kept on disk', () => {
  it('finds the same figures as one that keeps them in memory', async () => {
    const stored = await deepfield(['run', 'stored-line', ...run, '--json']);
    const memory = await deepfield(['run', 'noisy-line', ...run, '--json']);
    expect(stored.code).toBe(0);
    expect(results(stored.stdout).figures).toEqual(results(memory.stdout).figures);
  });

  it('has a file for each split, and its record in data.json and in the report', async () => {
    await deepfield(['run', 'stored-line', ...run]);
    const paths = await latestRun();
    expect(readdirSync(paths.prepared).sort()).toEqual(
      ['line2.test.arrow', 'line2.train.arrow', 'line2.validation.arrow'].sort(),
    );
    const { line2 } = JSON.parse(readFileSync(paths.data, 'utf8')).parts;
    // 60, 20 and 20 % of 50 points.
    expect(line2.splits).toEqual({ train: 30, validation: 10, test: 10 });
    expect(line2.stored.files.train.path).toBe('prepared/line2.train.arrow');
    expect(line2.stored.statistics.x[0].greatest).toBeLessThanOrEqual(1);
    expect(readFileSync(paths.report, 'utf8')).toContain(line2.stored.files.test.sha256.slice(0, 16));
  });

  it('goes on from its files, and notices that one was changed', async () => {
    await deepfield(['prepare', 'stored-line', ...run]);
    const paths = await latestRun();
    expect((await deepfield(['resume', paths.root])).code).toBe(0);
    expect(existsSync(paths.report)).toBe(true);
    await deepfield(['prepare', 'stored-line', ...run]);
    const second = await latestRun();
    appendFileSync(join(second.prepared, 'line2.validation.arrow'), 'x');
    const { code, stderr } = await deepfield(['resume', second.root]);
    expect(code).toBe(2);
    expect(stderr).toContain('line2.validation.arrow: changed since the run prepared it');
  });

  it('exports its data as CSV', async () => {
    await deepfield(['run', 'stored-line', ...run]);
    await deepfield(['export', 'latest', '--format', 'csv', '--out', 'out']);
    const lines = readFileSync('out/line2.csv', 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(51);
    expect(lines[0]).toBe('split,x,y,positive');
    expect(lines[1]).toMatch(/^train,0\.\d+,\d\.\d+,1$/);
    expect(lines[50]).toMatch(/^test,/);
  });

  it('evaluates on other data and keeps nothing of them but their record', async () => {
    await deepfield(['run', 'stored-line', ...run]);
    const { root, evaluations } = await latestRun();
    const before = readdirSync(root);
    writeFileSync('points.csv', '0,1\n1,3\n');
    const { code } = await deepfield(['evaluate', root, '--source', 'points.csv']);
    expect(code).toBe(0);
    expect(readdirSync(root).sort()).toEqual([...before, 'evaluations'].sort());
    const [folder] = readdirSync(evaluations);
    const { line2 } = JSON.parse(readFileSync(join(evaluations, folder, 'data.json'), 'utf8')).parts;
    expect([line2.rows, line2.stored]).toEqual([2, undefined]);
  });

  it('leaves no run behind when preparing fails', async () => {
    trouble.afterFirstPart = new UserError({ what: 'out of points' });
    const { code } = await deepfield(['run', 'stored-line', ...run]);
    expect(code).toBe(2);
    expect(existsSync('runs')).toBe(false);
  });
});
