// The multi-spin Metropolis sweep once more, as plainly as it can be said: one replica after the other, the generator in
// BigInt. What assembly/kernel.ts does with 128 bits at a time must come out bit for bit.
import type { Lattice } from '../../../../domains/phases-of-matter/sampler/lattices/lattice.ts';

const mask = (1n << 64n) - 1n;
const rotateLeft = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (64n - k))) & mask;

/** xoshiro256++ 1.0 of Blackman and Vigna. */
export class Xoshiro256 {
  constructor(private readonly s: [bigint, bigint, bigint, bigint]) {}

  next(): bigint {
    const { s } = this;
    const result = (rotateLeft((s[0] + s[3]) & mask, 23n) + s[0]) & mask;
    const t = (s[1] << 17n) & mask;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotateLeft(s[3], 45n);
    return result;
  }
}

/** The two generators of a kernel's state, low halves of the vectors and high ones. */
export function generatorsOf(state: Uint32Array): readonly [Xoshiro256, Xoshiro256] {
  const word = (i: number): bigint => BigInt(state[i]) | (BigInt(state[i + 1]) << 32n);
  return [
    new Xoshiro256([word(0), word(4), word(8), word(12)]),
    new Xoshiro256([word(2), word(6), word(10), word(14)]),
  ];
}

/**
 * One sweep over spins -1 and +1, [128][N], in place.
 *
 * @param digits of the acceptance probabilities by the number of opposite neighbours: [3][66]
 */
export function referenceSweep(
  spins: readonly Int8Array[],
  lattice: Lattice,
  digits: readonly (readonly number[])[],
  generators: readonly [Xoshiro256, Xoshiro256],
  lazy: boolean,
): void {
  const bitsOfNext = (): number[] => {
    const words = generators.map((generator) => generator.next());
    return Array.from({ length: 128 }, (_, r) => Number((words[r >> 6] >> BigInt(r & 63)) & 1n));
  };
  const { size, sites, coordination, neighbours, sublattices } = lattice;
  for (let sublattice = 0; sublattice < sublattices; sublattice++) {
    for (let site = 0; site < sites; site++) {
      if ((Math.floor(site / size) + (site % size)) % sublattices !== sublattice) continue;
      const opposite = spins.map((replica) => {
        let count = 0;
        for (let k = 0; k < coordination; k++) {
          if (replica[neighbours[coordination * site + k]] !== replica[site]) count++;
        }
        return count;
      });
      const awake = lazy ? bitsOfNext() : opposite.map(() => 1);
      const accepted = opposite.map((count, r) => awake[r] === 1 && 2 * count >= coordination);
      const open = opposite.map((count, r) => awake[r] === 1 && 2 * count < coordination);
      for (let bit = 0; bit < 66 && (bit % 3 !== 0 || open.includes(true)); bit++) {
        bitsOfNext().forEach((random, replica) => {
          if (!open[replica]) return;
          const digit = digits[opposite[replica]][bit];
          if (random === digit) return;
          open[replica] = false;
          accepted[replica] = digit === 1;
        });
      }
      accepted.forEach((flip, replica) => {
        if (flip) spins[replica][site] *= -1;
      });
    }
  }
}
