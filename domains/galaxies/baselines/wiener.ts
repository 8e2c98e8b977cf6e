// Wiener's filter for a known PSF: H = conj(P) / (|P|^2 + N/S), P being the PSF's spectrum, N and S the powers of noise and signal.
// The ratio N/S is a constant, or the square of a Laplacian times one (Hunt 1973; Orieux, Giovannelli and Rodet 2010, whose
// form scikit-image has), or comes from a power spectrum fitted to galaxies: then it is the best shift-invariant linear filter.
import { plane, type SkyImage, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { Canvas } from '../fourier/canvas.ts';
import { multiply, reachOf, transfer } from '../fourier/convolve.ts';
import { eachFrequency } from '../fourier/frequencies.ts';
import { type PowerSpectrum, powerAt } from './power-spectrum.ts';
import { type Baseline, type Observation, psfsOf } from './restoration.ts';

/** N/S of a band at the frequencies (kx, ky), waves per pixel. */
export type NoiseToSignal = (kx: number, ky: number, band: number) => number;

/** The square of a Laplacian's spectrum, (4 - 2 cos 2 pi kx - 2 cos 2 pi ky)^2. */
const laplacian = (kx: number, ky: number): number =>
  (4 - 2 * Math.cos(2 * Math.PI * kx) - 2 * Math.cos(2 * Math.PI * ky)) ** 2;

/**
 * The images that the filter restores with each of the noise-to-signal ratios.
 *
 * @param margin pixels beyond each edge that continue the image, at least; twice the reach of the PSF by default. 0 takes an image
 *   whose sides are powers of two for periodic
 */
export function wienerFilter(
  observation: Observation,
  noiseToSignal: readonly NoiseToSignal[],
  margin?: number,
): SkyImage[] {
  const { image } = observation;
  const results = noiseToSignal.map(() => skyImage(image));
  psfsOf(observation).forEach((psf, band) => {
    const canvas = new Canvas(image.width, image.height, margin ?? 2 * reachOf(psf));
    const { fourier } = canvas;
    const spread = transfer(fourier, psf);
    const observed = multiply(canvas.spectrum(plane(image, band)), spread, true);
    noiseToSignal.forEach((ratio, i) => {
      const restored = observed.slice();
      eachFrequency(fourier, (kx, ky, at) => {
        const scale = 1 / (spread[at] ** 2 + spread[at + 1] ** 2 + ratio(kx, ky, band));
        restored[at] *= scale;
        restored[at + 1] *= scale;
      });
      plane(results[i], band).set(canvas.take(fourier.inverse(restored, image.height)));
    });
  });
  return results;
}

/** Ratios from 1e-3 to 1e3, four a decade. */
const ratios = Array.from({ length: 25 }, (_, i) => 10 ** (-3 + i / 4));

/** A constant noise-to-signal ratio. */
export const constantWiener: Baseline = {
  id: 'wiener-constant',
  label: 'Wiener, constant noise-to-signal ratio',
  parameter: 'noise-to-signal ratio',
  candidates: ratios,
  restore: (observation, values) =>
    wienerFilter(
      observation,
      values.map((value) => () => value),
    ),
};

/** A noise-to-signal ratio that grows with the fourth power of the frequency. */
export const laplacianWiener: Baseline = {
  id: 'wiener-laplacian',
  label: 'Wiener, Laplacian regularisation',
  parameter: 'weight of the squared Laplacian',
  candidates: ratios,
  restore: (observation, values) =>
    wienerFilter(
      observation,
      values.map((value) => (kx, ky) => value * laplacian(kx, ky)),
    ),
};

/**
 * The noise-to-signal ratio from the image's noise and power spectra fitted to galaxies, one for each band: the best linear filter on
 * the mean. Its parameter multiplies the noise, since what is best on the mean of fluxes is not so on the stretched scale.
 */
export const spectralWiener = (spectra: readonly PowerSpectrum[]): Baseline => ({
  id: 'wiener-spectrum',
  label: 'Wiener, power spectrum of galaxies',
  parameter: 'factor of the noise power',
  candidates: Array.from({ length: 17 }, (_, i) => 10 ** (-1 + i / 4)),
  restore: (observation, values) =>
    wienerFilter(
      observation,
      values.map((value) => (kx, ky, band) => {
        const noise = value * observation.noiseSigma[band] ** 2;
        return noise / powerAt(spectra[band], Math.hypot(kx, ky));
      }),
    ),
});
