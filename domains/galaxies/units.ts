// Fluxes of files in nanomaggies per pixel, the unit in which networks were trained. Restoration does not care for the zero
// point, only for where an image lies between noise and the knee of the stretch; so an image whose unit is unknown is scaled
// by its own noise.
import { median } from '../../core/metrics/median.ts';
import type { ImageInFile } from '../../data-adapters/galaxies/image-file.ts';
import { mapPlanes, planes, type SkyImage } from '../../data-adapters/galaxies/sky-image.ts';
import { skyDeviation } from './restoration/sky-deviation.ts';
import { noiseSigma } from './restoration/sky-noise.ts';
import { unstretchAll } from './stretch.ts';

/** Noise of the survey, nanomaggies per pixel: what images of unknown unit are scaled to. */
export const surveyNoise = 0.025;

/** Whether a BUNIT means nanomaggies. */
const isNanomaggies = (unit: string): boolean => /^(nano|n)\s*mag?g(y|ies)\b/i.test(unit.trim());

/** Noise of each plane of an image. */
export const noiseOf = (image: SkyImage): number[] =>
  planes(image).map((plane) => noiseSigma(plane, image.width, image.height));

export interface Calibrated {
  readonly image: SkyImage;
  /** Nanomaggies in one unit of the file; undefined for pictures, whose stretch was undone. */
  readonly scale?: number;
}

/**
 * An image in nanomaggies: pictures by undoing the paper's stretch, FITS files by their BUNIT, or by `noise`, the standard
 * deviation in nanomaggies that theirs shall stand for.
 *
 * @param scale nanomaggies in one unit of the file, where it is known
 */
export function inNanomaggies({ image, fits }: ImageInFile, noise: number, scale?: number): Calibrated {
  if (fits === undefined) return { image: mapPlanes(image, unstretchAll) };
  const { width, height } = image;
  const skies = planes(image).map((plane) => skyDeviation(plane, width, height));
  const measured = median(skies.filter((sigma) => sigma > 0));
  const known = scale ?? (fits.unit !== undefined && isNanomaggies(fits.unit) ? 1 : undefined);
  const factor = known ?? (measured > 0 ? noise / measured : 1);
  if (factor === 1) return { image, scale: 1 };
  return { image: mapPlanes(image, (plane) => plane.map((value) => value * factor)), scale: factor };
}
