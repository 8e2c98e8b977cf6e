// The texture of discs: a periodic Gaussian random field with a power law for a spectrum, as turbulent gas has, made once. Discs
// look it up in coordinates of their own.
import { RandomStream } from '../../../core/random.ts';
import { eachFrequency } from '../fourier/frequencies.ts';
import { realFourier } from '../fourier/real-fourier.ts';

/** Side of the field, after which it repeats. */
export const textureSize = 256;

/** Power per mode k^-slope from `lowest` waves per side up. */
const slope = 2.2;
const lowest = 4;

let made: Float32Array | undefined;

/** The field, row by row, of mean 0 and variance 1. */
export function texture(): Float32Array {
  if (made) return made;
  const fourier = realFourier(textureSize, textureSize);
  const random = new RandomStream('texture of galaxies');
  const spectrum = fourier.forward(
    Float64Array.from({ length: textureSize * textureSize }, () => random.normal()),
  );
  eachFrequency(fourier, (kx, ky, at) => {
    const k = Math.hypot(kx, ky) * textureSize;
    const factor = k < lowest ? 0 : k ** (-slope / 2);
    spectrum[at] *= factor;
    spectrum[at + 1] *= factor;
  });
  const field = fourier.inverse(spectrum);
  const deviation = Math.sqrt(field.reduce((sum, value) => sum + value * value, 0) / field.length);
  made = Float32Array.from(field, (value) => value / deviation);
  return made;
}

/** The field at any place, in units of its side, between its points linearly. */
export function textureAt(field: Float32Array, u: number, v: number): number {
  const x = (u - Math.floor(u)) * textureSize;
  const y = (v - Math.floor(v)) * textureSize;
  // x may come to 256 exactly, as 1 - 1e-20 rounds to 1.
  const column = Math.floor(x) & (textureSize - 1);
  const row = Math.floor(y) & (textureSize - 1);
  const right = (column + 1) & (textureSize - 1);
  const below = (row + 1) & (textureSize - 1);
  const s = x - Math.floor(x);
  const t = y - Math.floor(y);
  const upper = field[row * textureSize + column] * (1 - s) + field[row * textureSize + right] * s;
  const lower = field[below * textureSize + column] * (1 - s) + field[below * textureSize + right] * s;
  return upper * (1 - t) + lower * t;
}
