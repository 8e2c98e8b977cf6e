// The whole way at sizes that take seconds.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { Evaluation, Models } from '../../../domains/domain.ts';
import { ownTableConfig } from '../../../domains/own-table/config.ts';
import { domain } from '../../../domains/own-table/index.ts';
import { tablePart } from '../../../domains/own-table/parts.ts';
import { predictAll } from '../../../pipelines/stages/predict.ts';
import { fileOf, weyl } from '../../data-adapters/own-table/own-table.ts';
import { contextOf, InMemoryTraining } from '../in-memory-training.ts';

const small = {
  network: { hidden: [16], members: 2, epochs: 20 },
  linear: { penalties: [0.001] },
  importance: { rows: 200, repeats: 2 },
  bootstrap: 50,
};

const figureValue = ({ figures }: Evaluation, id: string): number =>
  figures.find((figure) => figure.id === id)!.value;

async function fitFile(
  text: string,
  hints: Parameters<NonNullable<typeof domain.infer>>[1],
  settings: object = {},
) {
  const source = fileOf(text);
  const base = ownTableConfig.parse({ ...small, ...settings });
  const { settings: inferred } = await domain.infer!(source, hints, contextOf(base));
  const config = ownTableConfig.parse({ ...small, ...settings, ...inferred });
  const parts = await domain.open(source, { ...contextOf(config), purpose: 'training' });
  const training = new InMemoryTraining(domain, parts, config);
  await training.train();
  const models = await training.models();
  const evaluation = await domain.evaluate(parts, { ...contextOf(config), models });
  return { source, config, parts, training, models, evaluation };
}

describe('a run on the generated table', () => {
  const config = ownTableConfig.parse({ ...small, sample: { rows: 600 } });
  let parts: Parts;
  let training: InMemoryTraining<typeof config>;
  let models: Models;
  let evaluation: Evaluation;
  beforeAll(async () => {
    parts = await domain.simulate(contextOf(config));
    training = new InMemoryTraining(domain, parts, config);
    await training.train();
    models = await training.models();
    evaluation = await domain.evaluate(parts, { ...contextOf(config), models });
  });

  it('has every figure beside the plainer methods and what is possible', () => {
    expect(evaluation.figures.map(({ id }) => id)).toEqual([
      'auc',
      'auc-difference',
      'accuracy',
      'log-loss',
      'brier',
      'calibration-slope',
      'calibration-intercept',
    ]);
    const [auc] = evaluation.figures;
    expect(auc.baselines?.map(({ id }) => id)).toEqual(['linear', 'neighbours', 'bayes-bound', 'majority']);
    expect(auc.baselines?.at(-1)?.value).toBe(0.5);
    for (const { value, low, high } of evaluation.figures) expect(low <= value && value <= high).toBe(true);
  });

  it('ends with the same bytes when it is stopped on the way', async () => {
    const again = new InMemoryTraining(domain, parts, config);
    let left = 3;
    const stopped = again.train(({ model }) => model === 'network' && --left === 0);
    await expect(stopped).rejects.toThrow('stopped');
    await again.train();
    for (const [id, { onnx }] of training.saved)
      expect(Buffer.compare(onnx, again.saved.get(id)!.onnx), id).toBe(0);
  });

  it('draws every plot', async () => {
    const plots = await domain.figures(evaluation, config);
    expect(plots.map(({ id }) => id)).toEqual(['roc', 'calibration', 'confusion', 'importance', 'columns']);
  });

  it('answers rows of words, with a warning where training saw nothing like it', async () => {
    const [example] = domain.predict.examples;
    const strange = { ...example, soil: 'lava', temperature: 99, water: null, more: 1 };
    const [usual, odd] = (await predictAll(domain, config, models, [example, strange])) as {
      prediction: string;
      probabilities: Record<string, number>;
      warnings: string[];
    }[];
    expect(usual.probabilities.no + usual.probabilities.yes).toBeCloseTo(1, 5);
    expect(usual.warnings).toEqual([]);
    expect(odd.warnings).toEqual([
      'temperature: 99 is outside of what training saw',
      'soil: lava is none of the words that training knew well',
    ]);
  });

  it.each([
    [{ soil: undefined }, 'soil is missing'],
    [{ temperature: 'warm' }, 'temperature: "warm" is no number'],
    [{ sown: 'in May' }, 'sown: "in May" is no date; write it as 2024-01-31'],
  ])('refuses %j', async (change, message) => {
    const row = Object.fromEntries(
      Object.entries({ ...domain.predict.examples[0], ...change }).filter(([, cell]) => cell !== undefined),
    );
    await expect(predictAll(domain, config, models, [row])).rejects.toThrow(message);
  });

  it('wants a schema before it opens a file', async () => {
    const opened = domain.open('mine.csv', { ...contextOf(config), purpose: 'training' });
    await expect(opened).rejects.toThrow('deepfield fit mine.csv --target <column>');
  });
});

