import type { SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';

/** What a network, and what is done to its answer, make of an image. */
export interface Restored {
  readonly restored: SkyImage;
  /** Standard deviation of each pixel's error as the network sees it, if it does. */
  readonly deviation?: SkyImage;
}
