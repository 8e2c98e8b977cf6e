// From a file to its answer: read, measured, restored, blended with what came, and written.

import { readImage } from '../../../data-adapters/galaxies/image-file.ts';
import { mapPlanes, plane, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import type { AnsweredFile, EvaluateContext } from '../../domain.ts';
import type { GalaxiesConfig } from '../config.ts';
import { nearestSetting, networkFor, settingWarnings, trainedRange } from '../networks/choose-network.ts';
import { showRestored } from '../show-restored.ts';
import { type ImageHints, type PreparedImage, prepareImage } from './prepare-image.ts';
import { restoreImage, restorePlane } from './restore-image.ts';
import { uncertaintyName, writeRestored } from './write-restored.ts';

export interface RestoreFileOptions extends ImageHints {
  /** 1 for the network's answer, 0 for the image as it came, and what lies between. */
  readonly strength: number;
  /** Number or EXTNAME of the HDU; the first image by default. */
  readonly hdu?: number | string;
  /** Whether a galaxy is known to be in the middle. */
  readonly centred: boolean;
}

/** a + strength (b - a) */
const blend = (a: SkyImage, b: SkyImage, strength: number): SkyImage =>
  mapPlanes(a, (own, band) => {
    const other = plane(b, band);
    return own.map((value, i) => value + strength * (other[i] - value));
  });

/** The pixels that were no numbers are none again. */
const withHoles = (image: SkyImage, missing: PreparedImage['missing']): SkyImage =>
  mapPlanes(image, (pixels, band) => {
    const marks = missing[band];
    return marks === undefined ? pixels : pixels.map((value, i) => (marks[i] ? Number.NaN : value));
  });

const digits = (value: number): string => value.toPrecision(3);

/** @throws UserError; no file is left half written */
export async function restoreFile(
  path: string,
  out: string | undefined,
  { strength, hdu, centred, ...hints }: RestoreFileOptions,
  { config, models, signal, progress }: EvaluateContext<GalaxiesConfig>,
): Promise<AnsweredFile> {
  const file = await readImage(path, hdu);
  const prepared = prepareImage(file, hints, { degradation: trainedRange(config) });
  const setting = nearestSetting(config, prepared);
  const { image, fwhm, noise, sky, scale, stars, missing } = prepared;
  const bar = progress.task(`Restoring ${path}`, image.width * image.height, 'pixels');
  const restore = image.bands.length === 1 ? restorePlane : restoreImage;
  const answer = await restore(prepared, {
    models,
    ...networkFor(config, setting),
    conserve: config.conserveFlux,
    centred,
    signal,
    onPixels: (pixels) => bar.advance(pixels),
  }).finally(() => bar.end());
  const asNoise = mapPlanes(image, (pixels, band) => pixels.map(() => noise[band]));
  const blended = blend(image, answer.restored, strength);
  const onSky = mapPlanes(blended, (pixels, band) => pixels.map((value) => value + sky[band]));
  const restored = withHoles(onSky, missing);
  const deviation = answer.deviation && withHoles(blend(asNoise, answer.deviation, strength), missing);

  const unit = scale ?? 1;
  const sigmas = noise.map((sigma) => sigma / unit);
  const seen = stars
    ? `stars of ${digits(stars.fwhm)}" (${stars.count})`
    : hints.fwhm === undefined
      ? 'no stars'
      : 'blur as given';
  const text = `${image.width} x ${image.height} px, ${image.bands.length === 1 ? 'one band' : '3 bands'}, ${seen}, blur of ${digits(fwhm)}" undone, noise ${sigmas.map(digits).join(', ')}${centred ? ', brightness fitted in the middle' : ''}`;
  if (out !== undefined) {
    await writeRestored(out, file, {
      restored,
      ...(deviation ? { deviation } : {}),
      scale,
      history: [
        `restored by deepfield galaxies: blur of ${digits(fwhm)} arcsec (FWHM) undone, noise of ${sigmas.map(digits).join(', ')} removed, strength ${strength}`,
        ...(centred ? ['brightness of the galaxy in the middle fitted to the image as it was'] : []),
        ...(deviation ? [`HDU ${uncertaintyName} holds the standard deviation of each pixel`] : []),
      ],
    });
  }
  return {
    written: out === undefined ? [] : [out],
    text,
    warnings: [...prepared.warnings, ...settingWarnings(config, setting)],
    panels: async () => [await showRestored(withHoles(image, missing), withHoles(blended, missing))],
    answer: {
      width: image.width,
      height: image.height,
      bands: image.bands,
      blur: fwhm,
      ...(stars ? { stars } : {}),
      noise: sigmas,
      nanomaggiesPerUnit: unit,
      strength,
      centred,
    },
  };
}
