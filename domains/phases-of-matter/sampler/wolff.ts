// The single-cluster algorithm of Wolff, Phys. Rev. Lett. 62, 361 (1989), for the Ising ferromagnet on a periodic
// lattice, J = k_B = 1: from a random site, parallel neighbours join with p = 1 - exp(-2/T); the cluster is flipped.
// One chain at one temperature; markov-chain.ts turns it into samples. The generator, xoshiro128** 1.1 (Blackman and
// Vigna), is written out in the inner loop, where a call for each bond would double the time.
import type { RandomStream } from '../../../core/random.ts';
import { checkTemperature } from '../checks.ts';
import type { Lattice } from './lattices/lattice.ts';
import type { MarkovChain, Moves } from './markov-chain.ts';

/** One Markov chain of Wolff clusters. Starts ordered, all spins +1. */
export class WolffChain implements MarkovChain {
  /** The configuration, -1 and +1, [L, L] row-major. Changed in place. */
  readonly spins: Int8Array;
  private readonly stack: Int32Array;
  private readonly state: Int32Array;
  /** A bond is open when a uniform signed 32-bit number is below this: p = 1 - exp(-2/T), off by less than 2^-32. */
  private readonly threshold: number;

  /**
   * @param temperature in J / k_B, > 0
   * @param random seeds the chain's own generator with its next 128 bits
   * @throws UserError for a temperature out of range
   */
  constructor(
    readonly lattice: Lattice,
    readonly temperature: number,
    random: RandomStream,
  ) {
    checkTemperature(temperature);
    this.spins = new Int8Array(lattice.sites).fill(1);
    this.stack = new Int32Array(lattice.sites);
    this.state = Int32Array.from({ length: 4 }, () => random.uint32());
    this.state[3] |= 1; // all four zero is the one state that the generator never leaves
    this.threshold = Math.min(2 ** 31 - 1, Math.floor(-Math.expm1(-2 / temperature) * 2 ** 32 - 2 ** 31));
  }

  /** Grows and flips clusters until `clusters` of them are done or `flips` spins are flipped, whichever is first. */
  advance(clusters: number, flips = Number.POSITIVE_INFINITY): Moves {
    const { spins, stack, state } = this;
    const { neighbours } = this.lattice;
    const coordination = this.lattice.coordination | 0;
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
        const first = Math.imul(stack[--height], coordination);
        const end = (first + coordination) | 0;
        for (let k = first; k < end; k++) {
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
    return { moves: done, flips: flipped };
  }
}
