// From somebody's image to the restored one: files of any size into files, and small images as JSON.
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { z } from 'zod';
import type { TensorData } from '../../core/engine/tensor-data.ts';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { isImageFile } from '../../data-adapters/galaxies/image-file.ts';
import { isPicture } from '../../data-adapters/galaxies/picture.ts';
import { cropImage, planes, type SkyImage, skyImage } from '../../data-adapters/galaxies/sky-image.ts';
import type { Prediction } from '../domain.ts';
import type { GalaxiesConfig } from './config.ts';
import { nearestSetting, networkFor } from './networks/choose-network.ts';
import { deviationOutput, networkBands, restoredOutput } from './networks/names.ts';
import type { DegradedImage } from './networks/network-inputs.ts';
import { blurToUndo } from './restoration/blur-to-undo.ts';
import { putFluxRight } from './restoration/put-flux-right.ts';
import { type RestoreFileOptions, restoreFile } from './restoration/restore-file.ts';
import { cutTile, tileStarts } from './restoration/tiles.ts';
import { showRestored } from './show-restored.ts';

const pixelRows = z.array(z.array(z.number()).min(1)).min(1);

const imageRequest = z.strictObject({
  name: z.string().optional().describe('comes back with the answer'),
  flux: z
    .array(pixelRows)
    .length(networkBands)
    .describe('planes g, r and i: rows of flux in nanomaggies per pixel, the lowest row first'),
  fwhm: z.number().positive().describe('full width at half maximum of the blur, pixels'),
  noise: z
    .array(z.number().positive())
    .length(networkBands)
    .describe('standard deviation of the noise of each band, nanomaggies per pixel'),
  centred: z
    .boolean()
    .optional()
    .describe('whether a galaxy is known to be in the middle: its brightness is fitted there'),
});

const imageAnswer = z.strictObject({
  name: z.string().optional(),
  restored: z.array(z.array(z.array(z.number()))).describe('as `flux`'),
  deviation: z
    .array(z.array(z.array(z.number())))
    .optional()
    .describe('standard deviation of each pixel of it, where the network gives it'),
});

export type ImageRequest = z.infer<typeof imageRequest>;
export type ImageAnswer = z.infer<typeof imageAnswer>;

const fileOptions = z.strictObject({
  fwhm: z
    .number()
    .positive()
    .optional()
    .describe('full width at half maximum of the blur to undo, arcsec; from the stars of the image without'),
  sigma: z
    .number()
    .positive()
    .optional()
    .describe(
      'standard deviation of the noise of a pixel, in the unit of the file (nanomaggies for pictures); measured without',
    ),
  strength: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('1 for the restored image, 0 for the one that came, and what lies between'),
  pixelScale: z.number().positive().optional().describe('side of a pixel, arcsec; from the header without'),
  scale: z
    .number()
    .positive()
    .optional()
    .describe('nanomaggies in one unit of the file; from BUNIT or the noise without'),
  hdu: z
    .union([z.int().min(0), z.string()])
    .optional()
    .describe('number or EXTNAME of the HDU; the first image without'),
  centred: z
    .boolean()
    .default(false)
    .describe(
      'each image is a cut-out of a galaxy that is known to be in its middle: its brightness is fitted there, however faint it is',
    ),
});

function imageOf({ flux, name }: ImageRequest): SkyImage {
  const [height, width] = [flux[0].length, flux[0][0].length];
  for (const [band, rows] of flux.entries()) {
    const wrong = rows.length !== height ? rows.length : rows.findIndex((row) => row.length !== width);
    if (rows.length === height && wrong < 0) continue;
    throw new UserError({
      what:
        rows.length === height
          ? `row ${wrong + 1} of plane ${band + 1} has ${rows[wrong].length} pixels, expected ${width}`
          : `plane ${band + 1} has ${rows.length} rows, expected ${height}`,
      where: name ?? 'flux',
      how: 'give three planes of one size',
    });
  }
  return skyImage({ width, height }, Float32Array.from(flux.flat(2)));
}

/** Where an image stands in the tile that is shown to the network. */
function placeOf({ width, height }: SkyImage, tile: number) {
  const grid = { size: tile, overlap: 0 };
  return { left: tileStarts(width, grid)[0], top: tileStarts(height, grid)[0] };
}

function degradedOf(request: ImageRequest): DegradedImage {
  const image = imageOf(request);
  const psf = blurToUndo(request.fwhm, image, {
    blur: `the blur of ${request.fwhm} px`,
    where: request.name ?? 'fwhm',
    how: 'give the full width at half maximum in pixels',
  });
  return { image, psf, seeing: request.fwhm, noise: request.noise };
}

