// Batch normalisation with given statistics; the statistics themselves are ordinary reductions.
import { add, multiply, subtract } from '../graph/operators.ts';
import { record, scalar, type Value } from '../graph/value.ts';
import type { Family } from './lowering.ts';

export const normalisation: Family = {
  /** (x - mean) / sqrt(variance + epsilon) * scale + offset */
  FusedBatchNorm: (
    { x, mean, variance, offset, scale }: Readonly<Record<string, Value>>,
    { varianceEpsilon }: { varianceEpsilon?: number },
  ) => {
    const deviation = record('Sqrt', [add(variance, scalar(varianceEpsilon ?? 0.001))]);
    const inverse = record('Reciprocal', [deviation]);
    const factor = scale ? multiply(inverse, scale) : inverse;
    const centred = multiply(subtract(x, mean), factor);
    return offset ? add(centred, offset) : centred;
  },
};
