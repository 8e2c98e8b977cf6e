// An image of a file made ready for the network: its holes filled, its flux in nanomaggies, its noise and seeing measured or as
// they were given.
import { UserError } from '../../../core/errors.ts';
import type { ImageInFile } from '../../../data-adapters/galaxies/image-file.ts';
import {
  mapPlanes,
  plane,
  planes,
  type SkyImage,
  sdssPixelScale,
  skyImage,
} from '../../../data-adapters/galaxies/sky-image.ts';
import type { GalaxiesConfig } from '../config.ts';
import type { DegradedImage } from '../networks/network-inputs.ts';
import { inNanomaggies, noiseOf } from '../units.ts';
import { blurToUndo } from './blur-to-undo.ts';
import { fillMissing, missingPixels } from './fill-missing.ts';
import { measureSeeing } from './measure-seeing.ts';
import { skyLevel } from './sky-level.ts';

export interface ImageHints {
  /** Full width at half maximum of the blur to be undone, arcsec. */
  readonly fwhm?: number;
  /** Standard deviation of the noise of every band, in the unit of the file. */
  readonly sigma?: number;
  /** Nanomaggies in one unit of the file. */
  readonly scale?: number;
  /** Side of a pixel, arcsec. */
  readonly pixelScale?: number;
}

export interface PreparedImage extends DegradedImage {
  /** Marks of the pixels that were no numbers, for each band that has any. */
  readonly missing: readonly (Uint8Array | undefined)[];
  /** Level of the sky that was taken off each band, nanomaggies per pixel: 0 where none was left in. */
  readonly sky: readonly number[];
  /** Nanomaggies in one unit of the file; undefined for a picture. */
  readonly scale: number | undefined;
  /** Full width at half maximum of the blur, arcsec. */
  readonly fwhm: number;
  /** Of the stars, arcsec, where they were measured. */
  readonly stars?: { readonly fwhm: number; readonly count: number };
  readonly warnings: readonly string[];
}

/** Seeing of the images that networks learn to restore, arcsec: the survey's, of which blur is on top. */
const targetSeeing = 1.32;

/** Band in which stars are measured: the middle one. */
const starBand = ({ bands }: SkyImage): number => Math.floor(bands.length / 2);

function fillHoles({ image, where }: ImageInFile): [SkyImage, (Uint8Array | undefined)[]] {
  const missing = planes(image).map(missingPixels);
  const filled = skyImage(image);
  planes(image).forEach((pixels, band) => {
    const marks = missing[band];
    if (marks !== undefined && !marks.includes(0)) {
      throw new UserError({
        what: `has no number in ${image.bands.length > 1 ? `band ${image.bands[band]}` : 'any pixel'}`,
        where,
        how: 'give an image that was exposed',
      });
    }
    plane(filled, band).set(marks ? fillMissing(pixels, image.width, image.height, marks) : pixels);
  });
  return [filled, missing];
}

const digits = (value: number): string => value.toPrecision(3);

/** Noise of every band in nanomaggies. */
function noiseLevels(image: SkyImage, given: number | undefined, where: string): number[] {
  if (given !== undefined) return image.bands.map(() => given);
  return noiseOf(image).map((sigma) => {
    if (sigma > 0) return sigma;
    throw new UserError({
      what: 'its noise cannot be measured',
      where,
      how: 'give it by --sigma, in the unit of the file',
    });
  });
}

/**
 * @throws UserError when nothing is a number, the noise cannot be measured, or the blur is wider than the image
 */
export function prepareImage(
  file: ImageInFile,
  hints: ImageHints,
  { degradation }: Pick<GalaxiesConfig, 'degradation'>,
): PreparedImage {
  const { where, fits } = file;
  const warnings: string[] = [];
  const [filled, missing] = fillHoles(file);
  const middleNoise = Math.sqrt(degradation.noise[0] * degradation.noise[1]);
  const { image: flux, scale } = inNanomaggies({ ...file, image: filled }, middleNoise, hints.scale);
  const pixelScale = hints.pixelScale ?? flux.pixelScale;
  if (hints.pixelScale === undefined && fits !== undefined && !fits.scaled) {
    warnings.push(
      `its header does not say how large a pixel is; taken for ${sdssPixelScale}" (--pixel-scale)`,
    );
  }
  const noise = noiseLevels(flux, hints.sigma === undefined ? undefined : hints.sigma * (scale ?? 1), where);
  // Pictures are black wherever the survey's stretch cut them off.
  const sky = planes(flux).map((pixels, band) => (fits === undefined ? 0 : skyLevel(pixels, noise[band])));
  const image = skyImage(
    { ...flux, pixelScale },
    mapPlanes(flux, (pixels, band) => (sky[band] === 0 ? pixels : pixels.map((value) => value - sky[band])))
      .data,
  );
  if (sky.some((level) => level !== 0)) {
    const levels = sky.map((level) => digits(level / (scale ?? 1)));
    warnings.push(`its sky of ${levels.join(', ')} is taken off and put back afterwards`);
  }

  // In pixels all the way: a network knows nothing of arcseconds. The training range is that of the survey's pixels.
  const [narrowest, widest] = degradation.fwhm.map((width) => width / sdssPixelScale);
  const target = targetSeeing / sdssPixelScale;
  let stars: PreparedImage['stars'];
  let seeing: number;
  if (hints.fwhm !== undefined) seeing = hints.fwhm / pixelScale;
  else {
    const found = measureSeeing(plane(image, starBand(image)), image.width, image.height);
    seeing = found ? Math.sqrt(Math.max(0, found.fwhm ** 2 - target ** 2)) : (narrowest + widest) / 2;
    if (found) stars = { fwhm: found.fwhm * pixelScale, count: found.stars };
    else {
      warnings.push(
        `no stars to measure the seeing from; a blur of ${digits(seeing * pixelScale)}" is assumed (--fwhm)`,
      );
    }
  }
  const blur = `the blur of ${digits(seeing * pixelScale)}"`;
  if (seeing > 1.02 * widest) {
    warnings.push(
      `${blur} is beyond the ${digits(widest * pixelScale)}" that the network was trained on: look at the result with care`,
    );
  } else if (seeing < 0.98 * narrowest) {
    warnings.push(
      `${blur} is below the ${digits(narrowest * pixelScale)}" that the network was trained on: treated as that, fine detail may be overdone (--strength)`,
    );
    seeing = narrowest;
  }
  for (const [band, sigma] of noise.entries()) {
    const [least, most] = degradation.noise;
    if (sigma >= 0.98 * least && sigma <= 1.02 * most) continue;
    warnings.push(
      `the noise of ${image.bands[band]}, ${digits(sigma)} nanomaggies, is outside the ${least} to ${most} that the network was trained on: look at the result with care`,
    );
  }
  const psf = blurToUndo(seeing, image, {
    blur,
    where,
    how: 'give --fwhm in arcsec and --pixel-scale as they are',
  });
  const fwhm = seeing * pixelScale;
  return { image, psf, seeing, noise, sky, missing, scale, fwhm, ...(stars ? { stars } : {}), warnings };
}
