// A galaxy that is known to be in the middle of its image, as in cut-outs about the positions of a catalogue. A network that does not know
// where to look takes the faintest for noise, and what it sees of the others is too faint and too small. Two brightnesses, fitted
// to the degraded image, put that right without bias, for each is linear in its pixels: only its noise comes with them.
import { quantile } from '../../../core/metrics/bootstrap.ts';
import {
  cropImage,
  mapPlanes,
  plane,
  planes,
  type SkyImage,
  skyImage,
} from '../../../data-adapters/galaxies/sky-image.ts';
import { convolve } from '../fourier/convolve.ts';
import type { DegradedImage } from '../networks/network-inputs.ts';
import { fwhmPerSigma, gaussianPsf, type Psf } from '../psf/psf.ts';

/** Full width at half maximum of the spot that is fitted first, pixels. */
const spotWidth = 12;
/** Full width at half maximum of the Gaussian that smooths what was restored into the second shape, pixels. */
const shapeSmoothing = 9.4;
/** Full width at half maximum of the Gaussian about the middle that this shape is multiplied by, pixels. */
const shapeReach = 28;
/** Side of the square about the middle that is looked at, pixels, or one more: at its edges that Gaussian is below 3e-4. */
const seenSide = 96;
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

/** own + c shape, c = sum b (degraded - psf * own) / sum b^2 with b = psf * shape: least squares. As it is where the shape is empty. */
function withBrightness(
  own: Float32Array,
  shape: Float32Array,
  degraded: Float32Array,
  { width, height }: Square,
  psf: Psf,
): Float32Array {
  const [lit, restored] = [shape, own].map((pixels) => convolve(pixels, width, height, psf));
  let [product, power] = [0, 0];
  for (let i = 0; i < lit.length; i++) {
    product += lit[i] * (degraded[i] - restored[i]);
    power += lit[i] ** 2;
  }
  if (power === 0) return own;
  const brightness = product / power;
  return own.map((value, i) => value + brightness * shape[i]);
}

/**
 * The restored image with, in each band, two shapes added one after another, each as bright as fits the degraded image best:
 * a Gaussian of 12 px in the middle, and what is then there above the sky, smoothed by 9.4 px, times a Gaussian of 28 px about the middle (full
 * widths at half maximum). Nothing changes beyond 48 px from the middle in rows and columns.
 *
 * The widths were set on 50 stamps of HST and 23 JPEGs of the survey: README.md has the figures on others.
 */
export function fitMiddle(
  restored: SkyImage,
  { image, psf }: Pick<DegradedImage, 'image' | 'psf'>,
): SkyImage {
  // Odd sides keep an odd square: the middle of the image is that of the square.
  const [width, height] = [restored.width, restored.height].map((side) =>
    side > seenSide ? seenSide + (side % 2) : side,
  );
  const [left, top] = [(restored.width - width) / 2, (restored.height - height) / 2];
  const square: Square = { width, height };
  const seen = cropImage(image, left, top, width, height);
  const first = spot(square, spotWidth);
  const window = spot(square, shapeReach);
  const smoothing = gaussianPsf(shapeSmoothing, 1);
  const fitted = mapPlanes(cropImage(restored, left, top, width, height), (own, band) => {
    const degraded = plane(seen, band);
    const lit = withBrightness(own, first, degraded, square, psf);
    const sky = quantile(Float64Array.from(lit).sort(), skyQuantile);
    const above = lit.map((value) => Math.max(0, value - sky));
    const shape = convolve(above, width, height, smoothing).map((value, i) => value * window[i]);
    return withBrightness(lit, shape, degraded, square, psf);
  });
  const result = skyImage(restored, restored.data.slice());
  for (const [band, pixels] of planes(result).entries()) {
    const own = plane(fitted, band);
    for (let row = 0; row < height; row++) {
      pixels.set(own.subarray(row * width, (row + 1) * width), (top + row) * restored.width + left);
    }
  }
  return result;
}
