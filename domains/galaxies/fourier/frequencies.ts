// The frequencies of a stored spectrum.
import type { RealFourier } from './real-fourier.ts';

/** Calls `visit` with every stored frequency of a spectrum, in waves per pixel, and its place. */
export function eachFrequency(
  { width, height, columns, stride }: RealFourier,
  visit: (kx: number, ky: number, at: number) => void,
): void {
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < height; row++) {
      const ky = row > height / 2 ? row - height : row;
      visit(column / width, ky / height, column * stride + 2 * row);
    }
  }
}
