// Kernels that move numbers without computing: reshape, transpose, slices, joins, padding, repetition, gathering.
import { backend_util, slice_util } from '@tensorflow/tfjs-core';
import {
  binary,
  cast,
  concat,
  expand,
  fill,
  pad,
  reshape,
  slice,
  transpose,
  where,
} from '../graph/operators.ts';
import { constant, int64, record, recordNode, scalar, type Value } from '../graph/value.ts';
import { sizeOf } from '../tensor-data.ts';
import { type Family, normaliseAxes } from './lowering.ts';

type Inputs = Readonly<Record<string, Value>>;

const axisOf = (axis: number, rank: number): number => normaliseAxes(axis, rank)[0];

/** Fills in the one dimension that is given as -1. */
function inferShape(shape: readonly number[], size: number): number[] {
  const known = shape.reduce((n, d) => (d < 0 ? n : n * d), 1);
  return shape.map((d) => (d < 0 ? size / known : d));
}

/** ONNX numeric operators refuse bool: a bool tensor goes through them as int32. */
const asNumber = (x: Value, work: (x: Value) => Value): Value =>
  x.dtype === 'bool' ? cast(work(cast(x, 'int32')), 'bool') : work(x);

function split(x: Value, sizes: readonly number[], axis: number): Value[] {
  if (sizes.length === 1) return [x];
  const outputs = sizes.map((n) => ({
    shape: x.shape.map((d, i) => (i === axis ? n : d)),
    dtype: x.dtype,
  }));
  return recordNode('Split', [x, int64(sizes)], { axis }, outputs);
}

interface StridedSliceAttributes {
  begin: number[];
  end: number[];
  strides: number[];
  beginMask: number;
  endMask: number;
  ellipsisMask: number;
  newAxisMask: number;
  shrinkAxisMask: number;
}

function stridedSlice({ x }: Inputs, a: StridedSliceAttributes): Value {
  const info = slice_util.sliceInfo(
    [...x.shape],
    a.begin,
    a.end,
    a.strides,
    a.beginMask,
    a.endMask,
    a.ellipsisMask,
    a.newAxisMask,
    a.shrinkAxisMask,
  );
  if (info.isIdentity) return reshape(x, info.finalShape);
  if (sizeOf(info.finalShape) === 0) return fill(info.finalShape, 0, x.dtype);
  // tfjs ends a downward slice that includes element 0 at -1, which ONNX would read as the last element.
  const ends = info.end.map((e, i) => (info.strides[i] < 0 && e < 0 ? -x.shape[i] - 1 : e));
  const shape = slice_util.computeOutShape(info.begin, info.end, info.strides);
  const axes = int64(x.shape.map((_, i) => i));
  const cut = record('Slice', [x, int64(info.begin), int64(ends), axes, int64(info.strides)], {}, shape);
  return reshape(cut, info.finalShape);
}

/** @throws Error where ONNX would fail later, or take an index below zero from the end */
function checkGather(x: Value, indices: Value, axis: number, batchDims: number): void {
  backend_util.segment_util.collectGatherOpShapeInfo(x as never, indices as never, axis, batchDims);
  const outside = (indices.constant as Int32Array | undefined)?.find((n) => n < 0 || n >= x.shape[axis]);
  if (outside !== undefined)
    throw new RangeError(`GatherV2: the index value ${outside} is not in [0, ${x.shape[axis] - 1}]`);
}

/** Rows of `x` along `axis` by `indices`; `batchDims` leading axes are shared by both. */
function gather({ x, indices }: Inputs, { axis, batchDims }: { axis: number; batchDims: number }): Value {
  const along = axisOf(axis, x.shape.length);
  checkGather(x, indices, along, batchDims);
  if (batchDims === 0) {
    const shape = [...x.shape.slice(0, along), ...indices.shape, ...x.shape.slice(along + 1)];
    return record('Gather', [x, indices], { axis: along }, shape);
  }
  const batch = sizeOf(x.shape.slice(0, batchDims));
  const outer = x.shape.slice(batchDims, along);
  const inner = x.shape.slice(along + 1);
  const picked = indices.shape.slice(batchDims);
  const flat = [batch, sizeOf(outer), x.shape[along], sizeOf(inner)];
  const rows = sizeOf(picked);
  const positions = expand(reshape(indices, [batch, 1, rows, 1]), [batch, flat[1], rows, flat[3]]);
  const taken = record('GatherElements', [reshape(x, flat), positions], { axis: 2 }, positions.shape);
  return reshape(taken, [...x.shape.slice(0, batchDims), ...outer, ...picked, ...inner]);
}

/** Mirrors the border: `reflect` leaves the edge out, `symmetric` repeats it. */
function mirrorPad(
  { x }: Inputs,
  { paddings, mode }: { paddings: [number, number][]; mode: 'reflect' | 'symmetric' },
): Value {
  const skip = mode === 'reflect' ? 1 : 0;
  return paddings.reduce((value, [before, after], axis) => {
    if (before === 0 && after === 0) return value;
    const n = value.shape[axis];
    const mirrored = (first: number, count: number): number[] =>
      Array.from({ length: count }, (_, i) => first - i);
    const order = [
      ...mirrored(before - 1 + skip, before),
      ...Array.from({ length: n }, (_, i) => i),
      ...mirrored(n - 1 - skip, after),
    ];
    const shape = value.shape.map((d, i) => (i === axis ? order.length : d));
    return record('Gather', [value, int64(order)], { axis }, shape);
  }, x);
}

