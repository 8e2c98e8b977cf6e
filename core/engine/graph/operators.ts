// The ONNX operators that several kernels share, with their shapes worked out. Named after what they do, not after
// a kernel; a kernel's own lowering stands in kernels/.
import { backend_util } from '@tensorflow/tfjs-core';
import { sizeOf } from '../tensor-data.ts';
import { type ElementType, float, int64, record, scalar, type Value } from './value.ts';

export const broadcastShapes = (a: readonly number[], b: readonly number[]): number[] =>
  backend_util.assertAndGetBroadcastShape([...a], [...b]);

/** A broadcasting binary operator; the type is that of the inputs unless given. */
export const binary = (op: string, a: Value, b: Value, dtype: ElementType = a.dtype): Value =>
  record(op, [a, b], {}, broadcastShapes(a.shape, b.shape), dtype);

export const add = (a: Value, b: Value): Value => binary('Add', a, b);
export const subtract = (a: Value, b: Value): Value => binary('Sub', a, b);
export const multiply = (a: Value, b: Value): Value => binary('Mul', a, b);
export const divide = (a: Value, b: Value): Value => binary('Div', a, b);

/** `condition ? a : b`, broadcast. */
export function where(condition: Value, a: Value, b: Value): Value {
  // ONNX Runtime chooses between numbers only.
  if (a.dtype === 'bool') return cast(where(condition, cast(a, 'int32'), cast(b, 'int32')), 'bool');
  const shape = broadcastShapes(broadcastShapes(condition.shape, a.shape), b.shape);
  return record('Where', [condition, a, b], {}, shape, a.dtype);
}

const elementTypes: Record<ElementType, number> = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  uint32: 12,
  int8: 3,
  uint8: 2,
};

/** ONNX's number of an element type (TensorProto.DataType). */
export const onnxType = (dtype: ElementType): number => elementTypes[dtype];

/** Converts the element type as tfjs does: float to int truncates, anything to bool is `!= 0`. */
export function cast(x: Value, dtype: ElementType): Value {
  return x.dtype === dtype ? x : record('Cast', [x], { to: onnxType(dtype) }, x.shape, dtype);
}

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);

/** The same numbers in another shape. A reshape of a reshape is folded. */
export function reshape(x: Value, shape: readonly number[]): Value {
  if (sameShape(x.shape, shape)) return x;
  if (x.constant) return { ...x, shape };
  if (x.node?.op === 'Reshape') return reshape(x.node.inputs[0]!, shape);
  return record('Reshape', [x, int64(shape)], { allowzero: shape.includes(0) ? 1 : 0 }, shape);
}

/** Permutes the axes: output axis i is input axis `perm[i]`. A transpose of a transpose is folded. */
export function transpose(x: Value, perm: readonly number[]): Value {
  const source = x.node?.op === 'Transpose' ? x.node : undefined;
  const inner = source?.attributes.perm as readonly number[] | undefined;
  const from = source && inner ? source.inputs[0]! : x;
  const composed = inner ? perm.map((p) => inner[p]) : perm;
  if (composed.every((p, i) => p === i)) return from;
  return record(
    'Transpose',
    [from],
    { perm: composed },
    composed.map((p) => from.shape[p]),
  );
}

/** Elements `begin` to `end` (exclusive) of every axis. */
export function slice(
  x: Value,
  begin: readonly number[],
  end: readonly number[],
  steps?: readonly number[],
): Value {
  const stride = steps ?? begin.map(() => 1);
  const shape = begin.map((b, i) => Math.max(0, Math.ceil((end[i] - b) / stride[i])));
  if (!steps && sameShape(shape, x.shape)) return x;
  const axes = begin.map((_, i) => i);
  return record(
    'Slice',
    [x, int64(begin), int64(end), int64(axes), ...(steps ? [int64(steps)] : [])],
    {},
    shape,
  );
}

