// What a restoration network is shown of a degraded image: the image, two linear filters of it, its noise and its seeing. The
// network corrects the smoothed image: in the stretch the best Gaussian is the best linear filter, as bright cores ring through
// any that deconvolves; the Wiener filter beside it shows where the sharp light is.
import { mapPlanes, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import type { Psf } from '../psf/psf.ts';
import { smooth } from '../psf/sampled-gaussian.ts';
import { degradedInput, noiseInput, seeingInput, smoothedInput, wienerInput } from './names.ts';
import { wienerStart } from './wiener-start.ts';

export interface DegradedImage {
  readonly image: SkyImage;
  /** What it was blurred with, on top of the seeing that is to be restored. */
  readonly psf: Psf;
  /** Full width at half maximum of that, pixels. */
  readonly seeing: number;
  /** Standard deviation of the noise of each band. */
  readonly noise: readonly number[];
}

/**
 * Width in pixels of the Gaussian that smooths noise of a standard deviation (nanomaggies per pixel) best: 7.4 sqrt(noise),
 * through the best of validation galaxies from 1.3 pixels at 0.03 to 3.7 at 0.25, whatever the seeing. 20 pixels at most, far
 * beyond what networks are trained on.
 */
export const smoothingWidth = (noise: number): number => Math.min(20, 7.4 * Math.sqrt(noise));

/** One row of each input: planes one after another, numbers in the order of the bands. */
export type NetworkRow = Readonly<Record<string, Float32Array>>;

export function networkRow({ image, psf, seeing, noise }: DegradedImage): NetworkRow {
  const { width, height } = image;
  return {
    [degradedInput]: image.data,
    [smoothedInput]: mapPlanes(image, (pixels, band) =>
      smooth(pixels, width, height, smoothingWidth(noise[band])),
    ).data,
    [wienerInput]: wienerStart(image, psf, noise).data,
    [noiseInput]: Float32Array.from(noise),
    [seeingInput]: Float32Array.of(seeing),
  };
}

/** Rows of equal shape, one after another. */
export function stackRows(rows: readonly NetworkRow[]): Record<string, Float32Array> {
  const stacked: Record<string, Float32Array> = {};
  for (const [name, { length }] of Object.entries(rows[0])) {
    stacked[name] = new Float32Array(length * rows.length);
    for (const [i, row] of rows.entries()) stacked[name].set(row[name], i * length);
  }
  return stacked;
}
