// The verb alone, with a domain that infers and one that does not; own-table's own tests are of what it learns.
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listed } from '../../../pipelines/cli/program.ts';
import { deepfield, enterEmptyFolder } from '../harness.ts';
import { inferringLine } from '../inferring-line.ts';

let home: ReturnType<typeof enterEmptyFolder>;
beforeEach(() => {
  home = enterEmptyFolder();
  writeFileSync('mine.txt', Array.from({ length: 20 }, (_, i) => `${i / 20},${i / 10}\n`).join(''));
});
afterEach(() => home.leave());

const domains = [inferringLine];

describe('deepfield fit', () => {
  it('shows what was inferred and what looks wrong, and stops there when asked to', async () => {
    const { code, stdout } = await deepfield(['fit', 'mine.txt', '--target', 'y', '--dry-run'], { domains });
    expect(code).toBe(0);
    expect(stdout).toContain('predicts y');
    expect(stdout).toMatch(/column {2}kind\n\s*x {7}number/);
    expect(stdout).toContain('Look at this first:\n- x is odd');
    expect(stdout).toContain('nothing was trained');
  });

  it('gives it as JSON', async () => {
    const { stdout } = await deepfield(['fit', 'mine.txt', '--target', 'y', '--dry-run', '--json'], {
      domains,
    });
    expect(JSON.parse(stdout)).toMatchObject({
      settings: { training: { steps: 7 } },
      warnings: ['x is odd'],
    });
  });

  it('hands every hint on, names between commas as lists', async () => {
    const argv = [
      '--target',
      'y',
      '--task',
      'regression',
      '--number',
      'a,"b,c"',
      '--number',
      'd',
      '--missing',
      '-999',
      '--dry-run',
      '--json',
    ];
    const { stdout } = await deepfield(['fit', 'mine.txt', ...argv], { domains });
    expect(JSON.parse(stdout).summary).toEqual([
      JSON.stringify({ target: 'y', task: 'regression', number: ['a', 'b,c', 'd'], missing: ['-999'] }),
    ]);
    expect(listed('a, b', ['c'])).toEqual(['c', 'a', 'b']);
  });

  it.each([
    [['--task', 'regresion'], '--task: no task "regresion"; did you mean regression?'],
    [[], 'mine.txt: no target'],
    [['--target', 'y', '--set', 'nonsense=1'], 'no setting nonsense'],
    [['--trget', 'y'], "unknown option '--trget'; did you mean --target"],
  ])('refuses %j in one line', async (argv, message) => {
    const { code, stderr } = await deepfield(['fit', 'mine.txt', ...argv], { domains });
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toContain(message);
  });

  it('says so where no domain can learn from a table', async () => {
    const { code, stderr } = await deepfield(['fit', 'mine.txt']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('no domain of this program')]);
  });

  it('runs the domain with what was inferred, under what is said', async () => {
    const fitted = await deepfield(['fit', 'mine.txt', '--target', 'y', '--out', 'a'], { domains });
    expect(fitted.code, fitted.stderr).toBe(0);
    expect(readFileSync('a/config.yaml', 'utf8')).toContain('steps: 7');
    await deepfield(['fit', 'mine.txt', '--target', 'y', '--out', 'b', '--set', 'training.steps=3'], {
      domains,
    });
    expect(readFileSync('b/config.yaml', 'utf8')).toContain('steps: 3');
  });
});
