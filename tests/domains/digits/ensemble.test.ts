// Networks of two runs as one: what both call a digit, how strange it is to both, and what is measured of them. They keep their first,
// random weights: nothing here depends on what was learnt.
import { beforeAll, describe, expect, it } from 'vitest';
import { autoencoder } from '../../../core/models/autoencoder.ts';
import { RandomStream } from '../../../core/random.ts';
import { type DigitsConfig, digitsConfig } from '../../../domains/digits/config.ts';
import { domain } from '../../../domains/digits/index.ts';
import { classifier } from '../../../domains/digits/networks/classifier.ts';
import {
  exportAutoencoder,
  exportClassifier,
  exportComponents,
} from '../../../domains/digits/networks/export-network.ts';
import type { DigitAnswer } from '../../../domains/digits/predict.ts';
import type { Models } from '../../../domains/domain.ts';
import { mergeFiles } from '../../../pipelines/ensemble/merge-files.ts';
import { predictAll } from '../../../pipelines/stages/predict.ts';
import { contextOf, modelsOf } from '../in-memory-training.ts';

const rule = domain.ensemble!;
const config: DigitsConfig = digitsConfig.parse({
  rendering: { train: 60, test: 20 },
  autoencoders: [{ name: 'autoencoder', code: 8 }],
  components: [8],
  classifiers: [],
  committee: { columns: 2 },
  evaluation: { neighbourQueries: 20, resamplings: 20 },
});
const columns = ['committee-1', 'committee-2'];

/** The networks of the run of a seed. */
function filesOf(seed: number): Map<string, Uint8Array> {
  const random = new RandomStream('ensemble', seed);
  const about = { kind: 'mlp', parameters: '100', classes: '["zero","one","two"]' };
  const own = { ...about, losses: '[1]', galleries: '[]' };
  const column = (id: string) =>
    exportClassifier(classifier({ kind: 'mlp', classes: 3, dropout: 0, random: random.split(id) }), id, own);
  const coder = autoencoder({ inputs: 784, code: 8, random: random.split('autoencoder') });
  const axes = Array.from({ length: 8 }, (_, k) => {
    const axis = new Float64Array(784);
    axis[90 * k + seed] = 1;
    return axis;
  });
  const components = { mean: new Float64Array(784), components: axes, variances: [], totalVariance: 1 };
  return new Map([
    [
      'autoencoder',
      exportAutoencoder(coder, 'autoencoder', { strangeAbove: `${seed / 10}`, parameters: '50' }),
    ],
    ['pca-8', exportComponents(components, 'pca-8', { parameters: '10' })],
    ...columns.map((id) => [id, column(id)] as const),
  ]);
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const variance = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);

