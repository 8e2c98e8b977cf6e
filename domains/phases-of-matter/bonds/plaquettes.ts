// The plaquettes of a lattice of bonds: spins -1 and +1, [L, L, 2], of vertex (row, column) the bond to its right, then the
// one below it, periodic. Plaquette (row, column) lies to the right of and below its vertex.

/** Places in a lattice of the four bonds of plaquette (row, column): above, below, left, right. */
export function bondsOfPlaquette(
  row: number,
  column: number,
  size: number,
): [number, number, number, number] {
  const vertex = row * size + column;
  const below = ((row + 1) % size) * size + column;
  const right = row * size + ((column + 1) % size);
  return [2 * vertex, 2 * below, 2 * vertex + 1, 2 * right + 1];
}

/** Product of the four spins of every plaquette, row-major, [L, L]: -1 where it is violated. */
export function plaquetteProducts(spins: ArrayLike<number>, size: number): Int8Array {
  const products = new Int8Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [above, below, left, right] = bondsOfPlaquette(row, column, size);
      products[row * size + column] = spins[above] * spins[below] * spins[left] * spins[right];
    }
  }
  return products;
}

/** Plaquettes whose product is -1: an even number on the torus, 0 for the ground states of the gauge theory. */
export function violatedPlaquettes(spins: ArrayLike<number>, size: number): number {
  let violated = 0;
  for (const product of plaquetteProducts(spins, size)) if (product < 0) violated++;
  return violated;
}
