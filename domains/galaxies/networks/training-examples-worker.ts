// Makes one batch of examples in a worker thread; core/workers.ts loads it.
import { RandomStream } from '../../../core/random.ts';
import type { SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { type ExampleOptions, trainingExamples } from './training-examples.ts';

export interface ExamplesTask {
  readonly images: readonly SkyImage[];
  readonly options: ExampleOptions;
  /** Name of the batch's stream. */
  readonly stream: string;
}

export default ({ images, options, stream }: ExamplesTask): Record<string, Float32Array> =>
  trainingExamples(images, options, RandomStream.named(stream));