/** Sums the rows of `x` that share a segment id: ScatterND with addition into zeros. Negative ids are dropped. */
function unsortedSegmentSum({ x, segmentIds }: Inputs, { numSegments }: { numSegments: number }): Value {
  const row = x.shape.slice(segmentIds.shape.length);
  // Ids below zero count nowhere: they go to one row more, which is cut off.
  const spare = constant(Int32Array.of(numSegments), [], 'int32');
  const outside = binary('Less', segmentIds, scalar(0, 'int32'), 'bool');
  const ids = where(outside, spare, segmentIds);
  const zeros = fill([numSegments + 1, ...row], 0, x.dtype);
  const indices = cast(reshape(ids, [...segmentIds.shape, 1]), 'int64');
  const sums = record('ScatterND', [zeros, indices, x], { reduction: 'add' }, zeros.shape);
  return slice(
    sums,
    zeros.shape.map(() => 0),
    [numSegments, ...row],
  );
}

function oneHot(
  { indices }: Inputs,
  {
    depth,
    onValue,
    offValue,
    dtype,
  }: { depth: number; onValue: number; offValue: number; dtype: Value['dtype'] },
): Value {
  const classes = constant(
    Int32Array.from({ length: depth }, (_, i) => i),
    [depth],
    'int32',
  );
  const hit = binary('Equal', reshape(cast(indices, 'int32'), [...indices.shape, 1]), classes, 'bool');
  return cast(where(hit, scalar(onValue), scalar(offValue)), dtype);
}

function reverse(x: Value, axes: readonly number[]): Value {
  if (axes.length === 0) return x;
  const ends = axes.map((a) => -x.shape[a] - 1);
  const minusOnes = int64(axes.map(() => -1));
  return record('Slice', [x, minusOnes, int64(ends), int64(axes), minusOnes]);
}

export const shapes: Family = {
  Identity: ({ x }: Inputs) => x,
  Reshape: ({ x }: Inputs, { shape }: { shape: number[] }) => reshape(x, inferShape(shape, sizeOf(x.shape))),
  ExpandDims: ({ input }: Inputs, { dim }: { dim: number }) => {
    const rank = input.shape.length;
    if (dim < -(rank + 1) || dim > rank)
      throw new RangeError(`expandDims: expected an axis in [${-(rank + 1)}, ${rank}], got ${dim}`);
    const shape = [...input.shape];
    shape.splice(dim < 0 ? dim + rank + 1 : dim, 0, 1);
    return reshape(input, shape);
  },
  Transpose: ({ x }: Inputs, { perm }: { perm: number[] }) => transpose(x, perm),
  Slice: ({ x }: Inputs, attributes: { begin: number | number[]; size: number | number[] }) => {
    const [begin, size] = slice_util.parseSliceParams(x as never, attributes.begin, attributes.size);
    slice_util.assertParamsValid(x as never, begin, size);
    return slice(
      x,
      begin,
      begin.map((b, i) => b + size[i]),
    );
  },
  StridedSlice: stridedSlice,
  Concat: (_: Inputs, { axis }: { axis: number }, all: readonly Value[]) => {
    const along = axisOf(axis, all[0].shape.length);
    const allShapes = all.map(({ shape }) => [...shape]);
    backend_util.assertParamsConsistent(allShapes, along);
    const parts = all.filter((part) => sizeOf(part.shape) > 0);
    if (parts.length > 0) return concat(parts, along);
    return fill(backend_util.computeOutShape(allShapes, along), 0, all[0].dtype);
  },
  Pack: (_: Inputs, { axis }: { axis: number }, all: readonly Value[]) => {
    const along = axisOf(axis, all[0].shape.length + 1);
    for (const { shape, dtype } of all) {
      if (String(shape) !== String(all[0].shape) || dtype !== all[0].dtype)
        throw new RangeError(
          `stack: expected ${all[0].dtype} [${all[0].shape}] like the first, got ${dtype} [${shape}]`,
        );
    }
    const withAxis = (shape: readonly number[]): number[] => [
      ...shape.slice(0, along),
      1,
      ...shape.slice(along),
    ];
    return concat(
      all.map((part) => reshape(part, withAxis(part.shape))),
      along,
    );
  },
  Unpack: ({ value }: Inputs, { axis }: { axis: number }) => {
    const along = axisOf(axis, value.shape.length);
    const ones = Array.from({ length: value.shape[along] }, () => 1);
    const shape = value.shape.filter((_, i) => i !== along);
    return split(value, ones, along).map((part) => reshape(part, shape));
  },
  SplitV: (
    { x }: Inputs,
    { numOrSizeSplits, axis }: { numOrSizeSplits: number[] | number; axis: number },
  ) => {
    const along = axisOf(axis, x.shape.length);
    const sizes = backend_util.prepareSplitSize(x as never, numOrSizeSplits, along);
    return split(x, sizes, along);
  },
  PadV2: (
    { x }: Inputs,
    { paddings, constantValue }: { paddings: [number, number][]; constantValue: number },
  ) =>
    asNumber(x, (numbers) =>
      pad(
        numbers,
        paddings.map(([before]) => before),
        paddings.map(([, after]) => after),
        constantValue,
      ),
    ),
  MirrorPad: mirrorPad,
  Tile: ({ x }: Inputs, { reps }: { reps: number[] }) =>
    reps.every((n) => n === 1)
      ? x
      : record(
          'Tile',
          [x, int64(reps)],
          {},
          x.shape.map((n, i) => n * reps[i]),
        ),
  Reverse: ({ x }: Inputs, { dims }: { dims: number | number[] }) =>
    reverse(x, normaliseAxes(dims, x.shape.length)),
  FlipLeftRight: ({ image }: Inputs) => reverse(image, [2]),
  GatherV2: gather,
  UnsortedSegmentSum: unsortedSegmentSum,
  OneHot: oneHot,
};
