// A galaxy that is known to be in the middle of its image, as in cut-outs about the positions of a catalogue. A network that does not know
// where to look takes the faintest for noise, and what it sees of the others is too faint and too small. Two brightnesses are fitted
// to the degraded image there. Noise alone makes neither too high or too low; shapes that are not the galaxy's do, by its size.
import { quantile } from '../../../core/metrics/bootstrap.ts';
import {
  cropImage,
  plane,
  planes,
  type SkyImage,
  skyImage,
} from '../../../data-adapters/galaxies/sky-image.ts';
import { convolve } from '../fourier/convolve.ts';
import { fitBrightness } from '../measures/fit-brightness.ts';
import type { DegradedImage } from '../networks/network-inputs.ts';
import { fwhmPerSigma, gaussianPsf } from '../psf/psf.ts';
import type { Restored } from './restored.ts';

/** Full width at half maximum of the spot that is fitted first, pixels. */
const spotWidth = 12;
/** Full width at half maximum of the Gaussian that smooths what was restored into the second shape, pixels. */
const shapeSmoothing = 9.4;
/** Full width at half maximum of the Gaussian about the middle that this shape is multiplied by, pixels. */
const shapeReach = 28;
/** Side of the square about the middle that is looked at, pixels, or one more: at its edges that Gaussian is below 3e-4. */
const seenSide = 96;
/**
 * Brightness over its noise at which half of each fit is added. The noise errs by 1 / z of the brightness and shapes that are not the
 * galaxy's by about .02 of it, whatever z: from 50 on a fit would rather spoil what the network saw well.
 */
const halfSignificance = 50;
/** Of the restored pixels so many are below the sky's level, or below the light that a galaxy has all over the square. */
const skyQuantile = 0.2;

interface Square {
  readonly width: number;
  readonly height: number;
}

/** A Gaussian about the middle, 1 there. */
function spot({ width, height }: Square, fwhm: number): Float32Array {
  const sigma = fwhm / fwhmPerSigma;
  return Float32Array.from({ length: width * height }, (_, i) => {
    const [dx, dy] = [(i % width) - (width - 1) / 2, Math.floor(i / width) - (height - 1) / 2];
    return Math.exp(-(dx ** 2 + dy ** 2) / (2 * sigma ** 2));
  });
}

/** What is above the sky's level. */
function aboveSky(pixels: Float32Array): Float32Array {
  const sky = quantile(Float64Array.from(pixels).sort(), skyQuantile);
  return pixels.map((value) => Math.max(0, value - sky));
}

/** Of one band. */
interface Added {
  /** What is added to the restored pixels. */
  readonly light: Float32Array;
  /** Its standard deviation. */
  readonly deviation: Float32Array;
}

function addedTo(
  restored: Float32Array,
  degraded: Float32Array,
  noise: number,
  square: Square,
  psf: DegradedImage['psf'],
): Added {
  const { width, height } = square;
  const blurred = (pixels: Float32Array): Float32Array => convolve(pixels, width, height, psf);
  const middle = spot(square, spotWidth);
  const blurredMiddle = blurred(middle);
  const seen = fitBrightness(blurredMiddle, blurred(aboveSky(restored)), noise);
  const significance = seen.error > 0 ? seen.brightness / seen.error : Number.POSITIVE_INFINITY;
  const weight = 1 / (1 + (significance / halfSignificance) ** 2);

  const light = new Float32Array(restored.length);
  const deviation = new Float32Array(restored.length);
  const lit = (): Float32Array => restored.map((value, i) => value + light[i]);
  const add = (shape: Float32Array, blurredShape: Float32Array): void => {
    const known = blurred(lit());
    const lacking = degraded.map((value, i) => value - known[i]);
    const { brightness, error } = fitBrightness(blurredShape, lacking, noise);
    for (const [i, value] of shape.entries()) {
      light[i] += weight * brightness * value;
      deviation[i] = Math.hypot(deviation[i], weight * error * value);
    }
  };
  add(middle, blurredMiddle);
  const window = spot(square, shapeReach);
  const smoothed = convolve(aboveSky(lit()), width, height, gaussianPsf(shapeSmoothing, 1));
  const shape = smoothed.map((value, i) => value * window[i]);
  add(shape, blurred(shape));
  return { light, deviation };
}

/**
 * The restored image with, in each band, two shapes added one after another, each as bright as fits best what the degraded image has
 * and the restored one, blurred, has not: a Gaussian of 12 px in the middle, and what is then there above the sky, smoothed by 9.4 px,
 * times a Gaussian of 28 px about the middle (full widths at half maximum). They are multiplied by 1 / (1 + (z / 50)^2), z the brightness of
 * the first shape in the restored image over what the noise makes of it: the brighter the galaxy, the less is to be gained. The errors of both
 * brightnesses are added to the deviation in quadrature. Nothing changes beyond 48 px from the middle in rows and columns.
 *
 * The widths were set on 50 stamps of HST and 23 JPEGs of the survey: README.md has the figures on others.
 */
export function fitMiddle(
  answer: Restored,
  { image, psf, noise }: Pick<DegradedImage, 'image' | 'psf' | 'noise'>,
): Restored {
  // Odd sides keep an odd square: the middle of the image is that of the square.
  const [width, height] = [image.width, image.height].map((side) =>
    side > seenSide ? seenSide + (side % 2) : side,
  );
  const [left, top] = [(image.width - width) / 2, (image.height - height) / 2];
  const [shown, given] = [image, answer.restored].map((of) => cropImage(of, left, top, width, height));
  const added = planes(given).map((own, band) =>
    addedTo(own, plane(shown, band), noise[band], { width, height }, psf),
  );
  /** An image with every pixel of the square changed. */
  const changed = (of: SkyImage, make: (value: number, band: number, i: number) => number): SkyImage => {
    const result = skyImage(of, of.data.slice());
    for (const [band, pixels] of planes(result).entries()) {
      for (let i = 0; i < width * height; i++) {
        const place = (top + Math.floor(i / width)) * of.width + left + (i % width);
        pixels[place] = make(pixels[place], band, i);
      }
    }
    return result;
  };
  const { restored, deviation } = answer;
  return {
    restored: changed(restored, (value, band, i) => value + added[band].light[i]),
    ...(deviation
      ? { deviation: changed(deviation, (value, band, i) => Math.hypot(value, added[band].deviation[i])) }
      : {}),
  };
}
