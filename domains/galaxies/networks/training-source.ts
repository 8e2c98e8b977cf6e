// Batches for the restoration network: galaxies turned and mirrored, made brighter or fainter, and each time blurred and made
// noisy anew by a seeing and a depth drawn from the whole range, so that no two passes show the same noise.
import type { RandomStream } from '../../../core/random.ts';
import { type BatchSource, rowSource } from '../../../core/training/batch-source.ts';
import {
  cropImage,
  mapPlanes,
  planes,
  type SkyImage,
  skyImage,
} from '../../../data-adapters/galaxies/sky-image.ts';
import type { GalaxiesConfig } from '../config.ts';
import { blurImage } from '../degrade.ts';
import { between } from '../simulator/draws.ts';
import { targetInput } from './names.ts';
import { type NetworkRow, networkRow, stackRows } from './network-inputs.ts';

const logBetween = (random: RandomStream, [low, high]: readonly [number, number]): number =>
  Math.exp(between(random, Math.log(low), Math.log(high)));

/** One of the eight ways to turn and mirror a square. */
export function turned(image: SkyImage, way: number): SkyImage {
  const { width: size } = image;
  const result = skyImage(image);
  const made = planes(result);
  planes(image).forEach((pixels, band) => {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const [a, b] = way & 4 ? [y, x] : [x, y];
        const column = way & 1 ? size - 1 - a : a;
        const row = way & 2 ? size - 1 - b : b;
        made[band][y * size + x] = pixels[row * size + column];
      }
    }
  });
  return result;
}

/** Fluxes are multiplied by a number from this range: more depths and distances than the survey has. */
const brightness: readonly [number, number] = [0.5, 2];
/** Ratio of the noise of a band to the noise of the image, at most and at least. */
const bandRatio: readonly [number, number] = [0.75, 1.33];
/** Levels of the sky of an image, and what those of its bands differ by, nanomaggies per pixel: the stretch's clip is at -0.1. */
const skyLevels: readonly [number, number] = [-0.1, 0.1];
const skyColours: readonly [number, number] = [-0.03, 0.03];
/** Share of the images that are shown in one band, three times the same. */
const greyShare = 0.25;

/** Every band the same as one of them. */
function grey(image: SkyImage, random: RandomStream): SkyImage {
  const band = random.integer(image.bands.length);
  const plane = planes(image)[band];
  const result = skyImage(image);
  for (const made of planes(result)) made.set(plane);
  return result;
}

const scaled = (image: SkyImage, factor: number): SkyImage =>
  skyImage(
    image,
    image.data.map((value) => value * factor),
  );

/** Sky that was taken off badly: networks that know it to be zero put it there, and spoil images where it is not. */
function onSky(image: SkyImage, random: RandomStream): SkyImage {
  const level = between(random, ...skyLevels);
  return mapPlanes(image, (plane) => {
    const own = level + between(random, ...skyColours);
    return plane.map((value) => value + own);
  });
}

function spoil(
  image: SkyImage,
  { fwhm, noise, mode }: GalaxiesConfig['degradation'],
  random: RandomStream,
): NetworkRow {
  const blur = between(random, ...fwhm);
  const sigma = logBetween(random, noise);
  const inGrey = random.uniform() < greyShare;
  const dark = scaled(turned(image, random.integer(8)), logBetween(random, brightness));
  const bright = onSky(dark, random.split('sky'));
  const target = inGrey ? grey(bright, random) : bright;
  const ratios =
    mode === 'shared' || inGrey
      ? image.bands.map(() => 1)
      : image.bands.map(() => logBetween(random, bandRatio));
  const { blurred, psf } = blurImage(target, { fwhm: blur });
  const pixels = image.width * image.height;
  const field = (): Float32Array => Float32Array.from({ length: pixels }, () => random.normal());
  const shared = mode === 'shared' || inGrey ? field() : undefined;
  const levels = ratios.map((ratio) => ratio * sigma);
  const degraded = mapPlanes(blurred, (plane, band) => {
    const drawn = shared ?? field();
    return plane.map((value, i) => value + levels[band] * drawn[i]);
  });
  const seeing = blur / image.pixelScale;
  return { [targetInput]: target.data, ...networkRow({ image: degraded, psf, seeing, noise: levels }) };
}

function randomCrop(image: SkyImage, size: number, random: RandomStream): SkyImage {
  const at = (side: number): number => random.integer(side - size + 1);
  return cropImage(image, at(image.width), at(image.height), size, size);
}

export interface RestorationSourceOptions {
  /** Images to learn from, as little noise in them as can be had, all of one size. */
  readonly images: readonly SkyImage[];
  /** Side of the squares that are cut from them at random, pixels. */
  readonly crop: number;
  readonly range: GalaxiesConfig['degradation'];
  /** Shuffles, turns and spoils. */
  readonly random: RandomStream;
}

/** Rows of the objective of restoration.ts. */
export function restorationSource({ images, crop, range, random }: RestorationSourceOptions): BatchSource {
  return rowSource({
    rows: images.map((_, i) => i),
    shuffle: random,
    gather(rows, stream = random) {
      const examples = Array.from(rows, (row, i) => {
        const own = stream.split('example', i);
        return spoil(randomCrop(images[row], crop, own), range, own);
      });
      return stackRows(examples);
    },
  });
}
