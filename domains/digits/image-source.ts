// Batches of images for training: as they are, or distorted anew each time they are seen, by worker threads where there are any.
import type { InputSpecs } from '../../core/engine/program.ts';
import type { RandomStream } from '../../core/random.ts';
import { type BatchSource, type InputArray, rowSource } from '../../core/training/batch-source.ts';
import { workerSource } from '../../core/training/worker-source.ts';
import type { Dataset } from '../../data-adapters/dataset.ts';
import { distortImages } from './distort-images.ts';
import type { DistortionTask } from './distort-images-worker.ts';
import type { DistortionOptions } from './distortions.ts';
import { pixelsInput } from './networks/names.ts';

/** Inputs of a step that learns from images and their classes. */
export const imageInputs: InputSpecs = {
  [pixelsInput]: { shape: [28, 28], storage: 'uint8' },
  label: { shape: [1], dtype: 'int32' },
};
/** Of one that learns from images alone. */
export const pixelInputs: InputSpecs = { [pixelsInput]: imageInputs[pixelsInput] };

export interface ImageSourceOptions {
  readonly shuffle?: RandomStream;
  /** Whether the classes come with the images. Default true. */
  readonly labelled?: boolean;
}

export interface DistortedSourceOptions {
  readonly shuffle: RandomStream;
  readonly distortion: DistortionOptions;
  /** Threads that distort beside the one that trains; that one distorts where there are none. */
  readonly threads: number;
}

const imagesOf = (data: Dataset, rows: Uint32Array): Uint8Array =>
  data.take(rows, ['pixels']).columns.pixels.data as Uint8Array;
const labelsOf = (data: Dataset, rows: Uint32Array): Int32Array =>
  Int32Array.from(data.take(rows, ['label']).columns.label.data as Uint8Array);

const labelledInputs = (images: Uint8Array, label: Int32Array): Record<string, InputArray> => ({
  [pixelsInput]: images,
  label,
});

export function imageSource(
  data: Dataset,
  rows: Uint32Array,
  { shuffle, labelled = true }: ImageSourceOptions = {},
): BatchSource {
  return rowSource({
    rows,
    shuffle,
    gather: (taken) =>
      labelled
        ? labelledInputs(imagesOf(data, taken), labelsOf(data, taken))
        : { [pixelsInput]: imagesOf(data, taken) },
  });
}

/** Labelled images, distorted anew in each pass, by the stream of their batch alone. */
export function distortedSource(
  data: Dataset,
  rows: Uint32Array,
  { shuffle, distortion, threads }: DistortedSourceOptions,
): BatchSource {
  if (threads < 1) {
    return rowSource({
      rows,
      shuffle,
      gather: (taken, random = shuffle) =>
        labelledInputs(distortImages(imagesOf(data, taken), distortion, random), labelsOf(data, taken)),
    });
  }
  return workerSource<DistortionTask>({
    rows,
    shuffle,
    module: new URL('./distort-images-worker', import.meta.url),
    task: (taken, stream) => ({
      images: imagesOf(data, taken),
      label: labelsOf(data, taken),
      distortion,
      stream,
    }),
    threads,
  });
}
