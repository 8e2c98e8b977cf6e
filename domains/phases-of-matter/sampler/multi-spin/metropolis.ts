// The single-spin algorithm of Metropolis et al., J. Chem. Phys. 21, 1087 (1953), for 128 replicas of an Ising ferromagnet
// at one temperature: a spin is flipped with min(1, exp(-dE/T)), sublattice by sublattice. Updates in a fixed order alone
// are not ergodic: configurations in which no flip changes the energy turn into each other for ever and are met from no
// other (on the 3 x 3 triangular lattice they hold weight that the tests see), and at high T nearly every spin flips at every
// sweep. So every tenth sweep is lazy, each update being left out with probability 1/2: it leads from any configuration to
// any other, and both kinds of sweep leave the Boltzmann distribution as it is.
// Replicas are the bits of a machine word (Zorn, Herrmann and Rebbi, Comput. Phys. Commun. 23, 337 (1981)), and each has
// random bits of its own: replicas that share a random number grow alike (at T_c and L = 32 two of 64 are left after 4,000
// sweeps).
import type { RandomStream } from '../../../../core/random.ts';
import { checkTemperature } from '../../checks.ts';
import type { Lattice } from '../lattices/lattice.ts';
import { checkSublattices } from './check-sublattices.ts';
import { type Kernel, makeKernel, precision, replicas } from './kernel.ts';

/** Binary digits of p in [0, 1], most significant first; the digits of 1 are all ones. */
export function binaryDigits(p: number, digits: number): number[] {
  let rest = p;
  return Array.from({ length: digits }, () => {
    rest *= 2;
    const digit = rest >= 1 ? 1 : 0;
    rest -= digit;
    return digit;
  });
}

/** One sweep of so many is lazy. */
export const lazyEvery = 10;

/** 128 independent Markov chains of Metropolis sweeps at one temperature. All start ordered, every spin +1. */
export class MultiSpinMetropolis {
  private readonly kernel: Kernel;
  private done = 0;

  /**
   * @param lattice square with even L, or triangular with L a multiple of three
   * @param temperature in J / k_B, > 0
   * @param random seeds the kernel's generator with its next 512 bits
   * @throws UserError for a lattice without its sublattices, or a temperature out of range
   */
  constructor(
    readonly lattice: Lattice,
    readonly temperature: number,
    random: RandomStream,
  ) {
    checkTemperature(temperature);
    checkSublattices(lattice.size, lattice.sublattices);
    this.kernel = makeKernel(lattice);
    const { state, thresholds } = this.kernel;
    for (let i = 0; i < 16; i++) state[i] = random.uint32();
    // The state of all zeros, in either half, is the one that the generator never leaves.
    state[12] |= 1;
    state[14] |= 1;
    for (let opposite = 0; opposite < 3; opposite++) {
      const p = Math.min(1, Math.exp((4 * opposite - 2 * lattice.coordination) / temperature));
      binaryDigits(p, precision).forEach((digit, bit) => {
        const start = 12 * bit + 4 * opposite;
        thresholds.fill(digit === 1 ? 0xffffffff : 0, start, start + 4);
      });
    }
  }

  /** Sweeps over every replica `sweeps` times. */
  advance(sweeps: number): void {
    for (let i = 0; i < sweeps; i++) this.kernel.sweep(++this.done % lazyEvery === 0);
  }

  /** Writes the spins of one replica, times `sign`, into target[start ... start + N - 1]. */
  copySpins(replica: number, target: Int8Array, start = 0, sign: 1 | -1 = 1): void {
    if (!(Number.isInteger(replica) && replica >= 0 && replica < replicas)) {
      throw new RangeError(`copySpins: expected a replica from 0 to ${replicas - 1}, got ${replica}`);
    }
    const { spins } = this.kernel;
    const { sites } = this.lattice;
    const word = replica >>> 5;
    const bit = replica & 31;
    for (let site = 0; site < sites; site++) {
      target[start + site] = sign * (1 - 2 * ((spins[4 * site + word] >>> bit) & 1));
    }
  }
}
