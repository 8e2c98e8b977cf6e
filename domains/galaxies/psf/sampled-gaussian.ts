// Gaussian smoothing as MATLAB's imgaussfilt does it, which prepared the paper's images: a kernel sampled at the pixels' centres,
// cut off at two standard deviations, the outermost pixel repeated beyond the edges.
import type { Psf } from './psf.ts';

/** Pixels across the kernel: 2 ceil(2 sigma) + 1. */
export const sampledWidth = (sigma: number): number => 2 * Math.ceil(2 * sigma) + 1;

/** Weights of a row, {@link sampledWidth} of them with the sum 1. @param sigma pixels; 0 gives the single weight 1 */
export function sampledGaussian(sigma: number): Float64Array {
  if (!(sigma >= 0 && Number.isFinite(sigma))) {
    throw new RangeError(`sampledGaussian: expected a width >= 0 in pixels, got ${sigma}`);
  }
  if (sigma === 0) return Float64Array.of(1);
  const length = sampledWidth(sigma);
  const half = (length - 1) / 2;
  const line = Float64Array.from({ length }, (_, i) => Math.exp(-((i - half) ** 2) / (2 * sigma * sigma)));
  const sum = line.reduce((total, value) => total + value, 0);
  return line.map((value) => value / sum);
}

/** The same as a PSF in two dimensions. */
export function sampledGaussianPsf(sigma: number): Psf {
  const line = sampledGaussian(sigma);
  const size = line.length;
  const data = Float64Array.from(
    { length: size * size },
    (_, i) => line[i % size] * line[Math.floor(i / size)],
  );
  return { width: size, height: size, data };
}

/** Standard deviation in pixels of the paper's blur, whose code divides by 2.355. @param fwhm arcsec */
export const paperSigma = (fwhm: number, pixelScale: number): number => fwhm / pixelScale / 2.355;

/** A plane smoothed by {@link sampledGaussian} along both axes. @param sigma pixels */
export function smooth(
  pixels: ArrayLike<number>,
  width: number,
  height: number,
  sigma: number,
): Float32Array {
  const line = sampledGaussian(sigma);
  const half = (line.length - 1) / 2;
  const rows = new Float64Array(width * height);
  const padded = new Float64Array(width + 2 * half);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < padded.length; x++) {
      padded[x] = pixels[y * width + Math.min(width - 1, Math.max(0, x - half))];
    }
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < line.length; k++) sum += line[k] * padded[x + k];
      rows[y * width + x] = sum;
    }
  }
  const smoothed = new Float32Array(width * height);
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let k = 0; k < line.length; k++) {
      const start = Math.min(height - 1, Math.max(0, y + k - half)) * width;
      for (let x = 0; x < width; x++) sums[x] += line[k] * rows[start + x];
    }
    smoothed.set(sums, y * width);
  }
  return smoothed;
}
