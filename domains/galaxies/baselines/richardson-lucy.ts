// Richardson's (1972) and Lucy's (1974) iteration: x <- x . P^T * (y / (P * x)), which climbs to the most probable image under Poisson
// noise and, stopped in time, is smoother than that. Fluxes are lifted by a pedestal, since they must not be negative, and
// edges are continued, so that nothing comes in over them.
import { plane, type SkyImage, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { Canvas } from '../fourier/canvas.ts';
import { multiply, reachOf, transfer } from '../fourier/convolve.ts';
import { type Baseline, type Observation, psfsOf } from './restoration.ts';

export interface RichardsonLucyOptions {
  /** Numbers of iterations after which the image is wanted, ascending. */
  readonly iterations: readonly number[];
  /** Where to start: from a `constant`, the mean (scikit-image; the default, far better in noise), or the `image` (MATLAB). */
  readonly start?: 'image' | 'constant';
  /** Added to every flux beforehand and taken off afterwards; 5 standard deviations of the band's noise by default. */
  readonly pedestal?: number;
  /** As in {@link wienerFilter}; the reach of the PSF by default. */
  readonly margin?: number;
}

/** Least flux, in nanomaggies per pixel, by which is divided, and to which fluxes below it are raised. */
const least = 1e-12;

/**
 * The image after each of the wanted numbers of iterations. Fluxes below minus the pedestal are raised to it; no result is NaN.
 *
 * @throws RangeError unless the iterations are ascending integers >= 0
 */
export function richardsonLucy(observation: Observation, options: RichardsonLucyOptions): SkyImage[] {
  const { iterations, start = 'constant', margin } = options;
  if (iterations.some((n, i) => !Number.isInteger(n) || n < (i === 0 ? 0 : iterations[i - 1]))) {
    throw new RangeError(`richardsonLucy: expected ascending integers >= 0, got ${iterations.join(', ')}`);
  }
  const { image, noiseSigma } = observation;
  const results = iterations.map(() => skyImage(image));
  psfsOf(observation).forEach((psf, band) => {
    const canvas = new Canvas(image.width, image.height, margin ?? reachOf(psf));
    const { fourier } = canvas;
    const spread = transfer(fourier, psf);
    const pedestal = options.pedestal ?? 5 * noiseSigma[band];
    const observed = canvas.lay(plane(image, band)).map((value) => Math.max(least, value + pedestal));
    const mean = observed.reduce((total, value) => total + value, 0) / observed.length;
    const estimate = start === 'image' ? observed.slice() : new Float64Array(observed.length).fill(mean);
    const last = iterations[iterations.length - 1] ?? 0;
    for (let iteration = 0; ; iteration++) {
      iterations.forEach((wanted, i) => {
        if (wanted !== iteration) return;
        plane(results[i], band).set(canvas.take(estimate.map((value) => value - pedestal)));
      });
      if (iteration >= last) break;
      const blurred = fourier.inverse(multiply(fourier.forward(estimate), spread));
      for (let i = 0; i < blurred.length; i++) blurred[i] = observed[i] / Math.max(least, blurred[i]);
      const correction = fourier.inverse(multiply(fourier.forward(blurred), spread, true));
      for (let i = 0; i < estimate.length; i++) {
        // Rounding of the transforms may leave a correction just below zero.
        estimate[i] *= Math.max(0, correction[i]);
      }
    }
  });
  return results;
}

/** The iteration from a constant, its parameter the number of iterations: the first ones are smooth. */
export const richardsonLucyBaseline: Baseline = {
  id: 'richardson-lucy',
  label: 'Richardson-Lucy, best number of iterations',
  parameter: 'iterations',
  candidates: [1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30],
  restore: (observation, values) => {
    const iterations = [...values].sort((a, b) => a - b);
    const images = richardsonLucy(observation, { iterations });
    return values.map((value) => images[iterations.indexOf(value)]);
  },
};
