// The whole domain at a size that takes seconds: simulate, train, evaluate, draw, restore; and a run that was stopped.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Parts } from '../../../data-adapters/dataset.ts';
import { encodeFits, FitsHeader } from '../../../data-adapters/formats/fits/index.ts';
import { writePicture } from '../../../data-adapters/galaxies/picture.ts';
import { plane } from '../../../data-adapters/galaxies/sky-image.ts';
import type { Evaluation, Models } from '../../../domains/domain.ts';
import { galaxiesConfig, presets } from '../../../domains/galaxies/config.ts';
import { domain } from '../../../domains/galaxies/index.ts';
import { measuredGalaxies, trainingImages } from '../../../domains/galaxies/parts.ts';
import { settingNames } from '../../../domains/galaxies/setting-names.ts';
import { stretchAll } from '../../../domains/galaxies/stretch.ts';
import { figureSchema } from '../../../pipelines/run-directory/results.ts';
import { deepfield } from '../../pipelines/harness.ts';
import { contextOf, TinyTraining } from './tiny-galaxies.ts';

const config = galaxiesConfig.parse({
  images: { training: 4, validation: 2, test: 3, size: 64 },
  network: { widths: [6, 8], blocks: 1, tile: 64 },
  training: { steps: 10, crop: 64, batchSize: 2, evaluateEvery: 5 },
  bootstrap: 50,
});

