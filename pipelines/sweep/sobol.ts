// Sobol's sequence: points that fill the unit cube more evenly than random ones (I. M. Sobol', USSR Comput. Math. Math. Phys. 7,
// 86 (1967)), in the Gray-code order of I. A. Antonov and V. M. Saleev (1979), with the direction numbers of S. Joe and F. Y. Kuo
// (SIAM J. Sci. Comput. 30, 2635 (2008); new-joe-kuo-6.21201). A digital shift (P. L'Ecuyer and C. Lemieux, in Modeling
// Uncertainty, Kluwer 2002) moves all points by one random number for each dimension and keeps their evenness.

/** For dimension 2, 3, ...: the primitive polynomial's bits with both ends (x^3 + x + 1 is 0b1011), then m_1, m_2, ... */
const directions: readonly (readonly number[])[] = [
  [3, 1],
  [7, 1, 3],
  [11, 1, 3, 1],
  [13, 1, 1, 1],
  [19, 1, 1, 3, 3],
  [25, 1, 3, 5, 13],
  [37, 1, 1, 5, 5, 17],
  [41, 1, 1, 5, 5, 5],
  [47, 1, 1, 7, 11, 19],
  [55, 1, 1, 5, 1, 1],
  [59, 1, 1, 1, 3, 11],
  [61, 1, 3, 5, 5, 31],
  [67, 1, 3, 3, 9, 7, 49],
  [91, 1, 1, 1, 15, 21, 21],
  [97, 1, 3, 1, 13, 27, 49],
  [103, 1, 1, 1, 15, 7, 5],
  [109, 1, 3, 1, 15, 13, 25],
  [115, 1, 1, 5, 5, 19, 61],
  [131, 1, 3, 7, 11, 23, 15, 103],
  [137, 1, 3, 7, 13, 13, 15, 69],
  [143, 1, 1, 3, 13, 7, 35, 63],
  [145, 1, 3, 5, 9, 1, 25, 53],
  [157, 1, 3, 1, 13, 9, 35, 107],
  [167, 1, 3, 1, 5, 27, 61, 31],
  [171, 1, 1, 5, 11, 19, 41, 61],
  [185, 1, 3, 5, 3, 3, 13, 69],
  [191, 1, 1, 7, 13, 1, 19, 1],
  [193, 1, 3, 7, 5, 13, 19, 59],
  [203, 1, 1, 3, 9, 25, 29, 41],
  [211, 1, 3, 5, 13, 23, 1, 55],
  [213, 1, 3, 7, 3, 13, 59, 17],
];

/** Parameters that a Sobol sequence can be drawn for. */
export const mostDimensions = directions.length + 1;

const bits = 32;

/** v_1 ... v_32 of a dimension as 32-bit fractions. */
function directionVectors(dimension: number): Uint32Array {
  const vectors = new Uint32Array(bits);
  if (dimension === 0) return vectors.map((_, k) => 2 ** (bits - 1 - k));
  const [polynomial, ...initial] = directions[dimension - 1];
  const degree = initial.length;
  for (let k = 0; k < bits; k++) {
    if (k < degree) {
      vectors[k] = initial[k] * 2 ** (bits - 1 - k);
      continue;
    }
    // Joe and Kuo, eq. (2), on fractions: v_k = a_1 v_{k-1} ^ ... ^ a_{s-1} v_{k-s+1} ^ v_{k-s} ^ (v_{k-s} >> s).
    let vector = vectors[k - degree] ^ (vectors[k - degree] >>> degree);
    for (let i = 1; i < degree; i++) {
      if ((polynomial >>> (degree - i)) & 1) vector ^= vectors[k - i];
    }
    vectors[k] = vector;
  }
  return vectors;
}

/**
 * Points 0 ... count-1 of the sequence, each coordinate in [0, 1).
 *
 * @param shifts one 32-bit number for each dimension, combined with every coordinate by exclusive or; zeros for the plain sequence
 * @throws RangeError beyond {@link mostDimensions}
 */
export function sobolPoints(count: number, shifts: readonly number[]): number[][] {
  if (shifts.length > mostDimensions) {
    throw new RangeError(`sobolPoints: expected at most ${mostDimensions} dimensions, got ${shifts.length}`);
  }
  const vectors = shifts.map((_, dimension) => directionVectors(dimension));
  return Array.from({ length: count }, (_, i) => {
    const gray = i ^ (i >>> 1);
    return shifts.map((shift, dimension) => {
      let x = shift;
      for (let k = 0; k < bits; k++) if ((gray >>> k) & 1) x ^= vectors[dimension][k];
      return (x >>> 0) / 2 ** bits;
    });
  });
}
