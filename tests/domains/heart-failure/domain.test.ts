// The whole way at a size that takes seconds: what is asked of the figures is in the README, measured at full size.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { Evaluation, Models } from '../../../domains/domain.ts';
import { domain } from '../../../domains/heart-failure/index.ts';
import { networksOf } from '../../../domains/heart-failure/networks-of-run.ts';
import { predictAll } from '../../../pipelines/stages/predict.ts';
import { contextOf, tinyConfig, trainTiny } from './tiny-run.ts';

const config = tinyConfig({
  evaluation: { leadTimes: [30, 180], learningCurve: [0.5] },
});
const id = 'observe365-gap30-gru-one-hot-1';

describe('a run on simulated patients', () => {
  let parts: Parts;
  let models: Models;
  let evaluation: Evaluation;
  let lines: readonly Readonly<Record<string, unknown>>[];

  beforeAll(async () => {
    parts = await domain.simulate(contextOf(config));
    ({ models, lines } = await trainTiny(parts, config));
    evaluation = await domain.evaluate(parts, { ...contextOf(config), models });
  }, 120_000);

  it('keeps match sets whole over the splits', () => {
    const { matchSet } = parts.members.columns;
    const sets = Object.values(parts.members.splits).map(
      (rows) => new Set([...rows].map((row) => matchSet.data[row])),
    );
    expect(sets.map(({ size }) => size)).toEqual([50, 10, 10]);
    expect(new Set(sets.flatMap((own) => [...own])).size).toBe(70);
  });

  it('trains every network, those of the learning curve too, and keeps their history', () => {
    expect([...models.ids].sort()).toEqual(
      [
        'observe365-gap30-gru-one-hot-1',
        'observe365-gap30-gru-one-hot-share50-1',
        'observe365-gap30-logistic-one-hot-untimed-1',
        'observe365-gap30-retain-one-hot-1',
      ].sort(),
    );
    expect(networksOf(config)).toHaveLength(3);
    const own = lines.filter(({ model }) => model === id);
    expect(own).toHaveLength(2);
    expect(own.every(({ loss, validationAuc }) => Number(loss) > 0 && Number(validationAuc) >= 0)).toBe(true);
  });

  it('has a figure for each thing that the issue asks for, each in its interval', () => {
    const ids = evaluation.figures.map((figure) => figure.id);
    expect(ids).toEqual([
      'auc-365-gap-30-gru-one-hot',
      'auc-difference-365-gap-30-logistic',
      'auc-difference-365-gap-30-retain',
      'average-precision-365-gap-30',
      'brier-365-gap-30',
      'calibration-intercept-365-gap-30',
      'calibration-slope-365-gap-30',
    ]);
    const [leading] = evaluation.figures;
    expect(leading.baselines?.map((baseline) => baseline.id)).toEqual([
      'event-count',
      'visit-count',
      'knn',
      'logistic-one-hot-untimed',
      'retain-one-hot',
    ]);
    for (const { value, low, high } of evaluation.figures) {
      expect(low).toBeLessThanOrEqual(value);
      expect(value).toBeLessThanOrEqual(high);
    }
  });

  it('plots what a reader looks for', async () => {
    const plots = await domain.figures(evaluation, config);
    expect(plots.map((plot) => plot.id)).toEqual([
      'areas-365-gap-30',
      'roc-365-gap-30',
      'calibration-365-gap-30',
      'net-benefit-365-gap-30',
      'groups-365-gap-30',
      'lead-time-365-gap-30',
      'timelines-365-gap-30',
      'learning-curve',
      'funnel',
    ]);
  });

  it("adds up RETAIN's contributions to its answer", async () => {
    const codes = { dtype: 'int32' as const, shape: [1, 16, 8], data: new Int32Array(128) };
    codes.data.set([3, 5], 0);
    codes.data.set([2], 8);
    const days = { dtype: 'float32' as const, shape: [1, 16], data: new Float32Array(16) };
    days.data.set([200, 15]);
    const retain = 'observe365-gap30-retain-one-hot-1';
    const ask = async (inputs: Parameters<Models['run']>[1]) => models.run(retain, inputs);
    const whole = await ask({ codes, days });
    const parts = whole.contributions.data as Float32Array;
    const nothing = await ask({ codes: { ...codes, data: new Int32Array(128) }, days });
    const sum = parts.reduce((a, b) => a + b, 0);
    // With no code the context is zero, so that the bias alone is left.
    expect(whole.logit.data[0] - nothing.logit.data[0]).toBeCloseTo(sum, 4);
    expect([...parts.keys()].filter((i) => parts[i] !== 0)).toEqual([0, 1, 8]);
  });

  it('answers its own examples, corrected to the incidence that is stated', async () => {
    const { predict } = domain;
    const answers = await predictAll(domain, config, models, predict.examples);
    const [first] = answers.map((answer) => predict.answer.parse(answer));
    expect(first.low!).toBeLessThanOrEqual(first.risk!);
    expect(first.risk!).toBeLessThanOrEqual(first.high!);
    // Odds are the study's times the ratio of the priors' odds: a third or so of the validation patients are cases.
    const odds = (p: number) => p / (1 - p);
    const ratio = odds(first.riskInStudy!) / odds(first.risk!);
    expect(ratio).toBeCloseTo(odds(10 / 40) / odds(0.01), 3);
    expect(predict.describe(first)).toMatch(/^risk [\d.e+-]+ % \([\d.e+-]+ % to [\d.e+-]+ %\)/);
    const [twice] = (await predictAll(domain, config, models, [
      { ...predict.examples[0], incidence: 0.02 },
    ])) as (typeof first)[];
    expect(odds(twice.risk!) / odds(first.risk!)).toBeCloseTo(odds(0.02) / odds(0.01), 3);
  });

  it('warns of records unlike those that were learnt from', async () => {
    const ask = async (request: unknown): Promise<readonly string[]> => {
      const [answer] = await predictAll(domain, config, models, [request]);
      return domain.predict.answer.parse(answer).warnings;
    };
    const warnings = await ask({
      age: 25,
      asOf: '2012-06-01',
      events: [
        { date: '2012-05-01', code: '401.9' },
        { date: '2012-05-02', code: 'ZZ.99', system: 'LOINC' },
        { date: '2012-07-01', code: '401.9' },
      ],
    });
    expect(warnings).toEqual([
      '1 entries on or after the day of asking were not looked at',
      '1 of 2 entries have codes that the networks have not learnt: they were left out',
      expect.stringMatching(
        /^the record has 1 entries with known codes in the last 365 days; those learnt from had \d+ to \d+$/,
      ),
      'the record begins 31 days before the day of asking; networks were taught on 365',
      expect.stringMatching(/^the age, 25, is outside that of the training data, \d+ to \d+$/),
    ]);
  });

  it('has no answer where the record holds nothing that is known', async () => {
    const [answer] = await predictAll(domain, config, models, [
      { age: 60, asOf: '2012-06-01', events: [{ date: '2012-05-01', code: 'ZZ.99', system: 'LOINC' }] },
    ]);
    const parsed = domain.predict.answer.parse(answer);
    expect(parsed).toMatchObject({ risk: null, low: null, high: null, riskInStudy: null, codes: [] });
    expect(domain.predict.describe(parsed)).toBe(
      'no answer: no entry with a known code in the last 365 days',
    );
  });

  it('asks for what is missing in one line', async () => {
    const ask = (request: unknown) => predictAll(domain, config, models, [request]);
    const [example] = domain.predict.examples;
    await expect(ask({ ...example, window: '30-gap-0' })).rejects.toThrow(
      'window: no networks for the window "30-gap-0"; the run has 365-gap-30',
    );
    await expect(ask({ ...example, asOf: 'May' })).rejects.toThrow('asOf: "May" is no date');
    await expect(ask({ events: [{ date: '1st', code: '401.9' }] })).rejects.toThrow('"1st" is no date');
  });
});
