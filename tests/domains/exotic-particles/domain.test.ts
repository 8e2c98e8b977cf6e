// The domain at sizes that take seconds: generate, train, evaluate, draw, predict.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import type { Parts } from '../../../data-adapters/dataset.ts';
import { PartWriter } from '../../../data-adapters/stored/part-writer.ts';
import type { StoredDataset } from '../../../data-adapters/stored/stored-dataset.ts';
import type { Evaluation, Figure, Models } from '../../../domains/domain.ts';
import {
  type CollisionsConfig,
  collisionsConfig,
  presets,
} from '../../../domains/exotic-particles/config.ts';
import { domain } from '../../../domains/exotic-particles/index.ts';
import { InMemoryTraining, contextOf as inMemory } from '../in-memory-training.ts';

const config = collisionsConfig.parse({
  problems: ['higgs', 'susy'],
  groups: ['high', 'complete'],
  kinds: ['logistic', 'shallow'],
  events: { training: 3000, validation: 1000, test: 2000 },
  shallow: { units: 30 },
  training: { networks: 2, epochs: 4, batchSize: 100 },
  importance: { events: 300, repeats: 2 },
  bootstrap: 60,
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deepfield-collisions-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const contextOf = (given: CollisionsConfig, name: string) => ({
  ...inMemory(given),
  folder: join(folder, name),
  openPart: (part: string, columns: Parameters<typeof PartWriter.open>[2]) =>
    PartWriter.open(join(folder, name), part, columns),
});

async function trained(parts: Parts<StoredDataset>, given: CollisionsConfig): Promise<Models> {
  const training = new InMemoryTraining(domain, parts, given);
  await training.train();
  return training.models();
}

describe('a run on generated collisions', () => {
  let parts: Parts<StoredDataset>;
  let models: Models;
  let evaluation: Evaluation;
  let figure: (id: string) => Figure;

  beforeAll(async () => {
    parts = await domain.simulate(contextOf(config, 'run'));
    models = await trained(parts, config);
    evaluation = await domain.evaluate(parts, { ...contextOf(config, 'run'), models });
    figure = (id) => evaluation.figures.find((candidate) => candidate.id === id)!;
  }, 120_000);

  it('has as many events as the settings say, with the signal shares of the UCI sets', async () => {
    for (const [name, share] of [
      ['higgs', 0.53],
      ['susy', 0.46],
    ] as const) {
      const { train, validation, test } = parts[name].splits;
      expect([train.length, validation.length, test.length]).toEqual([3000, 1000, 2000]);
      const label = await train.column('label');
      const found = Array.from(label).reduce((a, b) => a + b, 0) / 3000;
      // Four standard errors of a share of 3,000.
      expect(Math.abs(found - share)).toBeLessThan(4 * Math.sqrt(0.25 / 3000));
    }
  });

  it('trains every kind on every group, twice', () => {
    expect(models.ids).toHaveLength(2 * 2 * 2 * 2);
    expect(models.ids).toContain('susy-shallow-high-2');
  });

  it('finds that signal can be told, and states the paper beside it', () => {
    const high = figure('auc-higgs-shallow-high');
    // 1/2 would be chance.
    expect(high.low).toBeGreaterThan(0.5);
    expect(high.high).toBeLessThan(0.95);
    expect(high.paper).toEqual({ value: 0.777, error: 0.001 });
    expect(high.baselines?.map(({ id }) => id)).toEqual(['ensemble', 'logistic']);
    expect(figure('auc-susy-shallow-complete').low).toBeGreaterThan(0.5);
    expect(figure('significance-higgs-shallow-complete').value).toBeGreaterThan(1);
  });

  it('gives every figure an interval that holds it, and an id of its own', () => {
    const ids = evaluation.figures.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, value, low, high } of evaluation.figures) {
      expect(id).toMatch(/^[a-z0-9-]+$/);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
  });

  it('draws every plot from what stands in evaluation.json', async () => {
    const kept = JSON.parse(JSON.stringify(evaluation)) as Evaluation;
    const plots = await domain.figures(kept, config);
    const names = plots.map(({ id }) => id);
    for (const search of ['higgs', 'susy']) {
      for (const plot of 'rejection scores cuts using expected shifts sculpting importance importance-groups'.split(
        ' ',
      )) {
        expect(names).toContain(`${plot}-${search}`);
      }
    }
  });

  it('answers one event as JSON', async () => {
    const path = join(folder, 'events.json');
    await writeFile(path, JSON.stringify(domain.predict.examples));
    const requests = await domain.predict.read(path);
    expect(requests).toHaveLength(domain.predict.examples.length);
    const {
      models: ids,
      inputs,
      context,
    } = await domain.predict.decode({ ...requests[0], search: 'higgs' }, models, config);
    expect(ids).toEqual(['higgs-shallow-complete-1', 'higgs-shallow-complete-2']);
    const outputs = [];
    for (const id of ids) outputs.push(await models.run(id, inputs));
    const answer = domain.predict.encode(outputs, requests[0], config, context);
    expect(domain.predict.answer.parse(answer).networks).toBe(2);
    expect(domain.predict.describe(answer)).toMatch(/^P\(signal\) = 0\.\d{4} \+- 0\.\d{4}$/);
  });

  it('says what is wrong with an event', async () => {
    const [example] = domain.predict.examples;
    const ask = async (request: unknown) => domain.predict.decode(request as never, models, config);
    await expect(ask({ features: example.features })).rejects.toThrow(
      'search: the run has networks for higgs and susy; choose one of higgs, susy',
    );
    const { lepton_pT: _, ...rest } = example.features;
    await expect(ask({ search: 'higgs', features: rest })).rejects.toThrow(/lepton_pT is missing/);
    await expect(ask({ search: 'higgs', features: { ...example.features, lepton_pt: 1 } })).rejects.toThrow(
      'features: no feature "lepton_pt"; did you mean lepton_pT',
    );
  });

  it('scores a table, every row of it', async () => {
    const rows = Array.from({ length: 5 }, (_, i) => [
      i % 2,
      ...Array.from({ length: 28 }, (_unused, k) => 0.5 + 0.01 * k * i),
    ]);
    const path = join(folder, 'events.csv');
    await writeFile(path, `${rows.map((row) => row.join(',')).join('\n')}\n`);
    const out = join(folder, 'scored.csv');
    const scored = await domain.predict.table!.score(path, out, { ...contextOf(config, 'run'), models });
    expect([scored.rows, scored.rejected, scored.leftOut]).toEqual([5, 0, []]);
    const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/^label,lepton_pT,.*,m_wwbb,score,score_spread$/);
    const [first] = scored.preview.score;
    expect(Number(lines[1].split(',').at(-2))).toBeCloseTo(first, 5);
  });

  it('refuses to evaluate events of a search without networks', async () => {
    const none = { ...models, ids: models.ids.filter((id) => !id.startsWith('susy')) };
    await expect(domain.evaluate(parts, { ...contextOf(config, 'run'), models: none })).rejects.toThrow(
      'the run has no network for the search susy',
    );
  });
});

