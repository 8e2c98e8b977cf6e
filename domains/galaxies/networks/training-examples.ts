// Examples for the restoration network: galaxies turned and mirrored, made brighter or fainter, recorded with a noise of their own,
// and each time blurred and made noisy anew by a seeing and a depth drawn from the whole range, so that no two passes show the
// same noise. What is learnt is the recorded image, as everything is measured against it, but for the share that is left without noise.
import type { RandomStream } from '../../../core/random.ts';
import { mapPlanes, planes, type SkyImage, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import type { GalaxiesConfig } from '../config.ts';
import { blurImage, noiseGain } from '../degrade.ts';
import { moffatPsf, type Psf } from '../psf/psf.ts';
import { cutTile, tileStarts } from '../restoration/tiles.ts';
import { between, logBetween } from '../simulator/draws.ts';
import { noiseOf } from '../units.ts';
import { distantStamp, randomCrop } from './distant-stamp.ts';
import { faintStamp } from './faint-stamp.ts';
import { targetInput, truthInput } from './names.ts';
import { type NetworkRow, networkRow, stackRows } from './network-inputs.ts';
import { type RecordedNoise, withRecordedNoise } from './recorded-noise.ts';

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
/** The same for stamps of distant galaxies. */
const stampBrightness: readonly [number, number] = [0.01, 0.6];
/** Share of the images that are stamps, and of these that of faint galaxies, which are drawn; the others are the images made distant. */
const stampShare = 0.4;
const drawnShare = 0.5;
/** Ratio of the noise of a band to the noise of the image, at most and at least. */
const bandRatio: readonly [number, number] = [0.75, 1.33];
/** Levels of the sky of an image, and what those of its bands differ by, nanomaggies per pixel: the stretch's clip is at -0.1. */
const skyLevels: readonly [number, number] = [-0.1, 0.1];
const skyColours: readonly [number, number] = [-0.03, 0.03];
/** Share of the stamps whose sky was taken off well, as catalogues of stamps have it, and the standard deviation of what is left of it. */
const cleanShare = 0.7;
const cleanSky = 0.005;
/** Share of the images that are shown in one band, three times the same, and that of the stamps. */
const greyShare = 0.25;
const greyStampShare = 0.6;
/** Noise of the recorded images, nanomaggies per pixel: the survey's is 0.025, that of its JPEGs down to 0.01. */
const recordedLevels: readonly [number, number] = [0.008, 0.05];
/** Noise of the light over that of the survey at the same sky: darker skies, and pictures whose stretch compresses the sky's. */
const photonShares: readonly [number, number] = [0.5, 20];
/** Share whose recorded noise is white, as the camera has it, and grains of the others, pixels: neighbours correlated by .06 to .89. */
const whiteShare = 0.25;
const grains: readonly [number, number] = [0.3, 1.5];
/** Share of the images that are blurred by a Moffat profile, which has wings, and its exponents. */
const moffatShare = 0.3;
const moffatExponents: readonly [number, number] = [2, 4.7];
/** Reach of those profiles, pixels. */
const moffatReach = 12;

/** Every band the same as one of them. */
function grey(image: SkyImage, band: number): SkyImage {
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

/** A galaxy as it is and as it was recorded, and whether it is shown in one band. */
interface Recorded {
  readonly truth: SkyImage;
  readonly target: SkyImage;
  readonly inGrey: boolean;
}

const drawNoise = (random: RandomStream): RecordedNoise => {
  const level = logBetween(random, recordedLevels);
  const grain = random.uniform() < whiteShare ? 0 : between(random, ...grains);
  return { level, grain, photons: logBetween(random, photonShares) };
};

function recorded(image: SkyImage, crop: number, varied: boolean, random: RandomStream): Recorded {
  const stamp = varied && random.uniform() < stampShare;
  const inGrey = random.uniform() < (stamp ? greyStampShare : greyShare);
  const faint = stamp && random.uniform() < drawnShare;
  const view = faint
    ? faintStamp(crop, random)
    : stamp
      ? distantStamp(image, crop, random)
      : randomCrop(image, crop, random);
  const flux = faint ? 1 : logBetween(random, stamp ? stampBrightness : brightness);
  const truth = scaled(turned(view, random.integer(8)), flux);
  const noisy = varied ? withRecordedNoise(truth, drawNoise(random), random.split('recorded')) : truth;
  // Sky that was taken off badly: networks that know it to be zero put it there, and spoil images where it is not.
  const clean = stamp && random.uniform() < cleanShare;
  const sky = clean ? cleanSky * random.normal() : between(random, ...skyLevels);
  const skies = image.bands.map(() => sky + (clean ? 0 : between(random, ...skyColours)));
  const band = random.integer(image.bands.length);
  const shown = (of: SkyImage): SkyImage => {
    const onSky = mapPlanes(of, (plane, i) => plane.map((value) => value + skies[i]));
    return inGrey ? grey(onSky, band) : onSky;
  };
  return { truth: shown(truth), target: shown(noisy), inGrey };
}

function drawBlur(image: SkyImage, fwhm: number, random: RandomStream): { fwhm: number } | { psf: Psf } {
  if (random.uniform() >= moffatShare) return { fwhm };
  return { psf: moffatPsf(fwhm, between(random, ...moffatExponents), image.pixelScale, moffatReach) };
}

/** A row whose pictures are continued to `crop` pixels a side, as images smaller than a tile are in use. */
function widened(row: NetworkRow, image: SkyImage, crop: number): NetworkRow {
  if (image.width === crop) return row;
  const start = tileStarts(image.width, { size: crop, overlap: 0 })[0];
  const widen = (data: Float32Array): Float32Array =>
    data.length === image.data.length
      ? cutTile(skyImage(image, data), { left: start, top: start }, crop).data
      : data;
  return Object.fromEntries(Object.entries(row).map(([name, data]) => [name, widen(data)]));
}

export interface ExampleOptions {
  /** Side of the squares that are cut from the images at random, pixels. */
  readonly crop: number;
  readonly range: GalaxiesConfig['degradation'];
  /** Share of the images that are made like other people's: recorded with noise, some as stamps, some blurred with wings. */
  readonly variety: number;
}

function example(
  image: SkyImage,
  { crop, range: { fwhm, noise, mode }, variety }: ExampleOptions,
  random: RandomStream,
): NetworkRow {
  const varied = variety === 1 || random.uniform() < variety;
  const width = between(random, ...fwhm);
  const sigma = logBetween(random, noise);
  const { truth, target, inGrey } = recorded(image, crop, varied, random);
  const { blurred, psf } = blurImage(target, varied ? drawBlur(target, width, random) : { fwhm: width });
  const alike = mode === 'shared' || inGrey;
  const levels = image.bands.map(() => (alike ? sigma : sigma * logBetween(random, bandRatio)));
  const field = (): Float32Array => {
    const drawn = new Float32Array(target.width * target.height);
    for (let i = 0; i < drawn.length; i++) drawn[i] = random.normal();
    return drawn;
  };
  const shared = alike ? field() : undefined;
  const degraded = mapPlanes(blurred, (plane, band) => {
    const drawn = shared ?? field();
    return plane.map((value, i) => value + levels[band] * drawn[i]);
  });
  const gain = noiseGain(psf);
  const left = varied ? noiseOf(target).map((own) => own * gain) : levels.map(() => 0);
  const row = networkRow({
    image: degraded,
    psf,
    seeing: width / image.pixelScale,
    noise: levels.map((level, band) => Math.hypot(level, left[band])),
  });
  return widened({ [targetInput]: target.data, [truthInput]: truth.data, ...row }, target, crop);
}

/** Rows of the objective of restoration.ts, one after another, of images that are all of one size. */
export const trainingExamples = (
  images: readonly SkyImage[],
  options: ExampleOptions,
  random: RandomStream,
): Record<string, Float32Array> =>
  stackRows(images.map((image, i) => example(image, options, random.split('example', i))));
