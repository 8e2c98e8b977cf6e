// A point spread function on pixels, normalised to one: what a star of one nanomaggy looks like. Gaussians and Moffat's (1969)
// profiles are integrated over the pixels; PSFs that others measured come in by `psfFrom`.
import { normalProbability } from '../../../core/metrics/normal.ts';
import { sdssPixelScale } from '../../../data-adapters/galaxies/sky-image.ts';

export interface Psf {
  readonly width: number;
  readonly height: number;
  /** Row by row, with the sum 1; the star is on pixel (floor(width/2), floor(height/2)). */
  readonly data: Float64Array;
}

/** Full width at half maximum of a Gaussian over its standard deviation: 2 sqrt(2 ln 2). */
export const fwhmPerSigma = 2 * Math.sqrt(2 * Math.LN2);

/** Moffat's exponent for seeing through Kolmogorov turbulence (Trujillo et al. 2001, MNRAS 328, 977). */
export const turbulence = 4.765;

/** Share of the flux that may fall outside a PSF's pixels. */
const lost = 2e-4;

/**
 * A PSF from pixels that somebody measured, normalised to one.
 *
 * @throws RangeError when the pixels do not fill the rectangle, are not finite, or have no positive sum
 */
export function psfFrom(width: number, height: number, pixels: ArrayLike<number>): Psf {
  const data = Float64Array.from({ length: pixels.length }, (_, i) => pixels[i]);
  const sum = data.reduce((total, value) => total + value, 0);
  if (data.length !== width * height || !(sum > 0) || !Number.isFinite(sum)) {
    throw new RangeError(
      `psfFrom: expected ${width} x ${height} finite pixels with a positive sum, got ${data.length} with the sum ${sum}`,
    );
  }
  for (let i = 0; i < data.length; i++) data[i] /= sum;
  return { width, height, data };
}

/** Moffat's scale length for a full width at half maximum: fwhm / (2 sqrt(2^(1/beta) - 1)). */
export const moffatScale = (fwhm: number, beta: number): number =>
  fwhm / (2 * Math.sqrt(2 ** (1 / beta) - 1));

function requirePositive(name: string, values: readonly number[]): void {
  if (!values.every((value) => value > 0 && Number.isFinite(value))) {
    throw new RangeError(`${name}: expected positive finite numbers, got ${values.join(', ')}`);
  }
}

/**
 * Gaussian of the given full width at half maximum (arcsec), integrated over the pixels and reaching out to where 2e-4 of it
 * are left.
 */
export function gaussianPsf(fwhm: number, pixelScale = sdssPixelScale): Psf {
  requirePositive('gaussianPsf', [fwhm, pixelScale]);
  const sigma = fwhm / fwhmPerSigma / pixelScale;
  const half = Math.max(1, Math.ceil(sigma * Math.sqrt(-2 * Math.log(lost))));
  const size = 2 * half + 1;
  const line = Float64Array.from(
    { length: size },
    (_, i) => normalProbability((i - half + 0.5) / sigma) - normalProbability((i - half - 0.5) / sigma),
  );
  return psfFrom(
    size,
    size,
    Float64Array.from({ length: size * size }, (_, i) => line[i % size] * line[Math.floor(i / size)]),
  );
}

/** Nodes and weights of Gauss and Legendre's rule of five points on (-1/2, 1/2). */
const nodes = [-0.453089922969332, -0.2692346550528415, 0, 0.2692346550528415, 0.453089922969332];
const weights = [
  0.1184634425280945, 0.2393143352496832, 0.2844444444444444, 0.2393143352496832, 0.1184634425280945,
];

/**
 * Moffat profile (1 + r^2/a^2)^-beta of the given full width at half maximum (arcsec), integrated over the pixels and reaching
 * out to where 2e-4 of it are left, `most` pixels at most.
 *
 * @param beta exponent > 1; 4.765 by default
 */
export function moffatPsf(fwhm: number, beta = turbulence, pixelScale = sdssPixelScale, most = 40): Psf {
  requirePositive('moffatPsf', [fwhm, beta - 1, pixelScale]);
  const scale = moffatScale(fwhm, beta) / pixelScale;
  // The share of the flux beyond r is (1 + r^2/a^2)^(1 - beta).
  const reach = scale * Math.sqrt(lost ** (1 / (1 - beta)) - 1);
  const half = Math.max(1, Math.min(most, Math.ceil(reach)));
  const size = 2 * half + 1;
  const data = new Float64Array(size * size);
  for (let y = 0; y <= half; y++) {
    for (let x = 0; x <= y; x++) {
      let sum = 0;
      for (let j = 0; j < 5; j++) {
        for (let i = 0; i < 5; i++) {
          const squared = (x + nodes[i]) ** 2 + (y + nodes[j]) ** 2;
          sum += weights[i] * weights[j] * (1 + squared / (scale * scale)) ** -beta;
        }
      }
      for (const [a, b] of [
        [x, y],
        [y, x],
      ]) {
        data[(half + b) * size + half + a] = sum;
        data[(half + b) * size + half - a] = sum;
        data[(half - b) * size + half + a] = sum;
        data[(half - b) * size + half - a] = sum;
      }
    }
  }
  return psfFrom(size, size, data);
}
