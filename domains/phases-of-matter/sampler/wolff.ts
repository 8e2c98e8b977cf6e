// The single-cluster algorithm of Wolff, Phys. Rev. Lett. 62, 361 (1989), for the Ising ferromagnet on the periodic
// square lattice, J = k_B = 1: from a random site, parallel neighbours join with p = 1 - exp(-2/T); the cluster is flipped.
// One chain at one temperature; chains.ts turns it into samples. The generator, xoshiro128** 1.1 (Blackman and
// Vigna), is written out in the inner loop, where a call for each bond would double the time.
import type { RandomStream } from '../../../core/random.ts';
import { checkSize, checkTemperature } from '../checks.ts';

/** Four neighbours of every site of the periodic L x L lattice: [4 site ... 4 site + 3] = right, left, down, up. */
function neighbourTable(size: number): Int32Array {
  const table = new Int32Array(4 * size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const site = row * size + column;
      table[4 * site] = row * size + ((column + 1) % size);
      table[4 * site + 1] = row * size + ((column + size - 1) % size);
      table[4 * site + 2] = ((row + 1) % size) * size + column;
      table[4 * site + 3] = ((row + size - 1) % size) * size + column;
    }
  }
  return table;
}

/** One Markov chain of Wolff clusters. Starts ordered, all spins +1. */
export class WolffChain {
  /** The configuration, -1 and +1, [L, L] row-major. Changed in place. */
  readonly spins: Int8Array;
  private readonly neighbours: Int32Array;
  private readonly stack: Int32Array;
  private readonly state: Int32Array;
  /** A bond is open when a uniform signed 32-bit number is below this: p = 1 - exp(-2/T), off by less than 2^-32. */
  private readonly threshold: number;

  /**
   * @param size L >= 2; at L = 2 each pair of neighbours has two bonds
   * @param temperature in J / k_B, > 0
   * @param random seeds the chain's own generator with its next 128 bits
   * @throws UserError for a size or temperature out of range
   */
  constructor(
    readonly size: number,
    readonly temperature: number,
    random: RandomStream,
  ) {
    checkSize(size);
    checkTemperature(temperature);
    this.spins = new Int8Array(size * size).fill(1);
    this.neighbours = neighbourTable(size);
    this.stack = new Int32Array(size * size);
    this.state = Int32Array.from({ length: 4 }, () => random.uint32());
    this.state[3] |= 1; // all four zero is the one state that the generator never leaves
    this.threshold = Math.min(2 ** 31 - 1, Math.floor(-Math.expm1(-2 / temperature) * 2 ** 32 - 2 ** 31));
  }

  /**
   * Grows and flips clusters until `clusters` of them are done or `flips` spins are flipped, whichever is first.
   *
   * Sample after a number of *clusters* fixed beforehand, never after a number of flips: the cluster that passes a given
   * number of flips is more often a large one, and large clusters live in ordered configurations.
   *
   * @returns clusters and spins flipped
   */
  advance(clusters: number, flips = Number.POSITIVE_INFINITY): { clusters: number; flips: number } {
    const { spins, neighbours, stack, state } = this;
    // Integers for the compiler as well (| 0): a comparison or a negation in floating point costs a fifth of the time.
    const threshold = this.threshold | 0;
    const scale = spins.length / 4_294_967_296;
    let [a, b, c, d] = state;
    let flipped = 0;
    let done = 0;
    while (done < clusters && flipped < flips) {
      let draw = Math.imul(b, 5);
      draw = Math.imul((draw << 7) | (draw >>> 25), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      const seed = ((draw >>> 0) * scale) | 0;
      const old = spins[seed];
      const flippedSpin = -old | 0;
      spins[seed] = flippedSpin;
      stack[0] = seed;
      let height = 1;
      let grown = 1;
      while (height > 0) {
        const first = stack[--height] << 2;
        for (let k = first; k < first + 4; k++) {
          const site = neighbours[k];
          if (spins[site] === old) {
            let x = Math.imul(b, 5);
            x = (x << 7) | (x >>> 25);
            x = Math.imul(x, 9);
            const t = b << 9;
            c ^= a;
            d ^= b;
            b ^= c;
            a ^= d;
            c ^= t;
            d = (d << 11) | (d >>> 21);
            if (x < threshold) {
              spins[site] = flippedSpin;
              stack[height++] = site;
              grown++;
            }
          }
        }
      }
      flipped += grown;
      done++;
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = d;
    return { clusters: done, flips: flipped };
  }
}
