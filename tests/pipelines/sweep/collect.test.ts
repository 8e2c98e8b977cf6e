import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollectedElement } from '../../../pipelines/sweep/collect/collect-elements.ts';
import { epsilonSquared, parameterImportance, ranksOf } from '../../../pipelines/sweep/collect/importance.ts';
import { meanEstimate } from '../../../pipelines/sweep/collect/mean-estimate.ts';
import { defaultObjective, objectiveOf, splitMetric } from '../../../pipelines/sweep/collect/objective.ts';
import { objectiveCurves, parallelPlot } from '../../../pipelines/sweep/collect/sweep-plots.ts';
import { csvText, sweepColumns } from '../../../pipelines/sweep/collect/sweep-table.ts';
import { summarise } from '../../../pipelines/sweep/collect/trial-summary.ts';
import { makePlan } from '../../../pipelines/sweep/make-plan.ts';
import { MemoryGuard } from '../../../pipelines/sweep/memory-guard.ts';
import { parseParameter } from '../../../pipelines/sweep/parameter.ts';
import { noisyLine } from '../noisy-line.ts';

const lines = [
  { model: 'a', step: 1, validationLoss: 3 },
  { model: 'a', step: 2, validationLoss: 1, validationAuc: 0.7 },
  { model: 'b', step: 1, validationLoss: 0.1 },
  { model: 'a', step: 3, validationLoss: 2, validationAuc: 0.6 },
];

describe('objectiveOf', () => {
  it('is the best or the last value of the network that is meant', () => {
    expect(objectiveOf(defaultObjective, lines, 'a', '')).toBe(1);
    expect(objectiveOf({ ...defaultObjective, at: 'last' }, lines, 'a', '')).toBe(2);
    expect(objectiveOf({ metric: 'validationAuc', goal: 'max', at: 'best' }, lines, 'a', '')).toBe(0.7);
    expect(objectiveOf({ ...defaultObjective, ...splitMetric('b/validationLoss') }, lines, 'a', '')).toBe(
      0.1,
    );
  });

  it('is none where training came to nothing: NaN is null in the file', () => {
    const diverged = [...lines, { model: 'a', step: 4, validationLoss: null }];
    expect(objectiveOf({ ...defaultObjective, at: 'last' }, diverged, 'a', '')).toBeUndefined();
    expect(objectiveOf(defaultObjective, [{ model: 'a', validationLoss: null }], 'a', '')).toBeUndefined();
  });

  it('names what there is when there is no such metric', () => {
    const objective = { ...defaultObjective, metric: 'validationLos' };
    expect(() => objectiveOf(objective, lines, 'a', 'm.jsonl')).toThrow(
      'm.jsonl: network a has no metric validationLos; choose with --objective: a/validationLoss, b/validationLoss',
    );
    expect(() => objectiveOf(objective, [], 'a', 'm.jsonl')).toThrow('this run validates nothing');
  });
});

/** Finished elements of trials with these objectives by seed. */
async function elementsOf(objectives: readonly (readonly (number | undefined)[])[]) {
  const plan = await makePlan(noisyLine, {
    parameters: ['training.learningRate=log:1e-3..1', 'abscissae=uniform,normal'],
    trials: objectives.length,
    seeds: objectives[0].length,
  });
  const elements = plan.elements.map((element, i): CollectedElement => {
    const objective = objectives[element.trial - 1][i % objectives[0].length];
    const status = objective === undefined ? 'failed' : 'finished';
    const curve = [1, 2].map((step) => ({ step, value: (objective ?? 0) / step }));
    return { state: { element, status }, figures: [], objective, curve };
  });
  return { plan, elements };
}

describe('summarise', () => {
  it('takes the mean over seeds, leaves out trials that lack one, and knows the best seed', async () => {
    const { elements } = await elementsOf([
      [2, 4],
      [0.1, undefined],
      [1, 3],
    ]);
    const { ranked, chosen } = summarise(elements, defaultObjective);
    expect(ranked.map(({ trial }) => trial)).toEqual([3, 1]);
    expect(chosen?.best.state.element.id).toBe('t0003-s1');
    expect(summarise(elements, { ...defaultObjective, goal: 'max' }).chosen?.trial).toBe(1);
    expect(summarise([], defaultObjective).chosen).toBeUndefined();
  });

  it("gives Student's interval: of 1 and 3 it is 2 +- t(0.975, 1) * sqrt(2 / 2) = 2 +- 12.706 (tables)", () => {
    const { value, low, high } = meanEstimate([1, 3], 0.95);
    expect(value).toBe(2);
    expect(high - 2).toBeCloseTo(12.7062, 4);
    expect(2 - low).toBeCloseTo(12.7062, 4);
  });
});

