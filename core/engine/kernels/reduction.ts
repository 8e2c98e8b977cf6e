// Kernels that shrink or normalise along axes: sums, means, extremes and where they stand, softmax, running sums.
import { cast, reduce, reshape, where } from '../graph/operators.ts';
import { constant, record, scalar, type Value } from '../graph/value.ts';
import { type Family, type Lowering, normaliseAxes } from './lowering.ts';

type Inputs = Readonly<Record<string, Value>>;
interface AxisAttributes {
  axis: number | number[];
  keepDims: boolean;
}

const reduction =
  (op: string, prepare: (x: Value) => Value = (x) => x): Lowering<AxisAttributes> =>
  ({ x }, { axis, keepDims }) =>
    reduce(op, prepare(x), normaliseAxes(axis, x.shape.length), keepDims);

const toNumber = (x: Value): Value => (x.dtype === 'bool' ? cast(x, 'int32') : x);

const extreme =
  (op: string): Lowering<AxisAttributes & { reductionIndices?: number | number[] }> =>
  ({ x }, { axis, reductionIndices, keepDims }) =>
    reduce(op, x, normaliseAxes(reductionIndices ?? axis, x.shape.length), keepDims);

const logical =
  (op: string): Lowering<AxisAttributes> =>
  ({ x }, { axis, keepDims }) =>
    cast(reduce(op, cast(x, 'int32'), normaliseAxes(axis, x.shape.length), keepDims), 'bool');

/** Index of the first extreme along one axis, int32. */
const argument =
  (op: string): Lowering<{ axis: number | number[] }> =>
  ({ x }, { axis }) => {
    const [along] = normaliseAxes(axis, x.shape.length);
    const shape = x.shape.filter((_, i) => i !== along);
    return cast(record(op, [toNumber(x)], { axis: along, keepdims: 0 }, shape, 'int64'), 'int32');
  };

interface CumulativeAttributes {
  axis: number;
  exclusive: boolean;
  reverse: boolean;
}

/** ONNX has no running product before opset 26: a masked product over an n x n table. */
function cumulativeProduct({ x }: Inputs, { axis, exclusive, reverse }: CumulativeAttributes): Value {
  const [along] = normaliseAxes(axis, x.shape.length);
  const n = x.shape[along];
  const counts = (row: number, column: number): boolean =>
    (reverse ? column > row : column < row) || (!exclusive && column === row);
  const mask = Uint8Array.from({ length: n * n }, (_, i) => (counts(Math.floor(i / n), i % n) ? 1 : 0));
  const after = x.shape.slice(along + 1);
  const wide = reshape(x, [...x.shape.slice(0, along), 1, n, ...after]);
  const table = where(constant(mask, [n, n, ...after.map(() => 1)], 'bool'), wide, scalar(1, x.dtype));
  return reduce('ReduceProd', table, [along + 1], false);
}

export const reductions: Family = {
  Sum: reduction('ReduceSum', toNumber),
  Mean: reduction('ReduceMean', (x) => cast(x, 'float32')),
  Prod: reduction('ReduceProd', toNumber),
  Max: extreme('ReduceMax'),
  Min: extreme('ReduceMin'),
  All: logical('ReduceMin'),
  Any: logical('ReduceMax'),
  ArgMax: argument('ArgMax'),
  ArgMin: argument('ArgMin'),
  Softmax: ({ logits }: Inputs, { dim }: { dim: number }) =>
    record('Softmax', [logits], { axis: normaliseAxes(dim, logits.shape.length)[0] }),
  Cumprod: cumulativeProduct,
  Cumsum: ({ x }: Inputs, { axis, exclusive, reverse }: CumulativeAttributes) => {
    const [along] = normaliseAxes(axis, x.shape.length);
    const position = constant(Int32Array.of(along), [], 'int32');
    return record('CumSum', [x, position], { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 });
  },
};