const folder = mkdtempSync(join(tmpdir(), 'deepfield-galaxies-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a tiny run', () => {
  let parts: Parts;
  let run: TinyTraining;
  let models: Models;
  let evaluation: Evaluation;

  beforeAll(async () => {
    parts = await domain.simulate(contextOf(config));
    run = new TinyTraining(parts, config);
    await run.train();
    models = await run.models();
    evaluation = await domain.evaluate(parts, { ...contextOf(config), models });
  }, 180_000);

  it('has the galaxies that its settings ask for', () => {
    expect(trainingImages(parts)).toHaveLength(4);
    expect(measuredGalaxies(parts, 'validation')).toHaveLength(2);
    expect(measuredGalaxies(parts, 'test')).toHaveLength(3);
  });

  it('trains the network that restores, and says how it goes', () => {
    expect(models.ids).toContain('restoration');
    expect(models.ids).toContain(domain.primaryModel(models.ids));
    const lines = run.lines.filter(({ model }) => model === 'restoration');
    expect(lines.at(-1)!.step).toBe(10);
    expect(lines.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    expect(lines.some(({ validationMse }) => Number(validationMse) > 0)).toBe(true);
  });

  it('does not train what is trained', async () => {
    const again = { ...contextOf(config), hasModel: () => true, rewind: () => {}, record: () => {} };
    const refuse = () => {
      throw new Error('nothing is left to be done');
    };
    await domain.train(parts, { ...again, checkpointDirectory: refuse, saveModel: refuse });
  });

  it('ends with the same bytes when it is stopped and resumed', async () => {
    const resumed = new TinyTraining(parts, config);
    // After the first look at the validation galaxies, at half of the steps.
    await expect(resumed.train(({ step }) => step === 5)).rejects.toThrow('stopped');
    expect(resumed.saved.size).toBe(0);
    await resumed.train();
    expect(resumed.lines).toEqual(run.lines);
    for (const [id, { onnx, layers }] of run.saved) {
      expect(Buffer.from(resumed.saved.get(id)!.onnx).equals(Buffer.from(onnx)), id).toBe(true);
      expect(Buffer.from(resumed.saved.get(id)!.layers!.weights).equals(Buffer.from(layers!.weights))).toBe(
        true,
      );
    }
  });

  it('reports figures of both settings that results.json takes, each beside its baselines', () => {
    const ids = evaluation.figures.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const name of settingNames) {
      for (const id of ['psnr', 'gain', 'psnr-truth', 'ssim', 'flux-ratio', 'coverage'])
        expect(ids).toContain(`${id}-${name}`);
    }
    for (const figure of evaluation.figures)
      expect(figureSchema.safeParse(figure).success, figure.id).toBe(true);
    const psnr = evaluation.figures.find(({ id }) => id === 'psnr-severe')!;
    expect(psnr.n).toBe(3);
    const smoothing = psnr.baselines!.find(({ id }) => id === 'gaussian-smoothing')!;
    const degraded = psnr.baselines!.find(({ id }) => id === 'degraded')!;
    // A network that has learnt next to nothing answers with the smoothed image: far better than what came, whatever it learnt.
    expect(psnr.value).toBeGreaterThan(degraded.value);
    expect(smoothing.value).toBeGreaterThan(degraded.value);
  });

  it('measures every galaxy under as many draws of the noise as it is asked for', async () => {
    const of = async (more: object) => {
      const { figures } = await domain.evaluate(parts, { ...contextOf({ ...config, ...more }), models });
      return figures.find(({ id }) => id === 'psnr-severe')!;
    };
    const once = evaluation.figures.find(({ id }) => id === 'psnr-severe')!;
    const twice = await of({ draws: 2 });
    expect(twice.n).toBe(3);
    const degraded = ({ baselines }: typeof once) => baselines!.find(({ id }) => id === 'degraded')!.value;
    // Means of 36,864 squared errors of another draw: they differ by about sqrt(2 / 36,864) = .7 %, .03 dB.
    expect(degraded(twice)).not.toBe(degraded(once));
    expect(Math.abs(degraded(twice) - degraded(once))).toBeLessThan(0.2);
    expect(twice.note).toContain('2 draws of the noise');
  });

  it('draws its plots from what evaluation.json keeps', async () => {
    const kept = JSON.parse(JSON.stringify(evaluation));
    const plots = await domain.figures(kept, config);
    for (const name of settingNames) expect(plots.some(({ id }) => id === `gallery-${name}`)).toBe(true);
    for (const { vegaLite, png, table } of plots) expect(vegaLite ?? png ?? table).toBeDefined();
  });

  it('measures on the images of others, of one band and of three', async () => {
    const source = join(folder, 'images');
    mkdirSync(source, { recursive: true });
    const [first, second] = measuredGalaxies(parts, 'test');
    const header = new FitsHeader([]).with('BUNIT', 'nanomaggy');
    writeFileSync(
      join(source, 'a.fits'),
      encodeFits([{ header, shape: [3, 64, 64], data: first.original.data.slice() }]),
    );
    writeFileSync(
      join(source, 'b.fits'),
      encodeFits([{ header, shape: [64, 64], data: plane(second.original, 1).slice() }]),
    );
    await writePicture(join(source, 'c.png'), {
      ...second.original,
      data: stretchAll(second.original.data),
    });
    const others = await domain.open(source, { ...contextOf(config), purpose: 'evaluation' });
    const galaxies = measuredGalaxies(others, 'test');
    expect(galaxies.map(({ grey }) => grey)).toEqual([false, true, false]);
    expect(galaxies[0].original.data).toEqual(first.original.data);
    const { figures } = await domain.evaluate(others, { ...contextOf(config), models });
    expect(figures.find(({ id }) => id === 'psnr-severe')!.n).toBe(3);
    for (const figure of figures) expect(figureSchema.safeParse(figure).success, figure.id).toBe(true);
  });

  it('restores a file of any size', async () => {
    const [galaxy] = measuredGalaxies(parts, 'test');
    const [path, out] = [join(folder, 'one.fits'), join(folder, 'one.restored.fits')];
    const header = new FitsHeader([]).with('BUNIT', 'nanomaggy').with('OBJECT', 'simulated');
    writeFileSync(path, encodeFits([{ header, shape: [3, 64, 64], data: galaxy.original.data.slice() }]));
    const { files } = domain.predict;
    const context = { ...contextOf(config), models };
    const { written } = await files!.answer(path, out, { strength: 1, fwhm: 1.4 }, context);
    expect(written).toEqual([out]);
    const half = join(folder, 'half.fits');
    await files!.answer(path, half, { strength: 1, fwhm: 1.4 }, context);
    expect(readFileSync(half).equals(readFileSync(out))).toBe(true);
  });
});

it('has presets that its settings take', () => {
  for (const preset of Object.values(presets)) expect(galaxiesConfig.safeParse(preset).success).toBe(true);
});

it.each([
  [{ source: { training: 0.6, validation: 0.4 } }, /below 1 together/],
  [{ degradation: { fwhm: [1] } }, /./],
  [{ images: { sizes: 3 } }, /Unrecognized key/],
])('refuses the settings %j', (given, message) => {
  expect(galaxiesConfig.safeParse(given).error?.message).toMatch(message);
});

it('is described by the command line, with the options of its predictions', async () => {
  const { code, stdout } = await deepfield(['info', 'galaxies'], { domains: [domain] });
  expect(code).toBe(0);
  for (const flag of ['--fwhm', '--sigma', '--strength', '--pixel-scale', '--scale', '--hdu'])
    expect(stdout).toContain(flag);
});
