// The studies without the paper's networks, at sizes that take seconds: sample, train, evaluate, draw.
import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { InferenceModel } from '../../../../core/engine/inference.ts';
import { silent } from '../../../../core/progress.ts';
import { RandomStream } from '../../../../core/random.ts';
import type { Parts } from '../../../../data-adapters/dataset.ts';
import type { Evaluation, Figure, Models } from '../../../../domains/domain.ts';
import { phasesConfig } from '../../../../domains/phases-of-matter/config.ts';
import { domain } from '../../../../domains/phases-of-matter/index.ts';

const config = phasesConfig.parse({
  studies: ['confusion', 'vae', 'held-out'],
  confusion: {
    size: 8,
    temperatures: 21,
    training: 60,
    test: 60,
    networks: 2,
    hiddenUnits: 30,
    steps: 200,
    learningRate: 0.03,
  },
  vae: { size: 8, training: 60, test: 30, hiddenUnits: 32, steps: 500, learningRate: 0.003 },
  heldOut: { size: 8, training: 100, test: 40, critical: 100, networks: 2, steps: 300, learningRate: 0.03 },
  baselines: { logisticSteps: 40 },
  bootstrap: 100,
});

const context = {
  config,
  seed: 1,
  random: new RandomStream(1),
  device: 'cpu',
  threads: 1,
  progress: silent,
  signal: new AbortController().signal,
  log: () => {},
  openPart: () => Promise.reject(new Error('these data are kept in memory')),
  folder: tmpdir(),
};

describe('a tiny run', () => {
  let parts: Parts;
  let models: Models;
  let evaluation: Evaluation;
  let byId: Record<string, Figure>;
  beforeAll(async () => {
    parts = await domain.simulate(context);
    const opened = new Map<string, InferenceModel>();
    await domain.train(parts, {
      ...context,
      checkpointDirectory: () => undefined as never,
      record: () => {},
      rewind: () => {},
      hasModel: () => false,
      saveModel: async (id, { onnx }) => {
        opened.set(id, await InferenceModel.open(onnx, id));
      },
    });
    models = {
      ids: [...opened.keys()],
      metadata: async () => ({}),
      run: (id, inputs) => opened.get(id)!.run(inputs),
    };
    evaluation = await domain.evaluate(parts, { ...context, models });
    byId = Object.fromEntries(evaluation.figures.map((figure) => [figure.id, figure]));
  }, 120_000);

  it('has lattices and networks of its own for each study', () => {
    expect(Object.keys(parts)).toEqual(['confusion-L8', 'vae-L8', 'held-out-L8']);
    expect(models.ids).toEqual(['confusion-1', 'confusion-2', 'vae', 'held-out-1', 'held-out-2']);
    expect(models.ids).toContain(domain.primaryModel(models.ids));
  });

  it('keeps the critical region out of the training lattices', () => {
    const dataset = parts['held-out-L8'];
    const temperatures = dataset.column('temperature').data;
    const trained = [...new Set(Array.from(dataset.splits.train, (row) => temperatures[row]))];
    expect(trained).toHaveLength(13);
    for (const t of [2, 2.25, 2.5]) expect(trained).not.toContain(t);
  });

  it('has an autoencoder whose latent variable is the magnetisation, and whose loss is that of a code', () => {
    // |correlation| is .985 with L = 20 and 2,000 steps; a fraction of both is made here.
    expect(byId['vae-magnetisation-correlation-l8'].value).toBeGreaterThan(0.9);
    const loss = byId['vae-reconstruction-loss-l8'];
    // Nothing known costs ln 2 a spin.
    expect(loss.value).toBeLessThan(Math.LN2 * 0.8);
    expect(loss.value).toBeGreaterThan(0.2);
  });

  it('classifies what it was trained near, less well what was held out, and neither above the exact bound', () => {
    const [outside, critical] = ['outside', 'critical'].map((region) => byId[`held-out-accuracy-${region}`]);
    expect(outside.value).toBeGreaterThan(0.9);
    expect(critical.value).toBeLessThan(outside.value);
    for (const { low, baselines } of [outside, critical]) {
      expect(low).toBeLessThan(baselines!.find(({ id }) => id === 'bayes-bound')!.value);
    }
    // One weight a spin cannot see order of either sign.
    expect(outside.baselines!.find(({ id }) => id === 'logistic')!.value).toBeLessThan(0.85);
  });

  it('makes a curve of confusion that starts and ends high', () => {
    const { points } = evaluation.curves.confusion as { points: { trial: number; accuracy: number }[] };
    expect(points).toHaveLength(20);
    expect(points[0].accuracy).toBeGreaterThan(0.9);
    expect(points[19].accuracy).toBeGreaterThan(0.9);
  });

  it('draws every plot', async () => {
    const plots = await domain.figures(evaluation, config);
    expect(plots.map(({ id }) => id)).toEqual(['confusion', 'vae-latent', 'vae-reconstruction', 'held-out']);
  });

  it('refuses studies that have no network to look at', () => {
    const { success, error } = phasesConfig.safeParse({ studies: ['triangular', 'pca'] });
    expect(success).toBe(false);
    expect(error?.issues[0].message).toBe(
      'triangular shows the networks of square other lattices: add square',
    );
  });
});