export function concat(parts: readonly Value[], axis: number): Value {
  if (parts.length === 1) return parts[0];
  const shape = [...parts[0].shape];
  shape[axis] = parts.reduce((n, p) => n + p.shape[axis], 0);
  return record('Concat', parts, { axis }, shape);
}

/** Repeats a value to a larger shape by the rules of broadcasting. */
export const expand = (x: Value, shape: readonly number[]): Value =>
  sameShape(x.shape, shape) ? x : record('Expand', [x, int64(shape)], {}, shape);

export const fill = (shape: readonly number[], value: number, dtype: ElementType): Value =>
  shape.length === 0 ? scalar(value, dtype) : expand(scalar(value, dtype), shape);

/** ReduceSum, ReduceMax, ... over `axes`. No axes means no reduction, as in tfjs. */
export function reduce(op: string, x: Value, axes: readonly number[], keepDims: boolean): Value {
  if (axes.length === 0) return x;
  const kept = x.shape.map((n, i) => (axes.includes(i) ? 1 : n));
  const shape = keepDims ? kept : x.shape.filter((_, i) => !axes.includes(i));
  const wide = x.shape.flatMap((n, i) => (n === 1 ? [] : [i]));
  if (wide.length > 0 && wide.length <= 2 && wide.length < x.shape.length) {
    // What is a matrix but for axes of length 1, a layer normalisation's rows say, is several times faster as a matrix.
    const matrix = reshape(
      x,
      wide.map((i) => x.shape[i]),
    );
    const along = wide.flatMap((axis, i) => (axes.includes(axis) ? [i] : []));
    return reshape(reduce(op, matrix, along, false), shape);
  }
  return record(op, [x, int64(axes)], { keepdims: keepDims ? 1 : 0, noop_with_empty_axes: 1 }, shape);
}

/** a [.., m, k] times b [.., k, n], either transposed in its last two axes. */
export function matMul(a: Value, b: Value, transposeA: boolean, transposeB: boolean): Value {
  const rank = Math.max(a.shape.length, b.shape.length);
  if (Math.min(a.shape.length, b.shape.length) < 2)
    throw new RangeError(`matMul: expected matrices, got [${a.shape}] and [${b.shape}]`);
  const [m, k] = lastTwo(a.shape, transposeA);
  const [k2, n] = lastTwo(b.shape, transposeB);
  if (k !== k2) {
    throw new RangeError(`matMul: inner dimensions of [${a.shape}] and [${b.shape}] differ: ${k} and ${k2}`);
  }
  if (rank === 2 && (transposeA || transposeB)) {
    const attributes = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0, alpha: float(1) };
    return record('Gemm', [a, b], attributes, [m, n]);
  }
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (rank > 2 && sizeOf(batch) === 1) {
    // tfjs's layers multiply matrices as batches of one.
    const [left, right] = [a, b].map((x) => reshape(x, x.shape.slice(-2)));
    return reshape(matMul(left, right, transposeA, transposeB), [...batch, m, n]);
  }
  const left = transposeA ? transpose(a, swapLastTwo(a.shape.length)) : a;
  const right = transposeB ? transpose(b, swapLastTwo(b.shape.length)) : b;
  return record('MatMul', [left, right], {}, [...batch, m, n]);
}

const lastTwo = (shape: readonly number[], transposed: boolean): [number, number] => {
  const [rows, columns] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
};

const swapLastTwo = (rank: number): number[] => [
  ...Array.from({ length: rank - 2 }, (_, i) => i),
  rank - 1,
  rank - 2,
];

/** Pads with `value`: `before[i]` and `after[i]` elements on axis i. */
export function pad(x: Value, before: readonly number[], after: readonly number[], value: number): Value {
  if ([...before, ...after].every((n) => n === 0)) return x;
  const shape = x.shape.map((n, i) => n + before[i] + after[i]);
  return record(
    'Pad',
    [x, int64([...before, ...after]), scalar(value, x.dtype)],
    { mode: 'constant' },
    shape,
  );
}

/** Flattens to one axis. */
export const flatten = (x: Value): Value => reshape(x, [sizeOf(x.shape)]);
