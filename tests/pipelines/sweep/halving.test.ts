// Successive halving: what is planned, who goes on, and that runs which go on from checkpoints are those that were trained anew.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseBudget, rungsOf } from '../../../pipelines/sweep/halving/budget.ts';
import { promote } from '../../../pipelines/sweep/halving/promote.ts';
import { rungOfTask, rungTasks, taskCount } from '../../../pipelines/sweep/halving/rung-elements.ts';
import { makePlan } from '../../../pipelines/sweep/make-plan.ts';
import { makeSweepFolder, openSweep } from '../../../pipelines/sweep/open-sweep.ts';
import { elementRun, readSweep, type Sweep } from '../../../pipelines/sweep/sweep-plan.ts';
import { deepfield, enterEmptyFolder } from '../harness.ts';
import { noisyLine } from '../noisy-line.ts';

const script = fileURLToPath(new URL('./sweep-program.ts', import.meta.url));
const program = [process.execPath, '--import', import.meta.resolve('tsx'), script];

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => {
  delete process.env.SWEEP_TEST;
  leave();
});

const rate = 'training.learningRate=log:1e-2..1';
const budget = (text: string) => parseBudget(text, noisyLine);

describe('rungs', () => {
  it('of 3..27 by 3 with 27 trials are those of Hyperband, Table 1, bracket s = 2 (27 trials in place of 9)', () => {
    expect(rungsOf(budget('3..27'), 27, 3, undefined)).toEqual({ budgets: [3, 9, 27], places: [27, 9, 3] });
    expect(rungsOf(budget('0.1..0.9'), 9, 3, undefined)).toEqual({
      budgets: [0.1, 0.3, 0.9],
      places: [9, 3, 1],
    });
    expect(rungsOf(budget('3..27'), 27, 3, 2)).toEqual({ budgets: [9, 27], places: [27, 9] });
  });

  it('rise to the greatest budget within the range, and lose trials to no more than one part in eta', () => {
    const parts = fc.record({
      low: fc.integer({ min: 1, max: 50 }),
      times: fc.integer({ min: 2, max: 200 }),
      eta: fc.integer({ min: 2, max: 5 }),
      trials: fc.integer({ min: 1, max: 2000 }),
    });
    fc.assert(
      fc.property(parts, ({ low, times, eta, trials }) => {
        fc.pre(times >= eta && trials >= times * eta);
        const { budgets, places } = rungsOf(budget(`${low}..${low * times}`), trials, eta, undefined);
        expect(budgets.at(-1)).toBe(low * times);
        expect(budgets[0]).toBeGreaterThanOrEqual(low);
        expect(budgets[0]).toBeLessThan(low * eta + 1);
        for (let i = 1; i < budgets.length; i++) {
          expect(budgets[i]).toBeGreaterThan(budgets[i - 1]);
          expect(places[i]).toBe(Math.floor(places[i - 1] / eta));
        }
      }),
    );
  });

  it('number their tasks one after another', async () => {
    const plan = await makePlan(noisyLine, { parameters: [rate], trials: 9, seeds: 2, budget: '4..36' });
    expect([1, 2, 3].map((rung) => rungTasks(plan, rung))).toEqual([
      { first: 1, count: 18 },
      { first: 19, count: 6 },
      { first: 25, count: 2 },
    ]);
    expect(taskCount(plan)).toBe(26);
    expect([1, 18, 19, 24, 25, 26].map((task) => rungOfTask(plan, task))).toEqual([1, 1, 2, 2, 3, 3]);
  });
});

