// What a restoration network starts from: the Wiener filter, the best linear filter for galaxies of a given power spectrum in
// white noise, with the PSF and the noise of the image at hand.
import { mapPlanes, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { Canvas } from '../fourier/canvas.ts';
import { reachOf, transfer } from '../fourier/convolve.ts';
import type { Psf } from '../psf/psf.ts';

/**
 * Power of galaxies at a frequency, squared nanomaggies per pixel: 3 / (1 + (f / 0.039)^2)^1.6, which follows the geometric mean
 * over simulated galaxies from r = 13.5 to 17.5 mag, each weighted by a cosine window.
 *
 * @param squared f^2, f in cycles per pixel
 */
export const galaxyPower = (squared: number): number => 3 / (1 + squared / 0.039 ** 2) ** 1.6;

/** F -> conj(P) F / (|P|^2 + noise^2 / power) band by band. @param noise standard deviation of each band */
export function wienerStart(image: SkyImage, psf: Psf, noise: readonly number[]): SkyImage {
  const { width, height } = image;
  const canvas = new Canvas(width, height, reachOf(psf));
  const { fourier } = canvas;
  const point = transfer(fourier, psf);
  const squares = new Float64Array(fourier.columns * fourier.height);
  for (let column = 0, at = 0; column < fourier.columns; column++) {
    for (let row = 0; row < fourier.height; row++, at++) {
      const along = Math.min(row, fourier.height - row) / fourier.height;
      squares[at] = (column / fourier.width) ** 2 + along ** 2;
    }
  }
  return mapPlanes(image, (pixels, band) => {
    const spectrum = canvas.spectrum(pixels);
    const variance = noise[band] ** 2;
    for (let at = 0; at < squares.length; at++) {
      const [re, im] = [point[2 * at], point[2 * at + 1]];
      const [a, b] = [spectrum[2 * at], spectrum[2 * at + 1]];
      const whole = re * re + im * im + variance / galaxyPower(squares[at]);
      spectrum[2 * at] = (a * re + b * im) / whole;
      spectrum[2 * at + 1] = (b * re - a * im) / whole;
    }
    return canvas.take(fourier.inverse(spectrum));
  });
}
