// Galaxies further away than the survey's, cut out small: what stamps of deep surveys and of HST look like. A simulated galaxy made
// so many times smaller and fainter, mostly in the middle of its stamp, mirrored beyond the edges as tiles are in use.
import type { RandomStream } from '../../../core/random.ts';
import {
  cropCentre,
  cropImage,
  planes,
  type SkyImage,
  skyImage,
} from '../../../data-adapters/galaxies/sky-image.ts';
import { between } from '../simulator/draws.ts';

/** A square of `size` pixels from anywhere in an image. */
export function randomCrop(image: SkyImage, size: number, random: RandomStream): SkyImage {
  const at = (side: number): number => random.integer(side - size + 1);
  return cropImage(image, at(image.width), at(image.height), size, size);
}

/** Mean over squares of `times` x `times` pixels: so many times further away, the surface brightness kept. */
export function shrunk(image: SkyImage, times: number): SkyImage {
  const [width, height] = [Math.floor(image.width / times), Math.floor(image.height / times)];
  const result = skyImage({ ...image, width, height });
  const made = planes(result);
  planes(image).forEach((pixels, band) => {
    for (let y = 0; y < height * times; y++) {
      for (let x = 0; x < width * times; x++) {
        made[band][Math.floor(y / times) * width + Math.floor(x / times)] += pixels[y * image.width + x];
      }
    }
    made[band].forEach((sum, i) => {
      made[band][i] = sum / times ** 2;
    });
  });
  return result;
}

/** Times that a galaxy is further away, at most. */
const farthest = 4;
/** Sides of the stamps, pixels, from and to. */
const sides: readonly [number, number] = [32, 64];
/** Share of the stamps that have their galaxy in the middle. */
const centred = 0.8;

/** A stamp of at most `most` pixels a side from an image of one galaxy, and of 32 at least where the image has them. */
export function distantStamp(image: SkyImage, most: number, random: RandomStream): SkyImage {
  const times = Math.floor(Math.min(image.width, image.height) / sides[0]);
  const distant = shrunk(image, 1 + random.integer(Math.max(1, Math.min(farthest, times))));
  const side = Math.min(most, distant.width, distant.height, Math.round(between(random, ...sides)));
  return random.uniform() < centred ? cropCentre(distant, side) : randomCrop(distant, side, random);
}
