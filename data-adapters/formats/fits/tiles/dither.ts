// Floating-point pixels that were stored as integers: value = ZZERO + ZSCALE x (integer - r + 1/2), with r from a fixed
// sequence of random numbers so that rounding does no systematic harm. FITS standard 4.0, sections 10.2.2 and appendix I;
// Pence, White & Seaman 2010 (PASP 122, 1065). NO_DITHER: value = ZZERO + ZSCALE x integer.

/** ZQUANTIZ. */
export type Dither = 'NO_DITHER' | 'SUBTRACTIVE_DITHER_1' | 'SUBTRACTIVE_DITHER_2';

const count = 10000;

/** The integer that stands for exactly 0 in SUBTRACTIVE_DITHER_2. */
const exactZero = -2147483646;

let sequence: Float32Array | undefined;

/** Park & Miller's minimal standard generator from seed 1, as float32: a = 16807, m = 2^31 - 1. */
function randomSequence(): Float32Array {
  if (sequence === undefined) {
    sequence = new Float32Array(count);
    let seed = 1;
    for (let i = 0; i < count; i++) {
      seed = (16807 * seed) % 2147483647;
      sequence[i] = seed / 2147483647;
    }
  }
  return sequence;
}

/** How the integers of one tile become numbers. */
export interface Quantum {
  readonly dither: Dither;
  readonly scale: number;
  readonly zero: number;
  /** Integer that stands for NaN. */
  readonly blank: number | undefined;
  /** Index of the tile in the image plus ZDITHER0 - 1. */
  readonly seed: number;
}

/** The numbers of a tile, to be rounded to the image's type where they are stored. */
export function fromQuanta(
  quanta: ArrayLike<number>,
  { dither, scale, zero, blank, seed }: Quantum,
  out: Float32Array | Float64Array,
): void {
  const random = randomSequence();
  const plain = dither === 'NO_DITHER';
  const keepsZero = dither === 'SUBTRACTIVE_DITHER_2';
  let row = seed % count;
  let next = Math.trunc(random[row] * 500);
  for (let i = 0; i < quanta.length; i++) {
    const quantum = quanta[i];
    if (quantum === blank) out[i] = Number.NaN;
    else if (plain) out[i] = quantum * scale + zero;
    else if (keepsZero && quantum === exactZero) out[i] = 0;
    else out[i] = (quantum - random[next] + 0.5) * scale + zero;
    if (++next === count) {
      row = (row + 1) % count;
      next = Math.trunc(random[row] * 500);
    }
  }
}
