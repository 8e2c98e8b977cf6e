// The largest eigenvalues of a symmetric matrix with their eigenvectors: subspace iteration with Rayleigh-Ritz
// projections (Golub and Van Loan, Matrix Computations, section 8.2.4), for when a few are wanted of thousands.
import type { RandomStream } from '../random.ts';

export interface Eigenpair {
  readonly value: number;
  /** Of length one. */
  readonly vector: Float64Array;
}

/**
 * All eigenpairs of a small symmetric matrix by Jacobi's rotations, the largest eigenvalue first.
 *
 * @param matrix [n, n], row-major
 */
export function symmetricEigenpairs(matrix: ArrayLike<number>, n: number): Eigenpair[] {
  const a = Float64Array.from(matrix);
  const v = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  for (let sweep = 0; sweep < 60; sweep++) {
    let [off, diagonal] = [0, 0];
    for (let i = 0; i < n; i++) {
      diagonal += a[i * n + i] ** 2;
      for (let j = 0; j < i; j++) off += a[i * n + j] ** 2;
    }
    if (off <= 1e-30 * diagonal) break;
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  return Array.from({ length: n }, (_, k) => ({
    value: a[k * n + k],
    vector: Float64Array.from({ length: n }, (_unused, i) => v[i * n + k]),
  })).sort((x, y) => y.value - x.value);
}

/** Makes a[p, q] zero by a rotation of rows and columns p and q, and turns the columns of v along. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q];
  if (apq === 0) return;
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const turn = (m: Float64Array, first: number, second: number): void => {
    const [x, y] = [m[first], m[second]];
    m[first] = c * x - s * y;
    m[second] = s * x + c * y;
  };
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k);
  for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q);
}

const dot = (x: Float64Array, y: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
};

/** Makes vectors orthogonal and of length one, in place: Gram-Schmidt, twice, which is enough (Giraud et al. 2005). A vector that depends on
 * the others is drawn anew. */
export function orthonormalise(vectors: Float64Array[], random: RandomStream): void {
  vectors.forEach((vector, k) => {
    for (let pass = 0; pass < 2; pass++) {
      const before = Math.sqrt(dot(vector, vector));
      for (let j = 0; j < k; j++) {
        const share = dot(vector, vectors[j]);
        for (let i = 0; i < vector.length; i++) vector[i] -= share * vectors[j][i];
      }
      const norm = Math.sqrt(dot(vector, vector));
      if (!(norm > 1e-12 * before)) {
        for (let i = 0; i < vector.length; i++) vector[i] = random.normal();
        pass = -1;
        continue;
      }
      for (let i = 0; i < vector.length; i++) vector[i] /= norm;
    }
  });
}

/**
 * The `count` largest eigenvalues of a symmetric positive semidefinite matrix, largest first, each to about
 * `tolerance` of the largest. The sign of a vector is such that its elements add up to at least 0.
 *
 * @param matrix [n, n], row-major
 * @param random draws the first subspace, of twice the wanted dimension and at least eight more
 * @throws RangeError unless 1 <= count <= n
 */
export function leadingEigenvectors(
  matrix: Float64Array,
  n: number,
  count: number,
  random: RandomStream,
  tolerance = 1e-10,
): Eigenpair[] {
  if (!(count >= 1 && count <= n)) {
    throw new RangeError(`leadingEigenvectors: expected a count from 1 to ${n}, got ${count}`);
  }
  const width = Math.min(n, Math.max(2 * count, count + 8));
  let basis: Float64Array[] = Array.from({ length: width }, () =>
    Float64Array.from({ length: n }, () => random.normal()),
  );
  let values: Float64Array = new Float64Array(width);
  for (let iteration = 0; iteration < 1000; iteration++) {
    orthonormalise(basis, random);
    const image = basis.map((vector) => {
      const product = new Float64Array(n);
      for (let i = 0; i < n; i++) product[i] = dot(matrix.subarray(i * n, (i + 1) * n), vector);
      return product;
    });
    const projected = basis.flatMap((x) => image.map((y) => dot(x, y)));
    const pairs = symmetricEigenpairs(projected, width);
    const combine = (vectors: readonly Float64Array[]): Float64Array[] =>
      pairs.map(({ vector }) => {
        const sum = new Float64Array(n);
        vectors.forEach((v, k) => {
          for (let i = 0; i < n; i++) sum[i] += vector[k] * v[i];
        });
        return sum;
      });
    const change = Math.max(...pairs.slice(0, count).map(({ value }, k) => Math.abs(value - values[k])));
    values = Float64Array.from(pairs, ({ value }) => value);
    if (change <= tolerance * Math.abs(values[0])) {
      basis = combine(basis);
      break;
    }
    basis = combine(image);
  }
  return basis.slice(0, count).map((vector, k) => {
    const sign = vector.reduce((a, b) => a + b, 0) < 0 ? -1 : 1;
    return { value: values[k], vector: vector.map((x) => sign * x) };
  });
}
