// Batches of images for training: as they are, or distorted anew each time they are seen.
import type { InputSpecs } from '../../core/engine/program.ts';
import type { RandomStream } from '../../core/random.ts';
import { type BatchSource, rowSource } from '../../core/training/batch-source.ts';
import type { Dataset } from '../../data-adapters/dataset.ts';
import { pixelsInput } from './networks/names.ts';
import { pixelsOfImage } from './parts.ts';

/** Inputs of a step that learns from images and their classes. */
export const imageInputs: InputSpecs = {
  [pixelsInput]: { shape: [28, 28], storage: 'uint8' },
  label: { shape: [1], dtype: 'int32' },
};
/** Of one that learns from images alone. */
export const pixelInputs: InputSpecs = { [pixelsInput]: imageInputs[pixelsInput] };

/** Writes a changed image into `into`. */
export type Distortion = (image: Uint8Array, into: Uint8Array, random: RandomStream) => void;

export interface ImageSourceOptions {
  readonly shuffle?: RandomStream;
  readonly distortion?: Distortion;
  /** Whether the classes come with the images. Default true. */
  readonly labelled?: boolean;
}

export function imageSource(
  data: Dataset,
  rows: Uint32Array,
  { shuffle, distortion, labelled = true }: ImageSourceOptions = {},
): BatchSource {
  const pixels = data.column('pixels').data as Uint8Array;
  const labels = data.column('label').data;
  return rowSource({
    rows,
    shuffle,
    gather: (taken, random) => {
      const images = new Uint8Array(taken.length * pixelsOfImage);
      for (let i = 0; i < taken.length; i++) {
        const image = pixels.subarray(taken[i] * pixelsOfImage, (taken[i] + 1) * pixelsOfImage);
        const into = images.subarray(i * pixelsOfImage, (i + 1) * pixelsOfImage);
        if (distortion && random) distortion(image, into, random);
        else into.set(image);
      }
      const given = { [pixelsInput]: images };
      return labelled ? { ...given, label: Int32Array.from(taken, (row) => labels[row]) } : given;
    },
  });
}
