// A batch of images, each distorted by what comes next of a stream.
import type { RandomStream } from '../../core/random.ts';
import { Distorter, type DistortionOptions } from './distortions.ts';
import { pixelsOfImage, side } from './parts.ts';

/** @param images one after another; left as they are */
export function distortImages(
  images: Uint8Array,
  options: DistortionOptions,
  random: RandomStream,
): Uint8Array {
  const distorter = new Distorter(side, side, options);
  const distorted = new Uint8Array(images.length);
  for (let start = 0; start < images.length; start += pixelsOfImage) {
    const end = start + pixelsOfImage;
    distorter.apply(images.subarray(start, end), random, distorted.subarray(start, end));
  }
  return distorted;
}
