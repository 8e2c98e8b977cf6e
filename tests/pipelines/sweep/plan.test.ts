// What is refused before anything starts, in one line each; and plans that stay what they were.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { elementCommand } from '../../../pipelines/sweep/element-command.ts';
import { makePlan, type SweepChoice } from '../../../pipelines/sweep/make-plan.ts';
import { defaultFolder, openSweep } from '../../../pipelines/sweep/open-sweep.ts';
import { readSweep, sweepLayout } from '../../../pipelines/sweep/sweep-plan.ts';
import { deepfield, enterEmptyFolder } from '../harness.ts';
import { noisyLine } from '../noisy-line.ts';

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => leave());

const rate = 'training.learningRate=log:1e-2..1';

describe('a mistake', () => {
  it.each([
    [
      [],
      '--param: nothing differs from run to run; give a parameter with its values, --seeds 3 or --folds 7',
    ],
    [
      ['--param', 'training.learningRat=log:1e-4..1e-1'],
      'no setting training.learningRat; did you mean training.learningRate?',
    ],
    [['--param', 'steps=10,20'], 'no setting steps; did you mean training.steps?'],
    [['--param', 'training.steps=ten,20'], 'expected whole number > 0, got "ten"'],
    [['--param', 'training.steps=lin:1..9', '--trials', '2'], 'write int:1..9'],
    [['--param', 'training.steps=int:0..9', '--trials', '2'], 'expected whole number > 0, got 0'],
    [['--param', 'abscissae=uniform,normall'], 'expected uniform | normal, got "normall"'],
    [['--param', 'slopes=[2],[]'], 'slopes=[2],[]: expected list of at least 1: number, got []'],
    [['--param', 'training.learningRate=log:1..1'], 'the range is empty'],
    [['--param', 'training=1'], 'training'],
    [['--param', rate], 'a grid needs a number of points for a range'],
    [['--param', rate, '--trials', '0'], "option '--trials <n>' argument '0' is invalid"],
    [
      ['--param', rate, '--trials', '2', '--strategy', 'bayes'],
      'Choose one of grid, random, sobol, successive-halving.',
    ],
    [['--param', rate, '--trials', '2', '--launcher', 'lcal'], 'Choose one of local'],
    [['--param', 'samples=30,60', '--trials', '3', '--strategy', 'grid'], 'the grid has 2 points, not 3'],
    [['--param', rate, '--param', rate, '--trials', '2'], 'training.learningRate is swept twice'],
    [['--param', 'samples=30,60', '--set', 'samples=10'], 'samples is set and swept'],
    [['--param', 'samples=30,60', '--set', 'noise=-1'], 'noise, --set: expected number >= 0, got -1'],
    [['--param', 'samples=30,60', '--source', 'none.txt'], 'none.txt: no such file or folder'],
    [['--param', 'samples=30,60', '--device', 'gpu'], '--device: no device gpu'],
    [['--param', 'samples=30,60', '--preset', 'papr'], 'did you mean paper?'],
  ])('%j is told in one line, exit 2, and begins nothing', async (argv, message) => {
    const { code, stdout, stderr } = await deepfield(['sweep', 'noisy-line', ...argv]);
    expect(code, stderr).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(existsSync('sweeps')).toBe(false);
  });

  it.each([
    [['collect', 'none'], 'none/sweep.json: there is no such file; give the directory of a sweep'],
    [['sweep-element', 'none', '1'], 'none/sweep.json: there is no such file'],
  ])('%j is told in one line', async (argv, message) => {
    expect((await deepfield(argv)).stderr).toContain(`error: ${message}`);
  });
});

const plan = (choice: Partial<SweepChoice> = {}) =>
  makePlan(noisyLine, { parameters: [rate, 'abscissae=uniform,normal'], trials: 4, ...choice });

async function open(choice: Partial<SweepChoice>, options = {}) {
  mkdirSync('s', { recursive: true });
  return openSweep('s', await plan(choice), options);
}

