// Principal components of spin configurations (Wang, Phys. Rev. B 94, 195105 (2016)): without a label, the direction in
// which lattices differ most is the magnetisation.

import { leadingEigenvectors } from '../../../core/algebra/leading-eigenvectors.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { Dataset } from '../../../data-adapters/dataset.ts';
import { spinCovariance } from './spin-covariance.ts';

export interface PrincipalComponents {
  /** Share of the spins' total variance along each component, largest first. */
  readonly shares: readonly number[];
  /** Weights of each component, [N], of length one. */
  readonly vectors: readonly Float64Array[];
  readonly mean: Float64Array;
}

/** The `count` leading principal components of the given rows' spins. */
export function principalComponents(
  dataset: Dataset,
  rows: Uint32Array,
  count: number,
  random: RandomStream,
): PrincipalComponents {
  const { data, shape } = dataset.column('spins');
  const width = shape.reduce((a, b) => a * b, 1);
  const { mean, covariance } = spinCovariance(data, width, rows);
  let total = 0;
  for (let i = 0; i < width; i++) total += covariance[i * width + i];
  // Components beyond the first few stand close together; a share is wanted to a millionth, not to the last bit.
  const pairs = leadingEigenvectors(covariance, width, count, random, 1e-7);
  return {
    shares: pairs.map(({ value }) => value / total),
    vectors: pairs.map(({ vector }) => vector),
    mean,
  };
}

/** p_k = (s - <s>) . w_k of each row, [component][row]. */
export function scores(
  { vectors, mean }: PrincipalComponents,
  dataset: Dataset,
  rows: Uint32Array,
): Float64Array[] {
  const { data } = dataset.column('spins');
  const width = mean.length;
  return vectors.map((vector) =>
    Float64Array.from(rows, (row) => {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += (data[row * width + i] - mean[i]) * vector[i];
      return sum;
    }),
  );
}
