// The mean power spectrum of galaxies on the pixel grid, the same in all directions: how much signal there is to be restored at
// each frequency. White noise of standard deviation s has the power s^2 at all of them.
import { planes, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { Canvas } from '../fourier/canvas.ts';
import { eachFrequency } from '../fourier/frequencies.ts';

/** Powers at `bins` frequencies from 0 to sqrt(1/2) waves per pixel, equally far apart. */
export interface PowerSpectrum {
  readonly power: Float64Array;
}

const bins = 91;
const step = Math.SQRT1_2 / (bins - 1);

/** Power at a frequency in waves per pixel; between the points linear in its logarithm. */
export function powerAt({ power }: PowerSpectrum, frequency: number): number {
  const position = Math.min(bins - 1, frequency / step);
  const below = Math.min(bins - 2, Math.floor(position));
  const t = position - below;
  return power[below] ** (1 - t) * power[below + 1] ** t;
}

/** Tukey's window: fades to zero over an eighth of the length at either end, so that a galaxy cut by an edge has no cliff there. */
const taper = (size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => {
    const fromEdge = (Math.min(i, size - 1 - i) + 0.5) / (size / 8);
    return fromEdge < 1 ? 0.5 - 0.5 * Math.cos(Math.PI * fromEdge) : 1;
  });

const sumOfSquares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

/**
 * Mean power spectra of images of one shape, a spectrum for each band.
 *
 * @param noiseSigma standard deviation of white noise in each band, the power of which is taken off; 0 by default
 * @throws RangeError when there is no image
 */
export function fitPowerSpectra(
  images: readonly SkyImage[],
  noiseSigma?: readonly number[],
): PowerSpectrum[] {
  if (images.length === 0) throw new RangeError('fitPowerSpectra: expected an image at least');
  return images[0].bands.map((_, band) => {
    const sums = new Float64Array(bins);
    const weights = new Float64Array(bins);
    for (const image of images) {
      const canvas = new Canvas(image.width, image.height, 0, 'zero');
      const columns = taper(image.width);
      const rows = taper(image.height);
      const tapered = planes(image)[band].map(
        (flux, i) => flux * columns[i % image.width] * rows[Math.floor(i / image.width)],
      );
      const spectrum = canvas.spectrum(tapered);
      const pixels = sumOfSquares(columns) * sumOfSquares(rows);
      eachFrequency(canvas.fourier, (kx, ky, at) => {
        const nearest = Math.round(Math.hypot(kx, ky) / step);
        sums[nearest] += (spectrum[at] ** 2 + spectrum[at + 1] ** 2) / pixels;
        weights[nearest]++;
      });
    }
    const noise = (noiseSigma?.[band] ?? 0) ** 2;
    const power = new Float64Array(bins);
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < bins; i++) {
      const mean = weights[i] > 0 ? sums[i] / weights[i] - noise : 0;
      // Where nothing is left above the noise, the last power that was goes on falling.
      power[i] = mean > 0 ? mean : 0.8 * (Number.isFinite(least) ? least : 1e-12);
      least = Math.min(least, power[i]);
    }
    return { power };
  });
}