describe("a run on a table of one's own", () => {
  // Signal has x = m +- 1, background x uniform; m is 2 or 6 for signal. Without m a network cannot use x well.
  const random = new RandomStream('table');
  const rows = Array.from({ length: 3000 }, (_, i) => {
    const signal = i % 2 === 0;
    const mass = random.uniform() < 0.5 ? 2 : 6;
    const x = signal ? mass + random.normal() : 8 * random.uniform();
    return [
      signal ? 's' : 'b',
      signal ? mass : 0,
      x,
      random.normal(),
      signal ? 0.01 : 5,
      i,
      10 * random.uniform(),
    ];
  });
  const settings = collisionsConfig.parse({
    kinds: ['logistic', 'shallow'],
    groups: ['low'],
    shallow: { units: 40 },
    training: { epochs: 20, batchSize: 50, learningRate: 0.01 },
    importance: { events: 300, repeats: 2 },
    bootstrap: 60,
    source: {
      low: ['x', 'y', 'm'],
      high: ['twice'],
      derived: { twice: 'x + x' },
      label: 'kind',
      signal: 's',
      weight: 'w',
      observers: ['id'],
      cuts: ['z > 1'],
      parameter: 'm',
    },
  });
  let path: string;
  let parts: Parts<StoredDataset>;
  let models: Models;

  beforeAll(async () => {
    path = join(folder, 'own.csv');
    await writeFile(path, `kind,m,x,y,w,id,z\n${rows.map((row) => row.join(',')).join('\n')}\n`);
    parts = await domain.open(path, { ...contextOf(settings, 'own'), purpose: 'training' });
    models = await trained(parts, settings);
  }, 60_000);

  it('keeps what passes the cut, with weights and observers, and says so', async () => {
    const { table } = parts;
    const kept = rows.filter((row) => (row[6] as number) > 1);
    expect(table.rows).toBe(kept.length);
    const ids: number[] = [];
    for (const split of ['train', 'validation', 'test'] as const) {
      ids.push(...(await table.splits[split].column('observer:id')));
    }
    expect(ids.sort((a, b) => a - b)).toEqual(kept.map((row) => row[5]));
    expect(table.provenance.notes).toContain(`${rows.length - kept.length} rows cut away by z > 1`);
  });

  it('learns with weights of very different size, and with a parameter that background has none of', async () => {
    const { figures } = await domain.evaluate(parts, { ...contextOf(settings, 'own'), models });
    const area = figures.find(({ id }) => id === 'auc-table-shallow-low')!;
    // Background has m = 0 in the file: a network that had seen it there would be right every time, on this file alone.
    expect(area.value).toBeGreaterThan(0.6);
    // The same x is signal-like for the mass that it belongs to, and less so for the other.
    const [light, heavy] = [await scoresAt(2), await scoresAt(6)];
    expect(light[0] - heavy[0]).toBeGreaterThan(0.2);
    expect(heavy[1] - light[1]).toBeGreaterThan(0.2);
  });

  /** Scores of x = 2 and x = 6 under the hypothesis of a mass. */
  async function scoresAt(mass: number): Promise<number[]> {
    const scores: number[] = [];
    for (const x of [2, 6]) {
      const request = { features: { x, y: 0, m: mass, twice: 2 * x } };
      const { models: ids, inputs } = await domain.predict.decode(request, models, settings);
      const output = await models.run(ids[0], inputs);
      scores.push(domain.predict.encode([output], request, settings).score);
    }
    return scores;
  }

  it('says which names are wrong', async () => {
    const wrong = (source: object) =>
      domain.open(path, {
        ...contextOf({ ...settings, source: { ...settings.source, ...source } }, 'wrong'),
        purpose: 'training',
      });
    await expect(wrong({ low: ['xx'] })).rejects.toThrow(/there is no column xx.*did you mean x/);
    await expect(wrong({ label: 'kinds' })).rejects.toThrow(/kinds.*did you mean kind/);
    await expect(wrong({ cuts: ['z > 100'] })).rejects.toThrow(/cut "z > 100" keeps nothing of 3000 rows/);
    const other = { ...settings, source: { ...settings.source, parameter: 'mm' } };
    await expect(trained(parts, other)).rejects.toThrow('source.parameter: no feature "mm"; did you mean m');
  });
});

describe('presets', () => {
  it('are settings of the schema', () => {
    for (const preset of Object.values(presets)) expect(() => collisionsConfig.parse(preset)).not.toThrow();
  });
});