describe('a plan', () => {
  it('is the same for the same words, and is read back as it was written', async () => {
    const { plan: written } = await open({ seeds: 2 });
    expect(await plan({ seeds: 2 })).toEqual(written);
    expect((await readSweep('s')).plan).toEqual(written);
    expect(written.elements.map(({ id }) => id).slice(0, 3)).toEqual(['t0001-s1', 't0001-s2', 't0002-s1']);
    expect(new Set(written.elements.map(({ values }) => JSON.stringify(values))).size).toBe(4);
  });

  it('has a folder of its own, which more trials do not change', async () => {
    expect(defaultFolder(await plan())).toBe(defaultFolder(await plan({ trials: 9, seeds: 3 })));
    expect(defaultFolder(await plan())).not.toBe(defaultFolder(await plan({ seed: 2 })));
    expect(defaultFolder(await plan())).toMatch(/^sweeps\/noisy-line\/[0-9a-f]{8}$/);
  });

  it('says how each run is made by hand', async () => {
    const { elements, ...rest } = await plan({ set: ['samples=30'], seed: 7 });
    const [first] = elements;
    expect(elementCommand({ elements, ...rest }, first).join(' ')).toBe(
      `npx deepfield run noisy-line --preset quick --seed 7 --set samples=30 --set training.learningRate=${first.values['training.learningRate']} --set abscissae=${first.values.abscissae}`,
    );
  });

  it.each([
    [{ seed: 2 }, 'another seed: 1, not 2; name a new folder with --out'],
    [{ strategy: 'sobol' as const }, 'another strategy: "random", not "sobol"'],
    [{ set: ['samples=30'] }, 'another set: [], not ["samples=30"]'],
    [{ parameters: [rate] }, 'another parameters'],
    [{ trials: 6 }, 'has 4 trials with 1 seed, not 6 trials with 1 seed; add --extend for more of it'],
    [{ trials: 3 }, 'has 4 trials with 1 seed, not 3 trials with 1 seed; name a new folder with --out'],
  ])('changed by %j is refused under its runs', async (choice, message) => {
    await open({});
    const before = readFileSync('s/sweep.json', 'utf8');
    await expect(open(choice)).rejects.toThrow(message);
    expect(readFileSync('s/sweep.json', 'utf8')).toBe(before);
  });

  it('changed by the default of a setting is refused', async () => {
    await open({});
    const text = readFileSync('s/sweep.json', 'utf8');
    writeFileSync('s/sweep.json', text.replace('"samples": 60', '"samples": 61'));
    await expect(open({})).rejects.toThrow('another set of settings; name a new folder');
  });

  it('grows with --extend, keeping what it had, and in no other way', async () => {
    const { plan: old } = await open({});
    const { plan: grown } = await open({ trials: 6, seeds: 2 }, { extend: true });
    expect(grown.elements).toEqual(expect.arrayContaining(old.elements));
    expect(grown.elements).toHaveLength(12);
    await expect(open({ trials: 5, seeds: 2 }, { extend: true })).rejects.toThrow(
      'not 5 trials with 2 seeds',
    );
  });

  it('keeps its objective until another is asked for', async () => {
    const objective = { metric: 'validationAuc', goal: 'max', at: 'best' } as const;
    await open({ objective });
    expect((await open({})).plan.objective).toEqual(objective);
    expect((await open({}, { objective: true })).plan.objective.metric).toBe('validationLoss');
  });

  it('is not written into a folder that holds something else', async () => {
    mkdirSync('s');
    writeFileSync('s/mine.txt', '');
    await expect(open({})).rejects.toThrow('--out s: the folder holds something else than a sweep');
  });

  it('is worked on by one at a time', async () => {
    await open({});
    // The parent of this process lives as long as it does.
    const mark = { pid: process.ppid, host: hostname(), started: null };
    writeFileSync(sweepLayout('s').lock, JSON.stringify(mark));
    const { code, stderr } = await deepfield([
      'sweep',
      'noisy-line',
      '--param',
      'samples=30,60',
      '--out',
      's',
    ]);
    expect(code).toBe(2);
    expect(stderr).toBe(`error: s: process ${process.ppid} is writing to this run; wait for it or stop it\n`);
  });
});