describe('two runs of digits as one', () => {
  const files = [1, 2].map(filesOf);
  let members: Models[];
  let both: Models;
  beforeAll(async () => {
    members = await Promise.all(files.map((own) => modelsOf(own)));
    const merged = [...files[0].keys()].map((id): [string, Uint8Array] => [
      id,
      mergeFiles(
        files.map((own) => own.get(id)!),
        rule,
      ),
    ]);
    both = await modelsOf(merged);
  });

  it('say of themselves what is true of both', async () => {
    const { kind, parameters, classes, ...rest } = await both.metadata('committee-1');
    expect([kind, parameters, classes, rest.members]).toEqual(['mlp', '200', '["zero","one","two"]', '2']);
    expect(rest).not.toHaveProperty('losses');
    expect(rest).not.toHaveProperty('galleries');
    const { strangeAbove, ...coder } = await both.metadata('autoencoder');
    // Of 0.1 and 0.2.
    expect(Number(strangeAbove)).toBeCloseTo(0.15, 12);
    expect(coder).not.toHaveProperty('code');
  });

  it('answer with the mean of their probabilities and its spread over all columns', async () => {
    const [request] = domain.predict.examples;
    const [answer] = (await predictAll(domain, config, both, [request])) as DigitAnswer[];
    expect(domain.predict.answer.parse(answer)).toEqual(answer);
    const alone = (await Promise.all(
      members.flatMap((models) =>
        columns.map(
          async (id) =>
            (
              await predictAll(domain, config, { ...models, ids: [id, 'autoencoder'] }, [request])
            )[0],
        ),
      ),
    )) as DigitAnswer[];
    expect(answer.networks).toBe(4);
    // Float32 probabilities: a few of its steps.
    answer.probabilities.forEach((p, k) => {
      expect(p).toBeCloseTo(mean(alone.map(({ probabilities }) => probabilities[k])), 6);
    });
    const of = (run: number, column: number): number => alone[2 * run + column].probabilities[answer.digit];
    const between = variance([mean([of(0, 0), of(1, 0)]), mean([of(0, 1), of(1, 1)])]);
    const within = mean([variance([of(0, 0), of(1, 0)]), variance([of(0, 1), of(1, 1)])]);
    expect(answer.spread).toBeCloseTo(Math.sqrt(between + within), 6);
    expect(domain.predict.describe(answer)).toContain(` +- ${answer.spread!.toFixed(3)}`);
    expect(answer.reconstructionError).toBeCloseTo(
      mean([alone[0], alone[2]].map(({ reconstructionError }) => reconstructionError!)),
      6,
    );
    // A single classifier has no spread.
    expect(alone[0]).not.toHaveProperty('spread');
    expect(alone[0].networks).toBe(1);
  });

  it('give back the mean of their images, and keep their codes to themselves', async () => {
    const pixels = Int32Array.from(domain.predict.examples[0].pixels.flat(), Math.round);
    const inputs = { pixels: { dtype: 'int32', shape: [1, 28, 28], data: pixels } } as const;
    const [one, two] = await Promise.all(members.map((models) => models.run('autoencoder', inputs)));
    const merged = await both.run('autoencoder', inputs);
    expect(Object.keys(merged).sort()).toEqual([
      'reconstruction',
      'reconstruction_spread',
      'squaredError',
      'squaredError_spread',
    ]);
    const images = [one, two].map(({ reconstruction }) => [...reconstruction.data]);
    const middle = [...merged.reconstruction.data];
    middle.forEach((r, i) => {
      expect(r).toBeCloseTo((images[0][i] + images[1][i]) / 2, 6);
    });
    // The mean error of the members is that of their mean and their own mean square about it.
    const off = mean(middle.map((r, i) => (r - pixels[i] / 255) ** 2));
    const about = mean(middle.map((r, i) => mean(images.map((image) => (image[i] - r) ** 2))));
    expect(merged.squaredError.data[0]).toBeCloseTo(off + about, 6);
  });

  it('are measured without what only one network has', async () => {
    const parts = await domain.simulate(contextOf(config));
    const evaluation = await domain.evaluate(parts, { ...contextOf(config), models: both });
    const { figures } = evaluation;
    expect(figures.map(({ id }) => id)).toEqual([
      'parameters-autoencoder',
      'bce-autoencoder',
      'mse-autoencoder',
      'mse-pca-8',
      'error-committee',
    ]);
    expect(figures[0]).toMatchObject({
      value: 100,
      note: expect.stringContaining('2 networks, each with a'),
    });
    expect(figures[0]).not.toHaveProperty('exact');
    // Codes of one length are compared, though nobody sees them.
    expect(figures[2].baselines?.map(({ id }) => id)).toEqual(['pca-8']);
    const plots = await domain.figures(JSON.parse(JSON.stringify(evaluation)), config);
    expect(plots.map(({ id }) => id)).toEqual(['reconstructions']);
  });

  it('are refused where a class or a code is another one', () => {
    const [first, second] = files;
    const others = exportClassifier(
      classifier({ kind: 'mlp', classes: 3, dropout: 0, random: new RandomStream(3) }),
      'committee-1',
      { classes: '["shirt","shoe","bag"]' },
    );
    expect(() => mergeFiles([first.get('committee-1')!, others], rule)).toThrow('classes');
    const longer = autoencoder({ inputs: 784, code: 9, random: new RandomStream(4) });
    expect(() => mergeFiles([second.get('autoencoder')!, exportAutoencoder(longer, 'a')], rule)).toThrow(
      'their outputs differ: code (type 1) [*, 8]',
    );
  });
});