describe('a mistake', () => {
  const begin = ['sweep', 'noisy-line', '--param', rate, '--trials', '9'];
  it.each([
    [['--budget', 'training.step=4..36'], 'no setting training.step; did you mean training.steps?'],
    [['--budget', 'few..many'], '--budget few..many: expected two numbers about ".."'],
    [['--budget', '4..'], 'expected two numbers about ".."'],
    [['--budget', '36'], 'expected two numbers about ".."'],
    [['--budget', '=4..36'], 'expected two numbers about ".."'],
    [['--budget', '36..4'], 'the range is empty; write the lower number first'],
    [['--budget', '0..4'], 'expected a budget above 0, got 0'],
    [['--budget', '4..8'], 'from 4 to 8 is less than one step of 3; write ..12 or more'],
    [['--budget', '4..36', '--rungs', '4'], 'has room for 3 rungs, not 4'],
    [['--budget', '4..36', '--rungs', '1'], "option '--rungs <n>' argument '1' is invalid"],
    [['--budget', '4..36', '--reduction', '1'], "option '--reduction <n>' argument '1' is invalid"],
    [['--budget', '4..108'], '9 trials leave none for rung 4 of 4; give at least 27'],
    [['--budget', 'abscissae=4..36'], '--budget abscissae=4..36: expected uniform | normal, got 4'],
    [['--budget', '0.5..4.5'], 'expected whole number > 0, got 0.5'],
    [['--budget', '4..36', '--set', 'training.steps=9'], 'training.steps is the budget and stands in --set'],
    [
      ['--budget', '4..36', '--param', 'training.steps=9,10'],
      'training.steps is the budget and stands in --param',
    ],
    [['--strategy', 'successive-halving'], 'needs to know what grows; add --budget training.steps=3..27'],
    [['--reduction', '2'], '--reduction: successive halving needs to know what grows'],
    [
      ['--strategy', 'halving', '--budget', '4..36'],
      'Choose one of grid, random, sobol, successive-halving.',
    ],
  ])('%j is told in one line, exit 2, and begins nothing', async (argv, message) => {
    const { code, stderr } = await deepfield([...begin, ...argv]);
    expect(code, stderr).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(existsSync('sweeps')).toBe(false);
  });

  it('is a budget without a name where the domain has none', () => {
    expect(() => parseBudget('3..27', { name: 'digits' })).toThrow(
      'digits has no one setting that says how long',
    );
  });
});

async function opened(choice = {}): Promise<Sweep> {
  await makeSweepFolder('s');
  const parameters = ['training.learningRate=0.1,0.2,0.4,0.5'];
  const plan = await makePlan(noisyLine, { parameters, budget: '10..20', reduction: 2, ...choice });
  return openSweep('s', plan);
}

describe('a plan', () => {
  it.each([
    [{ budget: '10..40' }, 'another halving'],
    [{ budget: undefined, reduction: undefined }, 'another halving'],
    [{ reduction: 2, rungs: 2, seeds: 2 }, 'another seeds: 1, not 2'],
    [{ objective: { metric: 'loss', goal: 'min', at: 'best' } }, 'another objective'],
  ])('changed by %j is refused under its runs', async (choice, message) => {
    await opened();
    await expect(opened(choice)).rejects.toThrow(message);
  });

  it('that was not halved is not halved later', async () => {
    await opened({ budget: undefined, reduction: undefined });
    await expect(opened()).rejects.toThrow('another halving');
  });

  it('knows which trials can go on', async () => {
    const parameters = ['abscissae=uniform,normal', 'training.learningRate=0.3,0.5'];
    const { halving, elements } = await makePlan(noisyLine, { parameters, budget: '10..20', reduction: 2 });
    expect(halving?.continued).toEqual([1, 2]);
    expect(elements[0].values).toEqual({
      abscissae: 'uniform',
      'training.learningRate': 0.3,
      'training.steps': 10,
    });
  });
});

const element = (id: string) => deepfield(['sweep-element', 's', id]);
/** Gives a run another objective than it has. */
function rescore({ root, metrics }: { root: string; metrics: string }, loss: number | null): void {
  const lines = readFileSync(metrics, 'utf8').trimEnd().split('\n');
  const scored = lines.map((line) => JSON.stringify({ ...JSON.parse(line), validationLoss: loss }));
  expect(root).toContain('runs');
  writeFileSync(metrics, `${scored.join('\n')}\n`);
}

