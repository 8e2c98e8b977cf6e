// The paper's convolutional network for the gauge theory with weights written down instead of learned (Carrasquilla and
// Melko 2017, appendix C of arXiv:1605.01735v1). One filter of 2 x 2 vertices for each of the 16 sign patterns of a
// plaquette fires where the plaquette has just that pattern; the output counts.
import { bondsOfPlaquette } from './plaquettes.ts';

/** The 16 sign patterns of four bonds: first the 8 of product +1, then the 8 of product -1. */
export const plaquetteFilters: readonly (readonly number[])[] = Array.from({ length: 16 }, (_, bits) =>
  [0, 1, 2, 3].map((i) => 1 - 2 * ((bits >> i) & 1)),
).sort((a, b) => product(b) - product(a));

function product(signs: readonly number[]): number {
  return signs.reduce((p, s) => p * s, 1);
}

/**
 * The network's output for the ground states. A filter w answers step(w . s - (2 + delta)) with 0 < delta < 2: w . s is 4 for
 * its own pattern and 2 at most for any other. With f_k the plaquettes at which filter k fires,
 *   O_0 = step(sum_{k <= 8} f_k - (L^2 - L + 1) sum_{k > 8} f_k),   O_1 = step of the negative.
 * Violated plaquettes come in pairs, so O_0 = 1 just when there is none, for every L >= 2.
 *
 * @param spins -1 and +1, [L, L, 2]
 */
export function toyCnn(spins: ArrayLike<number>, size: number, delta = 0.5): boolean {
  let sum = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const bonds = bondsOfPlaquette(row, column, size);
      plaquetteFilters.forEach((filter, k) => {
        const response = filter.reduce((dot, w, i) => dot + w * spins[bonds[i]], 0);
        if (response > 2 + delta) sum += k < 8 ? 1 : -(size * size - size + 1);
      });
    }
  }
  return sum > 0;
}
