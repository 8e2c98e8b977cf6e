// Batches for the restoration network, made by worker threads where there are any to spare, the same ones in any case.
import type { RandomStream } from '../../../core/random.ts';
import { type BatchSource, rowSource } from '../../../core/training/batch-source.ts';
import { workerSource } from '../../../core/training/worker-source.ts';
import type { SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { type ExampleOptions, trainingExamples } from './training-examples.ts';
import type { ExamplesTask } from './training-examples-worker.ts';

export interface RestorationSourceOptions extends ExampleOptions {
  /** Images to learn from, all of one size, as little noise in them as can be had: more is added. */
  readonly images: readonly SkyImage[];
  /** Shuffles, turns and spoils. */
  readonly random: RandomStream;
  /** Threads that make examples beside the one that trains. @default 0: that one makes them */
  readonly threads?: number;
}

/** Rows of the objective of restoration.ts. */
export function restorationSource(options: RestorationSourceOptions): BatchSource {
  const { images, random, threads = 0, ...making } = options;
  const rows = images.map((_, i) => i);
  const of = (batch: Uint32Array): SkyImage[] => Array.from(batch, (row) => images[row]);
  if (threads === 0) {
    return rowSource({
      rows,
      shuffle: random,
      gather: (batch, stream = random) => trainingExamples(of(batch), making, stream),
    });
  }
  return workerSource<ExamplesTask>({
    rows,
    shuffle: random,
    module: new URL('./training-examples-worker', import.meta.url),
    task: (batch, stream) => ({ images: of(batch), options: making, stream }),
    threads,
  });
}
