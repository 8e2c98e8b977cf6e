// The leading principal components of many long rows: the randomised subspace of Halko, Martinsson and Tropp (SIAM Review 53, 217
// (2011), algorithm 4.4) with power iterations, each a product of matrices on the engine, block by block, so that rows of any
// number are never all there as floats. A Rayleigh-Ritz projection at the end gives components and variances.
import { matMul, type Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine/program.ts';
import '../engine/tfjs.ts';
import type { RandomStream } from '../random.ts';
import { orthonormalise, symmetricEigenpairs } from './leading-eigenvectors.ts';

export interface RandomisedPcaOptions {
  readonly engine: Engine;
  /** Number of rows. */
  readonly rows: number;
  /** Numbers in a row. */
  readonly width: number;
  /** Writes rows `start ... start + n - 1` into `into`, n x width numbers. */
  readonly read: (start: number, n: number, into: Float32Array) => void;
  /** Components that are wanted. */
  readonly count: number;
  readonly random: RandomStream;
  /** Dimensions of the subspace beyond `count`. Default 16. */
  readonly oversampling?: number;
  /** Products with the covariance. Default 8: the error then falls as (next eigenvalue / last wanted)^16. */
  readonly iterations?: number;
  readonly signal?: AbortSignal;
}

export interface PrincipalComponents {
  readonly mean: Float64Array;
  /** Unit vectors [count][width]; the elements of each add up to at least 0. */
  readonly components: readonly Float64Array[];
  /** Variance along each (sum of squares / (rows - 1)), largest first. */
  readonly variances: readonly number[];
  /** Of all directions together. */
  readonly totalVariance: number;
}

const blockRows = 2048;

/** @throws RangeError unless 1 <= count <= min(rows, width) */
export async function randomisedPca(options: RandomisedPcaOptions): Promise<PrincipalComponents> {
  const { engine, rows, width, read, count, random, oversampling = 16, iterations = 8, signal } = options;
  if (!(count >= 1 && count <= Math.min(rows, width)))
    throw new RangeError(`randomisedPca: expected a count from 1 to ${Math.min(rows, width)}, got ${count}`);
  const rank = Math.min(width, count + oversampling);
  const block = new Float32Array(blockRows * width);
  const eachBlock = async (work: (n: number) => void | Promise<void>): Promise<void> => {
    for (let start = 0; start < rows; start += blockRows) {
      signal?.throwIfAborted();
      const n = Math.min(blockRows, rows - start);
      read(start, n, block);
      await work(n);
    }
  };
  const mean = new Float64Array(width);
  await eachBlock((n) => {
    for (let i = 0; i < n * width; i++) mean[i % width] += block[i] / rows;
  });
  let squares = 0;
  await eachBlock((n) => {
    for (let i = 0; i < n * width; i++) squares += (block[i] - mean[i % width]) ** 2;
  });

  const program = await engine.compile(
    ({ x, basis }) => ({
      image: matMul(x as never, matMul(x as never, basis as never) as never, true) as Tensor,
    }),
    { x: { shape: [blockRows, width] }, basis: { shape: [width, rank] } },
    { name: 'principal components' },
  );
  try {
    /** X^T X v for each vector, X being the rows less their mean. */
    const scatter = async (vectors: readonly Float64Array[]): Promise<Float64Array[]> => {
      const basis = Float32Array.from(
        { length: width * rank },
        (_, i) => vectors[i % rank][Math.floor(i / rank)],
      );
      const images = vectors.map(() => new Float64Array(width));
      await eachBlock(async (n) => {
        for (let i = 0; i < n * width; i++) block[i] -= mean[i % width];
        block.fill(0, n * width);
        const [{ image }] = await program.run({ x: block, basis });
        images.forEach((sums, k) => {
          for (let i = 0; i < width; i++) sums[i] += image.data[i * rank + k];
        });
      });
      return images;
    };
    let basis: Float64Array[] = Array.from({ length: rank }, () =>
      Float64Array.from({ length: width }, () => random.normal()),
    );
    for (let i = 0; i < iterations; i++) {
      orthonormalise(basis, random);
      basis = await scatter(basis);
    }
    orthonormalise(basis, random);
    return { mean, ...ritz(basis, await scatter(basis), count, rows), totalVariance: squares / (rows - 1) };
  } finally {
    await program.dispose();
  }
}

/** Components and variances within a subspace. @param image of the basis under X^T X */
function ritz(basis: readonly Float64Array[], image: readonly Float64Array[], count: number, rows: number) {
  const projected = basis.flatMap((v) => image.map((w) => v.reduce((sum, x, i) => sum + x * w[i], 0)));
  const pairs = symmetricEigenpairs(projected, basis.length).slice(0, count);
  const components = pairs.map(({ vector }) => {
    const sum = new Float64Array(basis[0].length);
    basis.forEach((v, k) => {
      for (let i = 0; i < sum.length; i++) sum[i] += vector[k] * v[i];
    });
    const sign = sum.reduce((a, b) => a + b, 0) < 0 ? -1 : 1;
    return sum.map((x) => sign * x);
  });
  return { components, variances: pairs.map(({ value }) => value / (rows - 1)) };
}
