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
      const spectrum = canvas.spectrum(planes(image)[band]);
      const pixels = image.width * image.height;
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