describe('fitted tables', () => {
  it('learns a threshold between words and numbers, keeps groups whole, and answers the table with its words', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => {
      const [x, word] = [weyl(i), ['a', 'b'][i % 2]];
      const noisy = weyl(i, 0.37) < 0.1;
      return `${(10 * x).toFixed(3)},"${word}",p${Math.floor(i / 4)},${((word === 'a') === x > 0.5) !== noisy ? 'sick' : 'well'}`;
    });
    const text = `x,word,patient,state\n${rows.join('\n')}\n`;
    const { config, parts, models, evaluation, source } = await fitFile(text, {
      target: 'state',
      group: 'patient',
    });
    expect(config).toMatchObject({ task: 'classification', classes: ['well', 'sick'], group: 'patient' });
    const { splits, columns } = parts[tablePart];
    const owners = Object.values(splits).map(
      (own) => new Set(Array.from(own, (row) => columns.group.data[row])),
    );
    expect(owners.reduce((sum, { size }) => sum + size, 0)).toBe(100);
    // One row in ten is turned round, so the best AUC is near .9; the product of word and x is nothing to a linear model.
    const [auc] = evaluation.figures;
    expect(auc.value).toBeGreaterThan(0.8);
    expect(auc.baselines?.find(({ id }) => id === 'linear')?.value).toBeLessThan(0.65);

    const out = join(mkdtempSync(join(tmpdir(), 'deepfield-fit-')), 'answers.csv');
    const scored = await domain.predict.table!.score(source, out, { ...contextOf(config), models });
    expect(scored).toMatchObject({ rows: 400, rejected: 0, leftOut: [] });
    const [head, first] = readFileSync(out, 'utf8').split('\n');
    expect(head).toBe('x,word,patient,state,prediction,P(well),P(sick)');
    const [, , , , prediction, well, sick] = first.split(',');
    expect(Number(well) + Number(sick)).toBeCloseTo(1, 5);
    expect(prediction).toBe(Number(sick) > Number(well) ? 'sick' : 'well');
    expect(scored.preview['P(sick)'][0]).toBeCloseTo(Number(sick), 5);
    // A row too short is left out, and the others keep their numbers.
    const uneven = fileOf(text.split('\n').slice(0, 5).toSpliced(2, 0, '1,a').join('\n'));
    const few = await domain.predict.table!.score(uneven, undefined, { ...contextOf(config), models }, 3);
    expect(few).toMatchObject({ rows: 3, rejected: 1, previewRows: [1, 3, 4] });
    expect(few.rejections).toEqual([{ row: 2, what: 'has 2 cells, expected 4' }]);
    expect(few.preview['P(sick)']).toEqual(scored.preview['P(sick)'].slice(0, 3));
    const other = fileOf(text.replace('word', 'wort'));
    await expect(
      domain.predict.table!.score(other, undefined, { ...contextOf(config), models }),
    ).rejects.toThrow('no column word; did you mean wort');
  });

  it('learns a number, and measures it on another file', async () => {
    const rows = Array.from(
      { length: 400 },
      (_, i) =>
        `${weyl(i).toFixed(4)},${weyl(i, 0.37).toFixed(4)},${(100 + 50 * weyl(i) + 5 * weyl(i, 0.91)).toFixed(3)}`,
    );
    const { config, models, evaluation, source } = await fitFile(`a,b,y\n${rows.join('\n')}\n`, {
      target: 'y',
    });
    expect(evaluation.figures.map(({ id }) => id)).toEqual(['rmse', 'rmse-difference', 'mae', 'r2']);
    // y = 100 + 50 a and a little noise: the spread of y is 50 / sqrt(12) = 14, that of the noise 5 / sqrt(12) = 1.4.
    expect(evaluation.figures[0].baselines?.find(({ id }) => id === 'linear')?.value).toBeLessThan(2);
    expect(figureValue(evaluation, 'rmse')).toBeLessThan(4);
    expect((await domain.figures(evaluation, config)).map(({ id }) => id)).toContain(
      'predicted-against-true',
    );
    const parts = await domain.open(source, { ...contextOf(config), purpose: 'evaluation' });
    const again = await domain.evaluate(parts, { ...contextOf(config), models });
    expect(again.figures[0].n).toBe(400);
    expect(again.figures[0].baselines?.map(({ id }) => id)).toEqual(['linear', 'mean']);
  });

  it('tells three classes apart', async () => {
    const rows = Array.from(
      { length: 300 },
      (_, i) =>
        `${(3 * weyl(i)).toFixed(4)},${'abc'[Math.floor(3 * weyl(i) + (weyl(i, 0.37) < 0.1 ? 1 : 0)) % 3]}`,
    );
    const { evaluation } = await fitFile(`x,y\n${rows.join('\n')}\n`, { target: 'y' });
    expect(evaluation.figures.map(({ id }) => id)).toEqual([
      'auc',
      'auc-difference',
      'accuracy',
      'log-loss',
      'brier',
    ]);
    expect(figureValue(evaluation, 'auc')).toBeGreaterThan(0.85);
  });
});
