// Principal components against a dense solution, and against lattices whose components are known.
import { describe, expect, it } from 'vitest';
import { leadingEigenvectors, symmetricEigenpairs } from '../../../../core/algebra/leading-eigenvectors.ts';
import { RandomStream } from '../../../../core/random.ts';
import { Dataset } from '../../../../data-adapters/dataset.ts';
import { analyse } from '../../../../domains/phases-of-matter/studies/pca/analyse.ts';
import {
  principalComponents,
  scores,
} from '../../../../domains/phases-of-matter/unsupervised/principal-components.ts';
import { spinCovariance } from '../../../../domains/phases-of-matter/unsupervised/spin-covariance.ts';
import { twoMeansBorder } from '../../../../domains/phases-of-matter/unsupervised/two-means.ts';

/** `n` lattices of L = 4 of which half are magnetised with |m| about `order`, the others random. */
function lattices(n: number, seed: number, order = 0.9): Dataset {
  const random = new RandomStream(seed, 'lattices');
  const spins = new Int8Array(n * 16);
  const temperature = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const cold = row % 2 === 0;
    const sign = random.uniform() < 0.5 ? -1 : 1;
    temperature[row] = cold ? 1.5 : 3.5;
    for (let i = 0; i < 16; i++) {
      const up = random.uniform() < (cold ? (1 + order) / 2 : 0.5);
      spins[row * 16 + i] = up ? sign : -sign;
    }
  }
  const rows = Uint32Array.from({ length: n }, (_, i) => i);
  const half = n / 2;
  return new Dataset(
    { spins: { data: spins, shape: [4, 4] }, temperature: { data: temperature, shape: [] } },
    { train: rows.slice(0, half), validation: new Uint32Array(0), test: rows.slice(half) },
    { kind: 'simulated', source: 'made up', seed, notes: [] },
  );
}

/** A A^T / n for a random A [n, n]: symmetric and positive semidefinite. */
function randomMatrix(n: number, seed: number): Float64Array {
  const random = new RandomStream(seed, 'matrix');
  const a = Float64Array.from({ length: n * n }, () => random.normal());
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) result[i * n + j] += (a[i * n + k] * a[j * n + k]) / n;
    }
  return result;
}

