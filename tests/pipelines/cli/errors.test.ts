import { existsSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deepfield, enterEmptyFolder } from '../harness.ts';
import { hooks } from '../noisy-line.ts';

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => {
  hooks.onStep = undefined;
  leave();
});

describe('a mistake on the command line', () => {
  it.each([
    [['rnu'], "unknown command 'rnu'; did you mean run?"],
    [['run', 'noisy-line', '--sed', '3'], "unknown option '--sed'; did you mean one of --seed, --set?"],
    [['run', 'noisy-line', '--seed', '-1'], "option '--seed <n>' argument '-1' is invalid."],
    [['run', 'noisy-line', '--threads', '0'], 'Expected a whole number from 1 to 1024.'],
    [['run', 'noisy-line', '--seed'], "option '--seed <n>' argument missing"],
    [['run', 'noisy-line', 'twice'], 'too many arguments'],
    [['run'], 'no domain is named; name one of'],
    [['run', 'noisy-lime'], 'no domain "noisy-lime"; did you mean noisy-line?'],
    [['run', 'weather'], 'no domain "weather"; there are: noisy-line, broken-line'],
    [['run', 'noisy-line', '--device', 'cpus'], '--device: no device cpus; choose cpu'],
    [['run', 'noisy-line', '--source', 'none.txt'], 'none.txt: no such file or folder'],
    [['run', 'noisy-line', '--preset', 'papr'], '--preset: no preset "papr"; did you mean paper?'],
    [['resume', 'latest'], 'latest: there is no such run; make one with "deepfield run <domain>"'],
    [['export', 'latest'], "required option '--format <name>' not specified"],
  ])('%j is told in one line, exit 2, and starts no run', async (argv, message) => {
    const { code, stdout, stderr } = await deepfield(argv);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(existsSync('runs')).toBe(false);
  });

  it('shows causes with --verbose only', async () => {
    expect((await deepfield(['run', 'noisy-line', '--config', 'x.yaml'])).stderr).not.toContain('caused by');
    const { stderr } = await deepfield(['run', 'noisy-line', '--config', 'x.yaml', '--verbose']);
    expect(stderr).toContain('caused by Error: ENOENT');
  });
});

describe('a bug', () => {
  it('is shown with its stack, exit 1', async () => {
    const { code, stderr } = await deepfield(['run', 'broken-line']);
    expect(code).toBe(1);
    expect(stderr).toContain('TypeError: a bug\n    at ');
  });

  it('in a stage keeps the run, so that it can be looked at and resumed', async () => {
    hooks.onStep = (_, step) => {
      if (step === 25) throw new TypeError('a bug at step 25');
    };
    expect((await deepfield(['run', 'noisy-line', '--out', 'r'])).code).toBe(1);
    expect(existsSync('r/run.lock')).toBe(false);
    hooks.onStep = undefined;
    expect((await deepfield(['resume', 'r'])).code).toBe(0);
  });
});

describe('help', () => {
  it('goes to stdout, exit 0, and names every verb and an example', async () => {
    for (const argv of [[], ['--help'], ['help']]) {
      const { code, stdout, stderr } = await deepfield(argv);
      expect([code, stderr]).toEqual([0, '']);
      for (const verb of 'list info run prepare train resume evaluate predict report export devices'.split(
        ' ',
      )) {
        expect(stdout).toMatch(new RegExp(`^ {2}${verb} `, 'm'));
      }
      expect(stdout).toContain('npx deepfield run noisy-line\n');
    }
    expect((await deepfield(['run', '--help'])).stdout).toContain('--preset <name>');
    expect((await deepfield(['--version'])).stdout).toBe('1.2.3\n');
  });
});

describe('a run that is being written', () => {
  it('is not resumed by a second process', async () => {
    await deepfield(['prepare', 'noisy-line', '--out', 'r']);
    // The parent of this process lives as long as it does.
    writeFileSync(
      'r/run.lock',
      JSON.stringify({ pid: process.ppid, host: (await import('node:os')).hostname(), started: null }),
    );
    const { code, stderr } = await deepfield(['resume', 'r']);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `error: r: process ${process.ppid} is writing to this run; wait for it or stop it\n`,
    );
  });
});