describe('promotion', () => {
  it('waits for the rung before, then takes the best; of equal ones the first; never one without a value', async () => {
    const sweep = await opened();
    for (const id of ['1', '2', '3']) expect((await element(id)).code).toBe(0);
    const early = await element('5');
    expect(early.code).toBe(2);
    expect(early.stderr).toBe(
      'error: rung 2 of s: it begins when t0004-s1 is done, which is waiting; start the sweep again: the same command goes on\n',
    );
    await element('4');
    const [a, b, c, d] = sweep.plan.elements.map((each) => elementRun(sweep, each));
    rescore(a, null);
    rescore(b, 2);
    rescore(c, 1);
    rescore(d, 2);
    const { ranking, promoted } = await promote(sweep, noisyLine, 2);
    expect(ranking).toEqual([
      { trial: 3, value: 1 },
      { trial: 2, value: 2 },
      { trial: 4, value: 2 },
    ]);
    expect(promoted).toEqual([3, 2]);
    // Decided is decided, whatever the runs say later.
    rescore(b, 0);
    expect((await promote(sweep, noisyLine, 2)).promoted).toEqual([3, 2]);
  });

  it('is the same for all who decide at once, and leaves one file', async () => {
    const sweep = await opened();
    for (const id of ['1', '2', '3', '4']) await element(id);
    const all = await Promise.all(Array.from({ length: 8 }, () => promote(sweep, noisyLine, 2)));
    for (const promotion of all) expect(promotion).toEqual(all[0]);
    expect(readdirSync('s/rungs')).toEqual(['2.json']);
  });

  it('looks at no test set: figures changed there change nothing', async () => {
    const sweep = await opened();
    for (const id of ['1', '2', '3', '4']) await element(id);
    const { promoted } = await promote(sweep, noisyLine, 2);
    rmSync('s/rungs', { recursive: true });
    for (const each of sweep.plan.elements) {
      const { results, evaluation } = elementRun(sweep, each);
      const text = readFileSync(results, 'utf8').replace(/"value": [\d.e-]+/g, '"value": 1');
      writeFileSync(results, text);
      rmSync(evaluation);
    }
    expect((await promote(sweep, noisyLine, 2)).promoted).toEqual(promoted);
  });

  it('has nobody when no trial came to anything', async () => {
    const sweep = await opened();
    for (const id of ['1', '2', '3', '4']) await element(id);
    for (const each of sweep.plan.elements) rescore(elementRun(sweep, each), null);
    await expect(promote(sweep, noisyLine, 2)).rejects.toThrow('no trial of rung 1 came to anything');
    expect(existsSync('s/rungs/2.json')).toBe(false);
  });

  it('is told of a damaged file in one line', async () => {
    await opened();
    for (const id of ['1', '2', '3', '4', '5']) await element(id);
    writeFileSync('s/rungs/2.json', '{"version": 1');
    expect((await element('5')).stderr).toMatch(/^error: s\/rungs\/2\.json: not valid JSON [^\n]*\n$/);
  });

  it('names what is near an unknown element, those of later rungs too', async () => {
    await opened();
    for (const id of ['1', '2', '3', '4', '5']) await element(id);
    expect((await element('t0004-s1-r3')).stderr).toContain('did you mean t0004-s1-r2');
    expect((await element('7')).stderr).toContain('no element "7"');
  });
});

