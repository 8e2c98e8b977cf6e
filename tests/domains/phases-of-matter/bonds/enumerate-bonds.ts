// Every lattice of bonds of a small size, one after another in the same array: the brute-force reference.

/** Calls `visit` with each of the 2^(2 L^2) lattices, spins -1 and +1, [L, L, 2]. Practical up to L = 3 (262,144). */
export function everyLattice(size: number, visit: (spins: Int8Array) => void): void {
  const bonds = 2 * size * size;
  const spins = new Int8Array(bonds);
  for (let state = 0; state < 2 ** bonds; state++) {
    for (let bond = 0; bond < bonds; bond++) spins[bond] = 1 - 2 * ((state >> bond) & 1);
    visit(spins);
  }
}