describe('importance', () => {
  it('ranks with ties, as scipy.stats.rankdata does', () => {
    expect(ranksOf([10, 20, 10, 5])).toEqual([2.5, 4, 2.5, 1]);
  });

  it('is 1 where groups explain everything and 0 where they explain nothing', () => {
    expect(epsilonSquared([1, 1, 2, 2, 3, 3], [0, 0, 1, 1, 2, 2])).toBe(1);
    expect(epsilonSquared([1, 2, 1, 2], [0, 0, 1, 1])).toBe(0);
    // By hand: between = 2 (1.5 - 2.5)^2 2 = 4 of 5; 1 - (1/5) 3/2 = 0.7.
    expect(epsilonSquared([1, 2, 3, 4], [0, 0, 1, 1])).toBeCloseTo(0.7, 12);
  });

  it('stays between 0 and 1, and depends on no order of the trials', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 6, maxLength: 12 }),
        async (all) => {
          const { plan, elements } = await elementsOf(all.map((value) => [value]));
          const { ranked } = summarise(elements, defaultObjective);
          const found = parameterImportance(ranked, plan.parameters, 1);
          for (const { share, chance } of found) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(Math.max(share, chance)).toBeLessThanOrEqual(1);
          }
          expect(parameterImportance([...ranked].reverse(), plan.parameters, 1)).toEqual(found);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('finds the parameter that the objective is made of', async () => {
    const blank = await elementsOf(Array.from({ length: 24 }, () => [0]));
    const elements = blank.elements.map((element) => ({
      ...element,
      objective: Math.log(Number(element.state.element.values['training.learningRate'])) ** 2,
    }));
    const { ranked } = summarise(elements, defaultObjective);
    const [first, second] = parameterImportance(ranked, blank.plan.parameters, 1);
    expect(first.path).toBe('training.learningRate');
    expect(first.share).toBeGreaterThan(first.chance);
    expect(second.share).toBeLessThan(first.share);
  });

  it('says nothing of few trials', async () => {
    const { plan, elements } = await elementsOf([[1], [2], [3]]);
    expect(parameterImportance(summarise(elements, defaultObjective).ranked, plan.parameters, 1)).toEqual([]);
  });
});

describe('the table', () => {
  it('has a row for every run, with empty cells where there is nothing', async () => {
    const { plan, elements } = await elementsOf([[0.5], [undefined]]);
    const [head, first, second] = csvText(sweepColumns(plan, elements)).split('\n');
    expect(head).toBe('run,trial,seed,status,seconds,training.learningRate,abscissae,validationLoss');
    expect(first).toMatch(/^t0001-s1,1,1,finished,,[\d.]+,(uniform|normal),0\.5$/);
    expect(second).toMatch(/^t0002-s1,2,1,failed,,[\d.]+,(uniform|normal),$/);
  });
});

describe('plots', () => {
  it('place every trial between the ends of every axis', async () => {
    const { plan, elements } = await elementsOf([[1], [200], [3]]);
    const summary = summarise(elements, defaultObjective);
    const parameters = plan.parameters.map(({ path, spec }) => parseParameter(`${path}=${spec}`));
    const [plot] = parallelPlot(summary, parameters, defaultObjective);
    const { layer } = plot.vegaLite as { layer: { data: { values: { y: number }[] } }[] };
    const places = layer[1].data.values.map(({ y }) => y);
    expect(places).toHaveLength(9);
    for (const y of places) expect(y >= 0 && y <= 1).toBe(true);
    expect(objectiveCurves(elements, summary, defaultObjective)).toHaveLength(1);
  });

  it('are left out where there is nothing to draw', () => {
    expect(parallelPlot({ ranked: [] }, [], defaultObjective)).toEqual([]);
    expect(objectiveCurves([], { ranked: [] }, defaultObjective)).toEqual([]);
  });
});

describe('the guard of memory', () => {
  const GiB = 2 ** 30;

  it('lets another process start only beside what those that run may still take', () => {
    // One process was seen to take 3 GiB and has 1 now: it may take 2 more, and another one 3.
    const guard = (free: number) =>
      new MemoryGuard(
        () => free,
        () => ({ now: GiB, most: 3 * GiB }),
      );
    expect(guard(5 * GiB).hasRoom([1])).toBe(true);
    expect(guard(5 * GiB - 1).hasRoom([1])).toBe(false);
    expect(guard(7 * GiB - 1).hasRoom([1, 2])).toBe(false);
  });

  it('goes by a guess where the system tells nothing of processes', () => {
    const guard = (free: number) =>
      new MemoryGuard(
        () => free,
        () => undefined,
      );
    expect(guard(GiB).hasRoom([1])).toBe(true);
    expect(guard(GiB / 4).hasRoom([1])).toBe(false);
  });
});