describe('a promoted run', () => {
  const files = ['models/line2.onnx', 'models/line-1.onnx', 'evaluation.json', 'config.yaml'];

  it.each([
    ['uniform', 'goes on from the checkpoints of t0004-s1'],
    ['normal', 'drawing points'],
  ])('of %s abscissae %s, and is the run made by hand', async (abscissae, told) => {
    const sweep = await opened({ set: [`abscissae=${abscissae}`] });
    for (const id of ['1', '2', '3', '4']) await element(id);
    const { stderr } = await element('5');
    expect(stderr).toContain(told);
    const [best] = (await promote(sweep, noisyLine, 2)).promoted;
    expect(best).toBe(4);
    await deepfield([
      ...['run', 'noisy-line', '--set', `abscissae=${abscissae}`],
      ...['--set', 'training.learningRate=0.5', '--set', 'training.steps=20', '--out', 'hand'],
    ]);
    const read = (root: string, file: string): string => readFileSync(join(root, file), 'latin1');
    for (const file of files) expect(read('s/runs/t0004-s1-r2', file), file).toBe(read('hand', file));
    // The lines of two networks that go on in turn stand in another order.
    const lines = (root: string): string[] => read(root, 'metrics.jsonl').split('\n').sort();
    expect(lines('s/runs/t0004-s1-r2')).toEqual(lines('hand'));
  });
});

describe('a sweep by successive halving', () => {
  const words = [
    ...['sweep', 'noisy-line', '--strategy', 'successive-halving', '--budget', '10..20', '--reduction', '2'],
    ...['--trials', '4', '--param', rate, '--jobs', '2', '--out', 's', '--retries', '0'],
  ];

  it('goes on without the trial that fails, collects its rungs, and does nothing again', async () => {
    process.env.SWEEP_TEST = JSON.stringify({ fail: 't0001-s1' });
    // The fault is at step 17, so that it takes a budget that reaches it.
    const far = words.map((word) => (word === '10..20' ? '20..40' : word));
    const { code, stdout, stderr } = await deepfield([...far, '--json'], { program });
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(
      '4, 2 trials with training.steps 20, 40; promoted ones go on from their checkpoints\n',
    );
    expect(stderr).toContain('5 of 6 finished, 1 failed and not promoted');
    const answer = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    const { promoted } = JSON.parse(readFileSync('s/rungs/2.json', 'utf8'));
    expect(promoted).not.toContain(1);
    expect(answer).toMatchObject({ runs: 6, finished: 5, failed: 0 });
    expect(promoted).toContain(answer.chosen.trial);
    expect(answer.chosen.values['training.steps']).toBe(40);
    const report = readFileSync('s/report.html', 'utf8');
    expect(report).toContain('gone on with from their checkpoints');
    expect(report).not.toMatch(/<script|<link|src="http/);
    const [head, ...rows] = readFileSync('s/sweep.csv', 'utf8').trimEnd().split('\n');
    expect(head).toContain(',rung,training.learningRate,training.steps,validationLoss,');
    expect(rows).toHaveLength(6);

    const logs = readdirSync('s/logs').map((name) => readFileSync(`s/logs/${name}`, 'utf8'));
    delete process.env.SWEEP_TEST;
    const again = await deepfield(far, { program });
    expect(again.code).toBe(0);
    expect(readdirSync('s/logs').map((name) => readFileSync(`s/logs/${name}`, 'utf8'))).toEqual(logs);
    const collected = await deepfield(['collect', 's', '--objective', 'loss']);
    expect(collected.stderr).toContain('trials were promoted by the lowest validationLoss; leave it out');
  }, 60_000);

  it('killed on its second rung ends as if it had not been', async () => {
    process.env.SWEEP_TEST = JSON.stringify({ kill: 't0003-s1-r2' });
    const { code, stderr } = await deepfield(words, { program });
    if (!existsSync('s/failures/t0003-s1-r2.json')) expect(code, stderr).toBe(0);
    else {
      expect(code).toBe(2);
      expect((await deepfield(words, { program })).code).toBe(0);
    }
    const { plan } = await readSweep('s');
    expect(plan.elements).toHaveLength(4);
    const states = readdirSync('s/runs').map((id) => existsSync(join('s/runs', id, 'report.html')));
    expect(states).toEqual([true, true, true, true, true, true]);
  }, 60_000);
});
