// The survey's telescope and camera: seeing, the photons' noise and the sky's. Figures of the survey: seeing 1.3 arcsec in r (median
// 1.32), 8% worse in g and 5% better in i; electrons per nanomaggy from its gains and typical NMGYPERCOUNT (0.0038, 0.0050, 0.0067
// in g, r, i); sky brightness 21.8, 20.9, 20.2 mag per square arcsec; read noise 5 electrons
// (sdss.org/dr17: imaging, "frame" data model, other_info).
import type { RandomStream } from '../../../core/random.ts';
import { multiply, transfer } from '../fourier/convolve.ts';
import { realFourier } from '../fourier/real-fourier.ts';
import { moffatPsf, type Psf } from '../psf/psf.ts';
import type { Painting } from './canvas-bands.ts';
import { around, between } from './draws.ts';

/** Electrons per nanomaggy in g, r, i. */
export const electronsPerNanomaggy = [1020, 950, 750] as const;
const skyMagnitudes = [21.8, 20.9, 20.2] as const;
const readNoise = 5;

export interface Exposure {
  /** Full width at half maximum of the seeing in g, r, i, arcsec. */
  readonly seeing: readonly [number, number, number];
  /** Moffat's exponent. */
  readonly beta: number;
  /** Standard deviation of the sky in g, r, i, nanomaggies per pixel. */
  readonly skySigma: readonly [number, number, number];
}

/** Conditions of an exposure. */
export function drawExposure(random: RandomStream, pixelScale: number): Exposure {
  const seeing = Math.min(1.75, Math.max(1.05, around(random, 1.32, 0.14)));
  const brighter = around(random, 0, 0.12);
  const sigma = (band: number): number => {
    const sky = 10 ** ((22.5 - skyMagnitudes[band] + brighter) / 2.5) * pixelScale * pixelScale;
    const electrons = sky * electronsPerNanomaggy[band] + readNoise * readNoise;
    return Math.sqrt(electrons) / electronsPerNanomaggy[band];
  };
  return {
    seeing: [seeing * 1.08, seeing, seeing * 0.95],
    beta: between(random, 2.8, 4.5),
    skySigma: [sigma(0), sigma(1), sigma(2)],
  };
}

/** Pixels beyond the image that are painted, so that their light can be spread into it. */
export const margin = 24;

/** The PSFs of an exposure, which reach `margin` pixels at most. */
export const exposurePsfs = ({ seeing, beta }: Exposure, pixelScale: number): Psf[] =>
  seeing.map((fwhm) => moffatPsf(fwhm, beta, pixelScale, margin));

/** Spreads the light of a painting by the seeing and cuts `margin` off its edges: g, r and i, one after the other. */
export function throughSeeing({ size, planes }: Painting, psfs: readonly Psf[]): Float32Array {
  const inner = size - 2 * margin;
  const truth = new Float32Array(3 * inner * inner);
  // Light that leaves over an edge comes in over the opposite one, into the margin that is cut off.
  const side = 2 ** Math.ceil(Math.log2(size));
  const fourier = realFourier(side, side);
  const laid = new Float64Array(side * side);
  planes.forEach((pixels, band) => {
    for (let row = 0; row < size; row++) laid.set(pixels.subarray(row * size, (row + 1) * size), row * side);
    const spread = fourier.inverse(
      multiply(fourier.forward(laid), transfer(fourier, psfs[band])),
      size - margin,
    );
    for (let row = 0; row < inner; row++) {
      const start = (row + margin) * side + margin;
      truth.set(spread.subarray(start, start + inner), (band * inner + row) * inner);
    }
  });
  return truth;
}

/**
 * What the camera records, the sky subtracted: normal noise of variance sky^2 + flux / (electrons per nanomaggy), which is Poisson's
 * to well below a percent as the sky alone is hundreds of electrons.
 */
export function record(truth: Float32Array, { skySigma }: Exposure, random: RandomStream): Float32Array {
  const pixels = truth.length / 3;
  const recorded = new Float32Array(truth.length);
  for (let band = 0; band < 3; band++) {
    const sky = skySigma[band] ** 2;
    for (let i = band * pixels; i < (band + 1) * pixels; i++) {
      const variance = sky + Math.max(0, truth[i]) / electronsPerNanomaggy[band];
      recorded[i] = truth[i] + Math.sqrt(variance) * random.normal();
    }
  }
  return recorded;
}
