// The whole domain at a size that takes seconds: simulate, train, evaluate, draw, restore; and a run that was stopped.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InferenceModel } from '../../../core/engine/inference.ts';
import { silent } from '../../../core/progress.ts';
import { RandomStream } from '../../../core/random.ts';
import type { Parts } from '../../../data-adapters/dataset.ts';
import { encodeFits, FitsHeader } from '../../../data-adapters/formats/fits/index.ts';
import { writePicture } from '../../../data-adapters/galaxies/picture.ts';
import { plane } from '../../../data-adapters/galaxies/sky-image.ts';
import type { Evaluation, Models, SavedModel } from '../../../domains/domain.ts';
import { galaxiesConfig, presets } from '../../../domains/galaxies/config.ts';
import { settingNames } from '../../../domains/galaxies/evaluation/spoil.ts';
import { domain } from '../../../domains/galaxies/index.ts';
import { measuredGalaxies, trainingImages } from '../../../domains/galaxies/parts.ts';
import { stretchAll } from '../../../domains/galaxies/stretch.ts';
import { figureSchema } from '../../../pipelines/run-directory/results.ts';
import { deepfield } from '../../pipelines/harness.ts';

const config = galaxiesConfig.parse({
  images: { training: 4, validation: 2, test: 3, size: 64 },
  network: { widths: [6, 8], blocks: 1, tile: 64 },
  training: { steps: 10, crop: 64, batchSize: 2, evaluateEvery: 5 },
  bootstrap: 50,
});

const folder = mkdtempSync(join(tmpdir(), 'deepfield-galaxies-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const contextOf = () => ({
  config,
  seed: 1,
  random: new RandomStream(1),
  device: 'cpu',
  threads: 1,
  progress: silent,
  signal: new AbortController().signal,
  log: () => {},
  openPart: () => Promise.reject(new Error('these data are kept in memory')),
  folder,
});

/** Trains in a folder of checkpoints, stopped after some steps where asked. */
async function train(parts: Parts, name: string, stopAt = Number.POSITIVE_INFINITY) {
  const saved = new Map<string, SavedModel>();
  let lines: Readonly<Record<string, unknown>>[] = [];
  const controller = new AbortController();
  let steps = 0;
  const progress = {
    task: (label: string) => ({
      advance(units = 1) {
        if (!label.startsWith('Training')) return;
        steps += units;
        if (steps >= stopAt) controller.abort(new Error('stopped'));
      },
      end() {},
    }),
  };
  const work = domain.train(parts, {
    ...contextOf(),
    progress,
    signal: controller.signal,
    checkpointDirectory: (id) => join(folder, name, id),
    record: (line) => lines.push(line),
    rewind: (keep) => {
      lines = lines.filter(keep);
    },
    hasModel: (id) => saved.has(id),
    saveModel: async (id, model) => {
      saved.set(id, model);
    },
  });
  const error = await work.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  return { saved, lines: () => lines, error };
}

describe('a tiny run', () => {
  let parts: Parts;
  let run: Awaited<ReturnType<typeof train>>;
  let models: Models;
  let evaluation: Evaluation;
  const opened = new Map<string, InferenceModel>();

  beforeAll(async () => {
    parts = await domain.simulate(contextOf());
    run = await train(parts, 'whole');
    for (const [id, { onnx }] of run.saved) opened.set(id, await InferenceModel.open(onnx, id));
    models = { ids: [...opened.keys()], run: (id, inputs) => opened.get(id)!.run(inputs) };
    evaluation = await domain.evaluate(parts, { ...contextOf(), models });
  }, 180_000);
  afterAll(() => Promise.all([...opened.values()].map((model) => model.dispose())));

  it('has the galaxies that its settings ask for', () => {
    expect(trainingImages(parts)).toHaveLength(4);
    expect(measuredGalaxies(parts, 'validation')).toHaveLength(2);
    expect(measuredGalaxies(parts, 'test')).toHaveLength(3);
  });

  it('trains the network that restores, and says how it goes', () => {
    expect(run.error).toBeUndefined();
    expect(models.ids).toContain('restoration');
    expect(models.ids).toContain(domain.primaryModel(models.ids));
    const lines = run.lines().filter(({ model }) => model === 'restoration');
    expect(lines.at(-1)!.step).toBe(10);
    expect(lines.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    expect(lines.some(({ validationMse }) => Number(validationMse) > 0)).toBe(true);
  });

  it('does not train what is trained', async () => {
    const again = { ...contextOf(), hasModel: () => true, rewind: () => {}, record: () => {} };
    const refuse = () => {
      throw new Error('nothing is left to be done');
    };
    await domain.train(parts, { ...again, checkpointDirectory: refuse, saveModel: refuse });
  });

  it('ends with the same bytes when it is stopped and resumed', async () => {
    const stopped = await train(parts, 'resumed', 4);
    expect(stopped.error?.message).toBe('stopped');
    expect(stopped.saved.size).toBe(0);
    const resumed = await train(parts, 'resumed');
    expect(resumed.error).toBeUndefined();
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
    const others = await domain.open(source, { ...contextOf(), purpose: 'evaluation' });
    const galaxies = measuredGalaxies(others, 'test');
    expect(galaxies.map(({ grey }) => grey)).toEqual([false, true, false]);
    expect(galaxies[0].original.data).toEqual(first.original.data);
    const { figures } = await domain.evaluate(others, { ...contextOf(), models });
    expect(figures.find(({ id }) => id === 'psnr-severe')!.n).toBe(3);
    for (const figure of figures) expect(figureSchema.safeParse(figure).success, figure.id).toBe(true);
  });

  it('restores a file of any size', async () => {
    const [galaxy] = measuredGalaxies(parts, 'test');
    const [path, out] = [join(folder, 'one.fits'), join(folder, 'one.restored.fits')];
    const header = new FitsHeader([]).with('BUNIT', 'nanomaggy').with('OBJECT', 'simulated');
    writeFileSync(path, encodeFits([{ header, shape: [3, 64, 64], data: galaxy.original.data.slice() }]));
    const { files } = domain.predict;
    const context = { ...contextOf(), models };
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
