// What the networks of a run say of the rows of a dataset.
import type { Dataset } from '../../data-adapters/dataset.ts';
import type { Models } from '../domain.ts';
import { featuresInput, signalOutput } from './networks/names.ts';

/** Rows in one call: enough to keep the processor busy, few enough to stay in its cache. */
const rowsPerCall = 8192;

/** Probability of signal of each row of a table of features, row-major, by one network. */
export async function scoreFeatures(
  features: Float32Array,
  columns: number,
  id: string,
  models: Models,
): Promise<Float32Array> {
  const rows = features.length / columns;
  const scores = new Float32Array(rows);
  for (let from = 0; from < rows; from += rowsPerCall) {
    const taken = Math.min(rowsPerCall, rows - from);
    const data = features.subarray(from * columns, (from + taken) * columns);
    const { [signalOutput]: answer } = await models.run(id, {
      [featuresInput]: { dtype: 'float32', shape: [taken, columns], data },
    });
    scores.set(answer.data as Float32Array, from);
  }
  return scores;
}

/** Features of some rows, row-major, copied. */
export const featuresOf = (dataset: Dataset, rows: Uint32Array): Float32Array =>
  dataset.take(rows, ['features']).columns.features.data as Float32Array;

/** Values of a column of one number a row. */
export const valuesOf = (dataset: Dataset, rows: Uint32Array, column: string): Float64Array => {
  const { data } = dataset.column(column);
  return Float64Array.from(rows, (row) => data[row]);
};
