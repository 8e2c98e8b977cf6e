// A run at a size that takes seconds.
import type { Parts } from '../../../data-adapters/dataset.ts';
import { digitsConfig } from '../../../domains/digits/config.ts';
import { domain } from '../../../domains/digits/index.ts';
import type { Models } from '../../../domains/domain.ts';
import { InMemoryTraining } from '../in-memory-training.ts';

export { contextOf } from '../in-memory-training.ts';

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

/** Trains every network and opens what was saved. */
export async function trainTiny(parts: Parts, config: TinyConfig): Promise<Models> {
  const training = new InMemoryTraining(domain, parts, config);
  await training.train();
  return training.models();
}
