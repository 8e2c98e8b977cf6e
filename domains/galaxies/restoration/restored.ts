// What comes of an image: the restored one, and how far off each of its pixels may be.
import type { SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';

export interface Restored {
  readonly restored: SkyImage;
  /** Standard deviation of each pixel's error as the network sees it, if it does. */
  readonly deviation?: SkyImage;
}