function decode(request: ImageRequest, _models: unknown, config: GalaxiesConfig) {
  const degraded = degradedOf(request);
  const { id, tile, row: rowOf } = networkFor(config, nearestSetting(config, degraded));
  const { width, height } = degraded.image;
  if (Math.max(width, height) > tile) {
    throw new UserError({
      what: `is ${width} x ${height} px, more than the ${tile} that one request may have`,
      where: request.name ?? 'flux',
      how: 'restore it as a file, which may be of any size',
    });
  }
  const row = rowOf({
    ...degraded,
    image: cutTile(degraded.image, placeOf(degraded.image, tile), tile),
  });
  const planesShape = [1, networkBands, tile, tile];
  const inputs = Object.entries(row).map(([name, data]): [string, TensorData] => [
    name,
    {
      dtype: 'float32',
      shape: data.length > networkBands ? planesShape : [1, data.length],
      data,
    },
  ]);
  return { models: [id], inputs: Object.fromEntries(inputs) };
}

function encode(
  [output]: readonly Record<string, TensorData>[],
  request: ImageRequest,
  config: GalaxiesConfig,
): ImageAnswer {
  const degraded = degradedOf(request);
  const { image } = degraded;
  const { tile } = networkFor(config, nearestSetting(config, degraded));
  const { left, top } = placeOf(image, tile);
  const cut = (name: string): SkyImage =>
    cropImage(
      skyImage({ width: tile, height: tile }, output[name].data as Float32Array),
      -left,
      -top,
      image.width,
      image.height,
    );
  const rows = (own: SkyImage): number[][][] =>
    planes(own).map((pixels) =>
      Array.from({ length: own.height }, (_, y) =>
        Array.from(pixels.subarray(y * own.width, (y + 1) * own.width)),
      ),
    );
  const { restored, deviation } = putFluxRight(
    {
      restored: cut(restoredOutput),
      ...(deviationOutput in output ? { deviation: cut(deviationOutput) } : {}),
    },
    degraded,
    { conserve: config.conserveFlux, centred: request.centred },
  );
  return {
    ...(request.name === undefined ? {} : { name: request.name }),
    restored: rows(restored),
    ...(deviation ? { deviation: rows(deviation) } : {}),
  };
}

async function read(path: string): Promise<ImageRequest[]> {
  const text = await readFile(path, 'utf8').catch(async (error) => {
    throw await readError(error, path);
  });
  try {
    const given: unknown = JSON.parse(text);
    return z.array(imageRequest).parse(Array.isArray(given) ? given : [given]);
  } catch (cause) {
    throw new UserError({
      what: 'is no request as JSON',
      where: path,
      how: 'give flux, fwhm and noise, or an image file',
      cause,
    });
  }
}

/** A round spot on an empty sky, 16 x 16 px. */
const example: ImageRequest = {
  name: 'a round spot',
  flux: [0.6, 1, 1.2].map((brightness) =>
    Array.from({ length: 16 }, (_, y) =>
      Array.from(
        { length: 16 },
        (_unused, x) => Math.round(1e4 * brightness * Math.exp(-((x - 8) ** 2 + (y - 8) ** 2) / 18)) / 1e4,
      ),
    ),
  ),
  fwhm: 5,
  noise: [0.05, 0.05, 0.05],
};

/** Endings of FITS files, packed or not. */
const fitsEnding = /(\.(fits?|fts))?(\.(gz|bz2|fz))?$/i;

export const predict: Prediction<GalaxiesConfig, ImageRequest, ImageAnswer> = {
  request: imageRequest,
  answer: imageAnswer,
  accepts:
    'images of one or three bands and any size: .fits (also .gz, .bz2, .fz; any HDU), .png, .jpg; a folder of them',
  reads: [
    ...['.fits', '.fit', '.fts'].flatMap((own) => [`${own}.gz`, `${own}.bz2`, `${own}.fz`, own]),
    '.fz',
    '.png',
    '.jpg',
    '.jpeg',
    '.json',
  ],
  read,
  decode,
  encode,
  describe: ({ restored: [, red] }) => `${red[0].length} x ${red.length} px restored`,
  show: async ({ request, answer: { restored } }) => {
    const before = imageOf(request);
    return [await showRestored(before, skyImage(before, Float32Array.from(restored.flat(2))))];
  },
  examples: [example],
  files: {
    options: fileOptions as z.ZodType<RestoreFileOptions>,
    accepts: isImageFile,
    endings: ['.fits', '.png', '.jpg', '.jpeg'],
    nameOf(path) {
      if (!isPicture(path)) return `${basename(path).replace(fitsEnding, '')}.restored.fits`;
      const ending = extname(path);
      return `${basename(path, ending)}.restored${ending}`;
    },
    answer: (path, out, options, context) => restoreFile(path, out, options as RestoreFileOptions, context),
  },
};
