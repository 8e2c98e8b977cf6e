// The ice rule on a lattice of bonds: spins -1 and +1, [L, L, 2], of vertex (row, column) the bond to its right, then the
// one below it, periodic.

/** Q_v, the sum of the four spins at every vertex, row-major: 0 where the rule holds, else -4, -2, 2 or 4. */
export function vertexCharges(spins: ArrayLike<number>, size: number): Int8Array {
  const charges = new Int8Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const own = 2 * (row * size + column);
      const left = 2 * (row * size + ((column + size - 1) % size));
      const above = 2 * (((row + size - 1) % size) * size + column) + 1;
      charges[row * size + column] = spins[own] + spins[own + 1] + spins[left] + spins[above];
    }
  }
  return charges;
}

/** Vertices without two spins up and two down; 0 for the ground states of square ice, 10/16 of all at infinite temperature. */
export function violatedVertices(spins: ArrayLike<number>, size: number): number {
  let violated = 0;
  for (const charge of vertexCharges(spins, size)) if (charge !== 0) violated++;
  return violated;
}
