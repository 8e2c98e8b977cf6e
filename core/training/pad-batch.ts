// Shapes are fixed once a step is compiled: a smaller last batch is filled with zeros, whose weight is zero.
import type { InputArray, RowBatch } from './batch-source.ts';

/** The batch with exactly `batchSize` rows and a `weight` for each: the source's own, or 1; 0 for what was filled in. */
export function padBatch({ rows, inputs }: RowBatch, batchSize: number): Record<string, InputArray> {
  const padded: Record<string, InputArray> = { weight: new Float32Array(batchSize).fill(1, 0, rows) };
  for (const [name, array] of Object.entries(inputs)) {
    if (rows === batchSize) {
      padded[name] = array;
      continue;
    }
    const filled = new (array.constructor as new (n: number) => InputArray)(
      (array.length / rows) * batchSize,
    );
    filled.set(array);
    padded[name] = filled;
  }
  return padded;
}
