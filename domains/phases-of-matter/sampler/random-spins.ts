// Infinite temperature, for any model: every spin is +1 or -1 with probability 1/2, independently of the others.
import type { RandomStream } from '../../../core/random.ts';

/** `count` independent signs, -1 or +1, 32 to each number that is drawn. */
export function randomSigns(count: number, random: RandomStream): Int8Array {
  const signs = new Int8Array(count);
  let bits = 0;
  for (let i = 0; i < count; i++) {
    if (i % 32 === 0) bits = random.uint32();
    signs[i] = 1 - 2 * ((bits >>> (i % 32)) & 1);
  }
  return signs;
}
