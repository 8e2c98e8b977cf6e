// Batch normalisation with given statistics (the statistics themselves are ordinary reductions), and local response
// normalisation over neighbouring channels (Krizhevsky et al. 2012, section 3.3).
import { add, binary, divide, matMul, multiply, subtract } from '../graph/operators.ts';
import { constant, record, scalar, type Value } from '../graph/value.ts';
import type { Family } from './lowering.ts';

type Inputs = Readonly<Record<string, Value>>;

interface ResponseAttributes {
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

/** Sums over the channels within `radius` of each, as a product with a band matrix. */
function neighbours(x: Value, radius: number): Value {
  const n = x.shape[x.shape.length - 1];
  const band = Float32Array.from({ length: n * n }, (_, i) =>
    Math.abs(Math.floor(i / n) - (i % n)) <= radius ? 1 : 0,
  );
  return matMul(x, constant(band, [n, n], 'float32'), false, false);
}

/** bias + alpha times the sum of squares over neighbouring channels. */
const response = (x: Value, { depthRadius, bias, alpha }: ResponseAttributes): Value =>
  add(multiply(neighbours(multiply(x, x), depthRadius), scalar(alpha)), scalar(bias));

const power = (x: Value, exponent: number): Value => binary('Pow', x, scalar(exponent));

export const normalisation: Family = {
  /** (x - mean) / sqrt(variance + epsilon) * scale + offset */
  FusedBatchNorm: (
    { x, mean, variance, offset, scale }: Inputs,
    { varianceEpsilon }: { varianceEpsilon?: number },
  ) => {
    const deviation = record('Sqrt', [add(variance, scalar(varianceEpsilon ?? 0.001))]);
    const inverse = record('Reciprocal', [deviation]);
    const factor = scale ? multiply(inverse, scale) : inverse;
    const centred = multiply(subtract(x, mean), factor);
    return offset ? add(centred, offset) : centred;
  },
  /** y = x r^-beta with r the response */
  LRN: ({ x }: Inputs, attributes: ResponseAttributes) =>
    multiply(x, power(response(x, attributes), -attributes.beta)),
  /** dx = dy r^-beta - 2 alpha beta x sum(y dy / r), the sum over neighbouring channels */
  LRNGrad: ({ x, y, dy }: Inputs, attributes: ResponseAttributes) => {
    const { alpha, beta, depthRadius } = attributes;
    const r = response(x, attributes);
    const shared = neighbours(divide(multiply(y, dy), r), depthRadius);
    const own = multiply(dy, power(r, -beta));
    return subtract(own, multiply(multiply(x, shared), scalar(2 * alpha * beta)));
  },
};
