// The whole way at a size that takes seconds: what is asked of the figures is in the README, measured at full size.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Parts } from '../../../data-adapters/dataset.ts';
import { domain } from '../../../domains/digits/index.ts';
import type { Evaluation, Models } from '../../../domains/domain.ts';
import { predictAll, predictFiles } from '../../../pipelines/stages/predict.ts';
import { contextOf, tinyConfig, trainTiny } from './tiny-run.ts';

const config = tinyConfig();

describe('a run on rendered digits', () => {
  let parts: Parts;
  let models: Models;
  let evaluation: Evaluation;

  beforeAll(async () => {
    parts = await domain.simulate(contextOf(config));
    models = await trainTiny(parts, config);
    evaluation = await domain.evaluate(parts, { ...contextOf(config), models });
  }, 120_000);

  it('keeps a share of the training images for validation', () => {
    const { train, validation, test } = parts.main.splits;
    expect([train.length, validation.length, test.length]).toEqual([270, 30, 100]);
  });

  it('trains every network of its settings and calls the committee its own', () => {
    expect(models.ids).toEqual([
      'autoencoder',
      'planar-autoencoder',
      'pca-2',
      'pca-8',
      'lenet5',
      'few-images',
      'committee-1',
      'committee-2',
    ]);
    expect(domain.primaryModel(models.ids)).toBe('committee-1');
    expect(domain.primaryModel(['few-images', 'lenet5', 'pca-2'])).toBe('lenet5');
  });

  it('has a figure for each thing that the issue asks for, each in its interval', () => {
    expect(evaluation.figures.map(({ id }) => id)).toEqual([
      'parameters-autoencoder',
      'parameters-planar-autoencoder',
      'bce-autoencoder',
      'mse-autoencoder',
      'bce-planar-autoencoder',
      'mse-planar-autoencoder',
      'mse-pca-2',
      'mse-pca-8',
      'code-mean-autoencoder',
      'code-zero-share-autoencoder',
      'error-lenet5',
      'error-few-images',
      'error-committee',
      'neighbours-autoencoder',
      'neighbours-planar-autoencoder',
    ]);
    for (const { id, value, low, high, exact, paper } of evaluation.figures) {
      expect(low, id).toBeLessThanOrEqual(value);
      expect(value, id).toBeLessThanOrEqual(high);
      if (exact !== undefined) expect(value).toBe(exact);
      // Numbers of MNIST beside digits that are no MNIST would compare what cannot be compared.
      expect(paper, id).toBeUndefined();
    }
  });

  it('learns: components beat the mean image, the committee beats guessing', () => {
    const value = (id: string): number => evaluation.figures.find((figure) => figure.id === id)!.value;
    expect(value('mse-pca-8')).toBeLessThan(value('mse-pca-2'));
    // Guessing misses nine in ten; a binomial of 100 is below 0.75 with probability 1e-6 then.
    expect(value('error-committee')).toBeLessThan(0.75);
  });

  it('plots what a reader looks for', async () => {
    const plots = await domain.figures(JSON.parse(JSON.stringify(evaluation)), config);
    expect(plots.map(({ id }) => id)).toEqual([
      'reconstructions',
      'map-planar-autoencoder',
      'map-pca-2',
      'overfitting',
      'filters-autoencoder',
      'filters-planar-autoencoder',
      'filters-lenet5',
      'exciting-lenet5',
      'deconvolution-lenet5',
      'lenet5-layers',
    ]);
    // Originals and four networks: rows of ten classes.
    const { width, height } = await sharp(plots[0].png).metadata();
    expect([width, height]).toEqual([4 + 10 * 60, 4 + 5 * 60]);
    expect(plots[plots.length - 1].table?.rows.at(-1)).toEqual(['all', '', '60,000', '340,908']);
  });

  it('answers a request with probabilities that add up to one, and warns of noise', async () => {
    const noise = Array.from({ length: 28 }, (_, y) =>
      Array.from({ length: 28 }, (_unused, x) => ((x * 37 + y * 91) % 2) * 255),
    );
    const asked = [...domain.predict.examples, { name: 'noise', pixels: noise }];
    const answers = (await predictAll(domain, config, models, asked)) as {
      name: string;
      networks: number;
      probabilities: number[];
      warning?: string;
    }[];
    expect(answers.map(({ name }) => name)).toEqual(['a drawn three', 'a drawn seven', 'noise']);
    for (const { probabilities, networks } of answers) {
      expect(networks).toBe(2);
      expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
    expect(answers[2].warning).toContain('unlike');
  });

  it('reads a folder picture by picture, and goes on past one that is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'deepfield-digits-'));
    const bar = {
      input: { create: { width: 8, height: 60, channels: 3, background: '#000' } },
      left: 40,
      top: 20,
    } as const;
    await sharp({ create: { width: 90, height: 100, channels: 3, background: '#fff' } })
      .composite([bar])
      .png()
      .toFile(join(folder, 'one.png'));
    await writeFile(join(folder, 'broken.png'), 'no picture');
    await writeFile(join(folder, 'notes.txt'), 'not asked about');
    const signal = new AbortController().signal;
    const { predictions, failures } = await predictFiles(domain, config, models, [folder], signal);
    expect(predictions.map(({ file }) => file)).toEqual([join(folder, 'one.png')]);
    expect(failures.map(({ file }) => file)).toEqual([join(folder, 'broken.png')]);
    const missing = await predictFiles(
      domain,
      config,
      models,
      [join(folder, 'none.png'), join(folder, 'notes.txt')],
      signal,
    );
    expect(missing.failures.map(({ error }) => error.message)).toEqual([
      expect.stringContaining('none.png'),
      expect.stringContaining('is neither a picture nor an IDX file'),
    ]);
  });

  it('says how the run lacks what a request needs', async () => {
    const bare: Models = { ...models, ids: ['autoencoder'] };
    await expect(predictAll(domain, config, bare, [domain.predict.examples[0]])).rejects.toThrow(
      'the run has no classifier',
    );
  });
});
