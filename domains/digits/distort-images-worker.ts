// Distorts one batch in a worker thread; core/workers.ts loads it.
import { RandomStream } from '../../core/random.ts';
import { distortImages } from './distort-images.ts';
import type { DistortionOptions } from './distortions.ts';
import { pixelsInput } from './networks/names.ts';

export interface DistortionTask {
  readonly images: Uint8Array;
  readonly label: Int32Array;
  readonly distortion: DistortionOptions;
  /** Name of the batch's stream. */
  readonly stream: string;
}

export default ({
  images,
  label,
  distortion,
  stream,
}: DistortionTask): Record<string, Uint8Array | Int32Array> => ({
  [pixelsInput]: distortImages(images, distortion, RandomStream.named(stream)),
  label,
});
