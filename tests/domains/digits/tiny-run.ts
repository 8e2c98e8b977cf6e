// A run without a run directory at a size that takes seconds.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceModel } from '../../../core/engine/inference.ts';
import { silent } from '../../../core/progress.ts';
import { RandomStream } from '../../../core/random.ts';
import type { Parts } from '../../../data-adapters/dataset.ts';
import { digitsConfig } from '../../../domains/digits/config.ts';
import { domain } from '../../../domains/digits/index.ts';
import type { Models, SavedModel } from '../../../domains/domain.ts';

export const tinyConfig = (more: Record<string, unknown> = {}) =>
  digitsConfig.parse({
    rendering: { train: 300, test: 100 },
    validation: 0.1,
    autoencoders: [
      { name: 'autoencoder', code: 8, epochs: 3 },
      { name: 'planar-autoencoder', code: 2, codeActivation: 'linear', epochs: 1 },
    ],
    autoencoding: { batchSize: 64, learningRate: 0.01 },
    components: [2, 8],
    classifiers: [
      { name: 'lenet5', kind: 'lenet5', distortions: true, epochs: 6, batchSize: 30, learningRate: 0.005 },
      { name: 'few-images', kind: 'mlp', images: 50, epochs: 2 },
    ],
    committee: { columns: 2, widths: [0, 16], epochs: 3, batchSize: 30, learningRate: 0.005 },
    evaluation: { neighbourQueries: 20, resamplings: 100 },
    ...more,
  });

export type TinyConfig = ReturnType<typeof tinyConfig>;

export const contextOf = (config: TinyConfig, seed = 1) => ({
  config,
  seed,
  random: new RandomStream(seed),
  device: 'cpu',
  threads: 1,
  progress: silent,
  signal: new AbortController().signal,
  log: () => {},
  openPart: () => Promise.reject(new Error('these data are kept in memory')),
  folder: tmpdir(),
});

/** Trains every network and opens what was saved. */
export async function trainTiny(parts: Parts, config: TinyConfig): Promise<Models> {
  const folder = await mkdtemp(join(tmpdir(), 'deepfield-digits-'));
  const saved = new Map<string, SavedModel>();
  await domain.train(parts, {
    ...contextOf(config),
    checkpointDirectory: (id) => join(folder, id),
    record: () => {},
    rewind: () => {},
    hasModel: (id) => saved.has(id),
    saveModel: async (id, model) => {
      saved.set(id, model);
    },
  });
  const opened = new Map<string, InferenceModel>();
  for (const [id, { onnx }] of saved) opened.set(id, await InferenceModel.open(onnx, id));
  return {
    ids: [...opened.keys()],
    metadata: async (id) => opened.get(id)!.metadata,
    run: (id, inputs) => opened.get(id)!.run(inputs),
  };
}
