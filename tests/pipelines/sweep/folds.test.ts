// Cross-validation: a run for each part of the data, which could have been made by hand, and what they come to.
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Domain } from '../../../domains/domain.ts';
import { foldEstimate, foldFigures } from '../../../pipelines/sweep/collect/fold-estimate.ts';
import { elementCommand } from '../../../pipelines/sweep/element-command.ts';
import { makePlan } from '../../../pipelines/sweep/make-plan.ts';
import { makeSweepFolder, openSweep } from '../../../pipelines/sweep/open-sweep.ts';
import { deepfield, enterEmptyFolder } from '../harness.ts';
import { noisyLine } from '../noisy-line.ts';

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => leave());

describe('the interval over folds', () => {
  const rows = [
    { train: 80, test: 20 },
    { train: 80, test: 20 },
    { train: 80, test: 20 },
  ];

  it("is Nadeau and Bengio's: of 1, 2, 3 it is 2 +- t(0.975, 2) sqrt(1/3 + 20/80) = 2 +- 4.30265 * 0.763763 (tables)", () => {
    const { value, low, high } = foldEstimate([1, 2, 3], rows, 0.95);
    expect(value).toBe(2);
    expect(high - 2).toBeCloseTo(3.28621, 4);
    expect(2 - low).toBeCloseTo(3.28621, 4);
  });

  it('is of every figure and baseline that all folds have', () => {
    const figure = (value: number) => ({
      id: 'auc',
      label: 'AUC',
      ...{ value, low: 0, high: 1, level: 0.9, n: 20 },
      baselines: [{ id: 'chance', label: 'chance', value: 0.5, low: 0.4, high: 0.6 }],
    });
    const other = { ...figure(1), id: 'other' };
    const [first, ...more] = foldFigures([[figure(1), other], [figure(2)], [figure(3)]], rows, 0.95);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ id: 'auc', value: 2, level: 0.95, n: 60 });
    expect(first.baselines).toEqual([{ id: 'chance', label: 'chance', value: 0.5, low: 0.5, high: 0.5 }]);
  });
});

describe('a mistake', () => {
  const without: Domain = { ...noisyLine, name: 'whole-line', folds: undefined };
  const drawn: Domain = {
    ...noisyLine,
    name: 'drawn-line',
    folds: { folds: 'folds', fold: 'fold', ofSource: true },
  };

  it.each([
    ['noisy-line', ['--folds', '1'], "option '--folds <n>' argument '1' is invalid"],
    ['noisy-line', ['--folds', 'five'], "option '--folds <n>' argument 'five' is invalid"],
    ['noisy-line', ['--folds', '3', '--set', 'fold=1'], 'fold is set by the folds and stands in --set'],
    [
      'noisy-line',
      ['--folds', '3', '--param', 'folds=2,3'],
      'folds is set by the folds and stands in --param',
    ],
    ['whole-line', ['--folds', '3'], 'whole-line has no settings that leave out one part of its data in 3'],
    ['drawn-line', ['--folds', '3'], 'drawn-line simulates its test data apart from those it trains on'],
  ])('%s %j is told in one line, exit 2, and begins nothing', async (name, argv, message) => {
    const { code, stderr } = await deepfield(['sweep', name, ...argv], { domains: [without, drawn] });
    expect(code, stderr).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(existsSync('sweeps')).toBe(false);
  });

  it('is more folds than there are rows: each run says so, and leaves nothing', async () => {
    await makeSweepFolder('s');
    await openSweep('s', await makePlan(noisyLine, { parameters: [], folds: 70 }));
    const { code, stderr } = await deepfield(['sweep-element', 's', '1']);
    expect(code).toBe(2);
    expect(stderr).toContain('60 rows or groups of rows are too few for 70 folds');
    expect(existsSync('s/runs/t0001-s1-f1')).toBe(false);
  });
});

