// Ground states of the gauge theory, spoiled in the ways by which the paper asks what its network looks at (Carrasquilla
// and Melko 2017): single spins flipped, which violates plaquettes, and states cut up and put together anew, which
// leaves nearly all of them alone and destroys the loops around the torus.
import type { RandomStream } from '../../../core/random.ts';

/** Spins of one lattice of bonds, 2 L^2. */
const width = (size: number): number => 2 * size * size;

/**
 * The bond below every m-th vertex of each row flipped, from the second vertex on: L^2 / m flips, each of which violates the
 * plaquettes to its left and right. m = 2 violates all of them, m = 8 a quarter.
 *
 * @param states [states, L, L, 2]; a copy is returned
 * @throws RangeError unless m is at least 2 and divides L
 */
export function flipEvery(states: Int8Array, size: number, m: number): Int8Array {
  if (!Number.isInteger(m) || m < 2 || size % m !== 0) {
    throw new RangeError(`flipEvery: expected a divisor of L = ${size}, at least 2, got ${m}`);
  }
  const flipped = states.slice();
  const count = states.length / width(size);
  for (let state = 0; state < count; state++) {
    for (let vertex = 1; vertex < size * size; vertex += m) {
      const bond = state * width(size) + 2 * vertex + 1;
      flipped[bond] = -flipped[bond];
    }
  }
  return flipped;
}

/**
 * In every state `flips` different bonds, drawn at random, flipped.
 *
 * @param states [states, L, L, 2]; a copy is returned
 * @throws RangeError unless 0 <= flips <= 2 L^2
 */
export function flipAtRandom(
  states: Int8Array,
  size: number,
  flips: number,
  random: RandomStream,
): Int8Array {
  const bonds = width(size);
  if (!Number.isInteger(flips) || flips < 0 || flips > bonds) {
    throw new RangeError(`flipAtRandom: expected 0 to ${bonds} flips, got ${flips}`);
  }
  const flipped = states.slice();
  const places = Uint32Array.from({ length: bonds }, (_, i) => i);
  for (let start = 0; start < flipped.length; start += bonds) {
    for (let i = 0; i < flips; i++) {
      const j = i + random.integer(bonds - i);
      [places[i], places[j]] = [places[j], places[i]];
      flipped[start + places[i]] = -flipped[start + places[i]];
    }
  }
  return flipped;
}

/**
 * Every state cut into four quarters of L/2 x L/2 vertices with their bonds, and each quarter exchanged among the states
 * by a permutation of its own. Plaquettes within a quarter stay satisfied; of the 4 (L - 1) across a cut half are violated
 * on average, 11.7 % of all for L = 16.
 *
 * @param states [states, L, L, 2]; a new array is returned
 * @throws RangeError for an odd L
 */
export function cutAndStitch(states: Int8Array, size: number, random: RandomStream): Int8Array {
  if (size % 2 !== 0) throw new RangeError(`cutAndStitch: expected an even L, got ${size}`);
  const bonds = width(size);
  const count = states.length / bonds;
  const stitched = new Int8Array(states.length);
  const half = size / 2;
  for (const top of [0, half]) {
    for (const left of [0, half]) {
      const from = random.split(top, left).permutation(count);
      for (let state = 0; state < count; state++) {
        for (let row = top; row < top + half; row++) {
          const start = 2 * (row * size + left);
          const source = from[state] * bonds + start;
          stitched.set(states.subarray(source, source + size), state * bonds + start);
        }
      }
    }
  }
  return stitched;
}
