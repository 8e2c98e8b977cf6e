// The paper's own network on each of its inputs, with and without the time between codes.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Models } from '../../../domains/domain.ts';
import { classifiersOf } from '../../../domains/heart-failure/classifiers.ts';
import { domain } from '../../../domains/heart-failure/index.ts';
import { predictAll } from '../../../pipelines/stages/predict.ts';
import { contextOf, tinyConfig, trainTiny } from './tiny-run.ts';

const config = tinyConfig({
  simulation: { cases: 42, controlsPerCase: 2 },
  kinds: ['mlp', 'paper-gru'],
  representations: ['one-hot', 'grouped', 'vectors'],
  timed: [false, true],
  representation: { longest: 24, codesPerStep: 1, leastPatients: 3 },
  training: { units: 4, width: 6, epochs: 1 },
  evaluation: { leadTimes: [] },
});

describe('the paper’s inputs', () => {
  let models: Models;
  let figures: readonly { readonly id: string }[];

  beforeAll(async () => {
    const parts = await domain.simulate(contextOf(config));
    ({ models } = await trainTiny(parts, config));
    ({ figures } = await domain.evaluate(parts, { ...contextOf(config), models }));
  }, 120_000);

  it('are each tried with and without durations, and once where only counts are read', () => {
    const classifiers = classifiersOf(models.ids, { observation: 365, gap: 30 });
    expect(classifiers.map(({ kind, representation, timed }) => [kind, representation, timed])).toEqual(
      expect.arrayContaining([
        ['mlp', 'grouped', false],
        ['paper-gru', 'one-hot', false],
        ['paper-gru', 'one-hot', true],
        ['paper-gru', 'vectors', true],
      ]),
    );
    expect(classifiers).toHaveLength(3 + 6);
    expect(figures[0].id).toMatch(/^auc-365-gap-30-paper-gru-/);
  });

  it('know groups by their own names, and answer records in codes', async () => {
    const grouped = models.ids.find((id) => id.includes('paper-gru-grouped'))!;
    const known = JSON.parse((await models.metadata(grouped)).vocabulary) as { code: string }[];
    expect(known.some(({ code }) => code === '401')).toBe(true);
    expect(known.some(({ code }) => code === '401.9')).toBe(false);
    const only: Models = { ...models, ids: [grouped] };
    const [answer] = await predictAll(domain, config, only, domain.predict.examples);
    const { codes } = domain.predict.answer.parse(answer);
    expect(codes.map(({ code }) => code)).toContain('401');
  });
});