describe('eigenpairs', () => {
  it('are those of a matrix that can be solved by hand', () => {
    // [[2, 1], [1, 2]] has 3 with (1, 1) / sqrt 2 and 1 with (1, -1) / sqrt 2.
    const [first, second] = symmetricEigenpairs([2, 1, 1, 2], 2);
    expect(first.value).toBeCloseTo(3, 14);
    expect(second.value).toBeCloseTo(1, 14);
    expect(Math.abs(first.vector[0])).toBeCloseTo(Math.SQRT1_2, 14);
    expect(first.vector[0] * first.vector[1]).toBeCloseTo(0.5, 14);
  });

  it('give the matrix back, and are orthonormal', () => {
    const n = 7;
    const matrix = randomMatrix(n, 1);
    const pairs = symmetricEigenpairs(matrix, n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const back = pairs.reduce((sum, { value, vector }) => sum + value * vector[i] * vector[j], 0);
        expect(back).toBeCloseTo(matrix[i * n + j], 12);
        const product = pairs[i].vector.reduce((sum, x, k) => sum + x * pairs[j].vector[k], 0);
        expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
      }
  });

  it.each([1, 2, 3, 4])('of the largest kind agree with the dense solution (matrix %i)', (seed) => {
    const n = 30;
    const matrix = randomMatrix(n, seed);
    const dense = symmetricEigenpairs(matrix, n);
    leadingEigenvectors(matrix, n, 4, new RandomStream(seed)).forEach(({ value, vector }, k) => {
      // The iteration ends when values move by less than 1e-10 of the largest; vectors are good to its square root.
      expect(Math.abs(value - dense[k].value)).toBeLessThan(1e-8);
      const overlap = vector.reduce((sum, x, i) => sum + x * dense[k].vector[i], 0);
      expect(Math.abs(overlap)).toBeGreaterThan(1 - 1e-4);
      expect(vector.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(0);
    });
  });

  it('come out of a matrix of rank one, and a wrong count is refused', () => {
    const ones = new Float64Array(36).fill(1);
    const [first, second] = leadingEigenvectors(ones, 6, 2, new RandomStream(1));
    expect(first.value).toBeCloseTo(6, 9);
    expect(second.value).toBeCloseTo(0, 9);
    expect(() => leadingEigenvectors(ones, 6, 7, new RandomStream(1))).toThrow(RangeError);
  });
});

describe('spin covariance', () => {
  it('is the covariance, counted one by one', () => {
    const dataset = lattices(100, 5);
    const { data } = dataset.column('spins');
    const rows = Uint32Array.from({ length: 67 }, (_, i) => i + 3);
    const { mean, covariance } = spinCovariance(data, 16, rows);
    const average = (f: (row: number) => number) =>
      Array.from(rows).reduce((sum, row) => sum + f(row), 0) / rows.length;
    for (let i = 0; i < 16; i++) {
      expect(mean[i]).toBeCloseTo(
        average((row) => data[row * 16 + i]),
        12,
      );
      for (let j = 0; j < 16; j++) {
        const product = average((row) => data[row * 16 + i] * data[row * 16 + j]);
        expect(covariance[i * 16 + j]).toBeCloseTo(product - mean[i] * mean[j], 12);
      }
    }
  });
});

describe('principal components', () => {
  it('of lattices that are magnetised or random: the first is the magnetisation', () => {
    const dataset = lattices(4000, 2);
    const { shares, vectors } = principalComponents(dataset, dataset.splits.train, 3, new RandomStream(1));
    // Half the lattices have <s_i s_j> = 0.81 off the diagonal, so that the first eigenvalue is 1 + 15 x 0.405 of 16.
    expect(Math.abs(shares[0] - (1 + 15 * 0.405) / 16)).toBeLessThan(0.02);
    for (const weight of vectors[0]) expect(Math.abs(weight - 1 / 4)).toBeLessThan(0.01);
  });

  it('have scores whose mean square is the eigenvalue', () => {
    const dataset = lattices(400, 3);
    const rows = dataset.splits.train;
    const pca = principalComponents(dataset, rows, 2, new RandomStream(1));
    const [p] = scores(pca, dataset, rows);
    const { covariance } = spinCovariance(dataset.column('spins').data, 16, rows);
    const total = covariance.reduce((sum, value, i) => sum + (i % 17 === 0 ? value : 0), 0);
    const square = p.reduce((sum, x) => sum + x * x, 0) / rows.length;
    expect(square / total).toBeCloseTo(pca.shares[0], 6);
  });

  it('become figures with intervals around their values', () => {
    const { figures, components } = analyse(lattices(2000, 4), 4, new RandomStream(1), 100);
    const [share, likeness, clusters] = figures;
    for (const { low, value, high } of figures) expect(low <= value && value <= high).toBe(true);
    expect(Math.abs(share.value - (1 + 15 * 0.405) / 16)).toBeLessThan(0.03);
    expect(likeness.value).toBeGreaterThan(0.999);
    expect(clusters.value).toBeGreaterThan(0.9);
    expect(components.map(({ component }) => component)).toEqual([
      'first',
      'first',
      'second to fifth',
      'second to fifth',
    ]);
  });
});

describe('two clusters', () => {
  it('part half-way between the means of what lies on either side', () => {
    // {0, 1, 2} and {9, 10, 11}: means 1 and 10.
    expect(twoMeansBorder([10, 0, 11, 2, 9, 1])).toBeCloseTo(5.5, 12);
    expect(twoMeansBorder([3, 3])).toBe(3);
  });
});
