// Convolution of planes with point spread functions, by Fourier transforms.
import type { Psf } from '../psf/psf.ts';
import { type Border, Canvas } from './canvas.ts';
import type { RealFourier, Spectrum } from './real-fourier.ts';

/** Spectrum of a PSF whose star is on the first pixel of the transform's plane: 1 at frequency zero. */
export function transfer(fourier: RealFourier, { width, height, data }: Psf): Spectrum {
  const laid = new Float64Array(fourier.width * fourier.height);
  for (let y = 0; y < height; y++) {
    const row = (y - Math.floor(height / 2) + fourier.height * height) % fourier.height;
    for (let x = 0; x < width; x++) {
      const column = (x - Math.floor(width / 2) + fourier.width * width) % fourier.width;
      laid[row * fourier.width + column] += data[y * width + x];
    }
  }
  return fourier.forward(laid);
}

/** Pixels that a PSF reaches beyond its star. */
export const reachOf = ({ width, height }: Psf): number => Math.floor(Math.max(width, height) / 2);

/** `spectrum` times `factor`, in place. @param conjugate multiply by the conjugate of the factor instead */
export function multiply(spectrum: Spectrum, factor: Spectrum, conjugate = false): Spectrum {
  const sign = conjugate ? -1 : 1;
  for (let i = 0; i < spectrum.length; i += 2) {
    const re = spectrum[i];
    const im = spectrum[i + 1];
    const c = factor[i];
    const d = sign * factor[i + 1];
    spectrum[i] = re * c - im * d;
    spectrum[i + 1] = re * d + im * c;
  }
  return spectrum;
}

/**
 * A plane convolved with a PSF: result(x) = sum over u of psf(u) plane(x - u).
 *
 * @param border what is assumed beyond the edges, `reflect` by default
 */
export function convolve(
  pixels: ArrayLike<number>,
  width: number,
  height: number,
  psf: Psf,
  border: Border = 'reflect',
): Float32Array {
  const canvas = new Canvas(width, height, reachOf(psf), border);
  return canvas.take(
    canvas.fourier.inverse(multiply(canvas.spectrum(pixels), transfer(canvas.fourier, psf))),
  );
}
