// A run without a run directory at a size that takes seconds.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceModel } from '../../../core/engine/inference.ts';
import { silent } from '../../../core/progress.ts';
import { RandomStream } from '../../../core/random.ts';
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { Models, SavedModel } from '../../../domains/domain.ts';
import { heartFailureConfig } from '../../../domains/heart-failure/config.ts';
import { domain } from '../../../domains/heart-failure/index.ts';

export const tinyConfig = (more: Record<string, unknown> = {}) =>
  heartFailureConfig.parse({
    simulation: { cases: 70, controlsPerCase: 3 },
    windows: [{ observation: 365, gap: 30 }],
    kinds: ['logistic', 'retain', 'gru'],
    representation: { longest: 16, codesPerStep: 8 },
    training: { units: 8, width: 8, epochs: 2 },
    evaluation: { leadTimes: [30, 180] },
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

export type HistoryLine = Readonly<Record<string, unknown>>;

/** Trains every network and opens what was saved. */
export async function trainTiny(
  parts: Parts,
  config: TinyConfig,
  seed = 1,
): Promise<{ models: Models; lines: HistoryLine[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'deepfield-heart-'));
  const lines: HistoryLine[] = [];
  const saved = new Map<string, SavedModel>();
  await domain.train(parts, {
    ...contextOf(config, seed),
    checkpointDirectory: (id) => join(folder, id),
    record: (line) => lines.push(line),
    rewind: () => {},
    hasModel: (id) => saved.has(id),
    saveModel: async (id, model) => {
      saved.set(id, model);
    },
  });
  const opened = new Map<string, InferenceModel>();
  for (const [id, { onnx }] of saved) opened.set(id, await InferenceModel.open(onnx, id));
  const models: Models = {
    ids: [...opened.keys()],
    metadata: async (id) => opened.get(id)!.metadata,
    run: (id, inputs) => opened.get(id)!.run(inputs),
  };
  return { models, lines };
}
