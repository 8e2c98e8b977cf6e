// A run at a size that takes seconds.
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { Models } from '../../../domains/domain.ts';
import { heartFailureConfig } from '../../../domains/heart-failure/config.ts';
import { domain } from '../../../domains/heart-failure/index.ts';
import { type HistoryLine, InMemoryTraining } from '../in-memory-training.ts';

export { contextOf } from '../in-memory-training.ts';

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

/** Trains every network and opens what was saved. */
export async function trainTiny(
  parts: Parts,
  config: TinyConfig,
  seed = 1,
): Promise<{ models: Models; lines: HistoryLine[] }> {
  const training = new InMemoryTraining(domain, parts, config, seed);
  await training.train();
  return { models: await training.models(), lines: training.lines };
}
