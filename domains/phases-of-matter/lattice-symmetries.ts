// The symmetries of a square lattice with periodic boundaries: shifts, the reflections and the diagonal. None of them
// changes the energy or the magnetisation, so that a lattice moved by them is one more from the same distribution.
import type { RandomStream } from '../../core/random.ts';

/**
 * Copies a lattice, moved by a symmetry drawn at random from all 8 L^2.
 *
 * @param from L^2 spins, row-major
 * @param to receives them
 */
export function moveAtRandom(from: Int8Array, to: Int8Array, size: number, random: RandomStream): void {
  const symmetry = random.integer(8);
  const [rowStride, columnStride] = symmetry & 4 ? [1, size] : [size, 1];
  const rowStep = symmetry & 1 ? size - 1 : 1;
  const columnStep = symmetry & 2 ? size - 1 : 1;
  const firstColumn = random.integer(size);
  let place = 0;
  for (let row = 0, r = random.integer(size); row < size; row++, r = (r + rowStep) % size) {
    const start = r * rowStride;
    for (let column = 0, c = firstColumn; column < size; column++) {
      to[place++] = from[start + c * columnStride];
      c += columnStep;
      if (c >= size) c -= size;
    }
  }
}