describe('a cross-validation', () => {
  it('has a run for each trial, seed and fold, each as it is made by hand', async () => {
    const plan = await makePlan(noisyLine, { parameters: ['noise=0.01,0.1'], seeds: 2, folds: 3 });
    expect(plan.elements).toHaveLength(12);
    expect(plan.elements.map(({ id }) => id).slice(0, 4)).toEqual([
      't0001-s1-f1',
      't0001-s1-f2',
      't0001-s1-f3',
      't0001-s2-f1',
    ]);
    expect(elementCommand(plan, plan.elements[1]).join(' ')).toBe(
      'npx deepfield run noisy-line --preset quick --seed 1 --set noise=0.01 --set folds=3 --set fold=1',
    );
  });

  it('cannot become another one under its runs', async () => {
    await makeSweepFolder('s');
    await openSweep('s', await makePlan(noisyLine, { parameters: [], folds: 3 }));
    const other = await makePlan(noisyLine, { parameters: [], folds: 4 });
    await expect(openSweep('s', other, { extend: true })).rejects.toThrow('another folds: 3, not 4');
    const none = await makePlan(noisyLine, { parameters: [], seeds: 3 });
    await expect(openSweep('s', none)).rejects.toThrow('another folds: 3, not nothing');
  });

  it('tests on every row once, and collects means over its folds in tables, report and JSON', async () => {
    await makeSweepFolder('s');
    await openSweep('s', await makePlan(noisyLine, { parameters: ['noise=0.01,0.1'], folds: 3 }));
    for (let task = 1; task <= 6; task++) await deepfield(['sweep-element', 's', `${task}`]);
    const tested = [1, 2, 3].map((fold) => {
      const { parts } = JSON.parse(readFileSync(`s/runs/t0001-s1-f${fold}/data.json`, 'utf8'));
      return parts.line2.splits.test;
    });
    expect(tested).toEqual([20, 20, 20]);
    const { stdout } = await deepfield(['collect', 's', '--json']);
    const { chosen } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(chosen.values).toEqual({ noise: 0.01, folds: 3 });
    const values = [1, 2, 3].map((fold) => {
      const { figures } = JSON.parse(readFileSync(`s/runs/t0001-s1-f${fold}/results.json`, 'utf8'));
      return figures[0].value;
    });
    // Of each of two lines: 20 rows to test on, and 30 to train on, since of the 40 others a quarter validates.
    const rows = values.map(() => ({ train: 60, test: 40 }));
    expect(chosen.figures[0]).toMatchObject({ ...foldEstimate(values, rows, 0.95), n: 60 });
    const [head, first] = readFileSync('s/folds.csv', 'utf8').split('\n');
    expect(head).toMatch(
      /^trial,runs,noise,validationLoss,validationLoss.low,validationLoss.high,error-line2,/,
    );
    expect(first).toContain(`,${chosen.figures[0].value},${chosen.figures[0].low},`);
    expect(readFileSync('s/sweep.csv', 'utf8')).toMatch(
      /,fold,[^\n]*\nt0001-s1-f1,1,1,finished,[\d.]+,1,0.01,/,
    );
    const report = readFileSync('s/report.html', 'utf8');
    expect(report).toContain('Its test figures, means over 3 runs');
    expect(report).toContain('Nadeau and Bengio (2003)');
  });

  it('is halved like any sweep: a trial goes on with all its folds', async () => {
    await makeSweepFolder('s');
    const parameters = ['training.learningRate=0.1,0.5'];
    const plan = await makePlan(noisyLine, { parameters, folds: 2, budget: '10..20', reduction: 2 });
    await openSweep('s', plan);
    for (let task = 1; task <= 6; task++)
      expect((await deepfield(['sweep-element', 's', `${task}`])).code).toBe(0);
    expect(existsSync('s/runs/t0002-s1-f2-r2/report.html')).toBe(true);
    const { stdout } = await deepfield(['collect', 's', '--json']);
    const { chosen, runs } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(runs).toBe(6);
    expect(chosen).toMatchObject({ trial: 2, values: { 'training.steps': 20, folds: 2 } });
  });
});
