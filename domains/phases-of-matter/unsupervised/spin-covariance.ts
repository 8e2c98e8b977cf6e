// The covariance matrix of spins over configurations. Each spin's values over all configurations are a string of bits, so
// that a sum over 32 of them is one exclusive or and a count of bits: exact whole numbers, and fast.

/** Number of ones among the 32 bits (Warren, Hacker's Delight, figure 5-2). */
function countBits(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  x = (x + (x >>> 4)) & 0x0f0f0f0f;
  return Math.imul(x, 0x01010101) >>> 24;
}

export interface SpinCovariance {
  /** <s_i>, [N] */
  readonly mean: Float64Array;
  /** <s_i s_j> - <s_i><s_j>, [N, N] */
  readonly covariance: Float64Array;
}

/**
 * Means and covariance of the spins over the given rows.
 *
 * @param spins -1 and +1, [all rows, N]
 * @param width N
 * @param rows those that take part, at least one
 */
export function spinCovariance(spins: ArrayLike<number>, width: number, rows: Uint32Array): SpinCovariance {
  const n = rows.length;
  const words = Math.ceil(n / 32);
  const bits = new Int32Array(width * words);
  rows.forEach((row, k) => {
    for (let i = 0; i < width; i++) {
      if (spins[row * width + i] > 0) bits[i * words + (k >>> 5)] |= 1 << (k & 31);
    }
  });
  const mean = new Float64Array(width);
  for (let i = 0; i < width; i++) {
    let ones = 0;
    for (let w = 0; w < words; w++) ones += countBits(bits[i * words + w]);
    mean[i] = (2 * ones) / n - 1;
  }
  const covariance = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let different = 0;
      for (let w = 0; w < words; w++) different += countBits(bits[i * words + w] ^ bits[j * words + w]);
      const value = 1 - (2 * different) / n - mean[i] * mean[j];
      covariance[i * width + j] = value;
      covariance[j * width + i] = value;
    }
  }
  return { mean, covariance };
}
