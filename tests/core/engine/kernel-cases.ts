// One case a kernel (or a few where options change the path): a tfjs expression over tensors of random shape. The test
// beside this file runs each on tfjs's CPU backend and on the engine, forward and gradient.
import * as tf from '@tensorflow/tfjs-core';
import type { RandomStream } from '../../../core/random.ts';

export interface KernelCase {
  /** What is tried; the kernel's name and the option. */
  readonly name: string;
  /** Draws the inputs. Float inputs are differentiated unless `gradient` is false. */
  inputs(random: RandomStream): tf.Tensor[];
  run(...inputs: tf.Tensor[]): tf.Tensor;
  /** False where tfjs has no gradient or it is zero almost everywhere. */
  readonly gradient?: boolean;
  /** Largest difference relative to max(1, |expected|). Default 2e-5: float32 sums of some hundred terms. */
  readonly tolerance?: number;
}

export type Draw = (random: RandomStream) => number;
export const normal: Draw = (random) => random.normal();
/** Away from the kinks and poles of most functions. */
export const positive: Draw = (random) => 0.3 + 2 * random.uniform();
export const insideUnit: Draw = (random) => 1.8 * random.uniform() - 0.9;
export const integer: Draw = (random) => random.integer(7) - 3;
export const bit: Draw = (random) => random.integer(2);

export function draw(
  random: RandomStream,
  shape: number[],
  from: Draw = normal,
  dtype: tf.DataType = 'float32',
): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Array.from({ length: size }, () => from(random)),
    shape,
    dtype,
  );
}

export const dims = (random: RandomStream, rank: number, most = 5): number[] =>
  Array.from({ length: rank }, () => 1 + random.integer(most));
const anyShape = (random: RandomStream): number[] => dims(random, random.integer(5));

/** Two shapes that broadcast: the second is the first with leading axes dropped and some axes set to 1. */
function broadcastPair(random: RandomStream): [number[], number[]] {
  const a = dims(random, 1 + random.integer(4));
  const b = a.slice(random.integer(a.length)).map((n) => (random.integer(3) === 0 ? 1 : n));
  return random.integer(2) === 0 ? [a, b] : [b, a];
}

const unary = (
  name: string,
  run: (x: tf.Tensor) => tf.Tensor,
  from: Draw = normal,
  gradient = true,
): KernelCase => ({
  name,
  inputs: (random) => [draw(random, anyShape(random), from)],
  run,
  gradient,
});

const binary = (
  name: string,
  run: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  {
    from = normal,
    dtype = 'float32' as tf.DataType,
    gradient = true,
    sameShape = false,
  }: { from?: Draw; dtype?: tf.DataType; gradient?: boolean; sameShape?: boolean } = {},
): KernelCase => ({
  name,
  inputs: (random) => {
    const [a, b] = broadcastPair(random);
    return [a, sameShape ? a : b].map((shape) => draw(random, shape, from, dtype));
  },
  run,
  gradient,
});

const comparison = (name: string, run: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): KernelCase[] => [
  binary(`${name} float32`, run, { from: integer, gradient: false }),
  binary(`${name} int32`, run, { from: integer, dtype: 'int32', gradient: false }),
];

const logical = (name: string, run: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): KernelCase =>
  binary(name, run, { from: bit, dtype: 'bool', gradient: false });

/** A reduction over each kind of axis argument. */
const reduction = (
  name: string,
  run: (x: tf.Tensor, axis?: number[], keep?: boolean) => tf.Tensor,
  from: Draw = normal,
  dtype: tf.DataType = 'float32',
  gradient = true,
): KernelCase[] => [
  {
    name: `${name} over all`,
    inputs: (r) => [draw(r, anyShape(r), from, dtype)],
    run: (x) => run(x),
    gradient,
  },
  {
    name: `${name} over the last axis`,
    inputs: (r) => [draw(r, dims(r, 3), from, dtype)],
    run: (x) => run(x, [x.rank - 1]),
    gradient,
  },
  {
    name: `${name} over two axes, kept`,
    inputs: (r) => [draw(r, dims(r, 4), from, dtype)],
    run: (x) => run(x, [0, 2], true),
    gradient,
  },
];

export type Pad = 'same' | 'valid' | number;
export const image = (random: RandomStream, channels: number): tf.Tensor =>
  draw(random, [1 + random.integer(2), 5 + random.integer(4), 6 + random.integer(4), channels]);

function convolution(stride: number, dilation: number, pad: Pad, [kh, kw]: [number, number]): KernelCase {
  return {
    name: `Conv2D stride ${stride} dilation ${dilation} pad ${pad} filter ${kh}x${kw}`,
    inputs: (r) => {
      const [i, o] = dims(r, 2, 4);
      return [image(r, i), draw(r, [kh, kw, i, o])];
    },
    run: (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, pad, 'NHWC', dilation),
  };
}

function depthwise(stride: number, dilation: number, pad: 'same' | 'valid'): KernelCase {
  return {
    name: `DepthwiseConv2dNative stride ${stride} dilation ${dilation} pad ${pad}`,
    inputs: (r) => {
      const [i, m] = dims(r, 2, 3);
      return [image(r, i), draw(r, [3, 2, i, m])];
    },
    run: (x, w) => tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, pad, 'NHWC', dilation),
    // tfjs itself has no gradient for dilated depthwise convolutions.
    gradient: dilation === 1,
  };
}

const pool = (kind: 'max' | 'avg', size: number, stride: number, pad: Pad): KernelCase => ({
  name: `${kind === 'max' ? 'MaxPool' : 'AvgPool'} ${size} stride ${stride} pad ${pad}`,
  inputs: (r) => [image(r, 1 + r.integer(3))],
  run: (x) => (kind === 'max' ? tf.maxPool : tf.avgPool)(x as tf.Tensor4D, size, stride, pad),
});

const fusedActivations = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const;

export const kernelCases: KernelCase[] = [
  binary('Add', tf.add),
  binary('Sub', tf.sub),
  binary('Multiply', tf.mul),
  binary('RealDiv', tf.div, { from: positive }),
  binary('Maximum', tf.maximum, { sameShape: true }),
  binary('Maximum broadcast', tf.maximum, { gradient: false }),
  binary('Minimum', tf.minimum, { sameShape: true }),
  binary('Minimum broadcast', tf.minimum, { gradient: false }),
  binary('Pow', tf.pow, { from: positive }),
  binary('SquaredDifference', tf.squaredDifference, { sameShape: true }),
  binary('SquaredDifference broadcast', tf.squaredDifference, { gradient: false }),
  binary('Mod', tf.mod, { from: positive }),
  binary('FloorDiv', tf.floorDiv, { from: (r) => 1 + r.integer(6), dtype: 'int32', gradient: false }),
  binary('FloorDiv of negatives', tf.floorDiv, {
    from: (r) => (1 + r.integer(6)) * (r.integer(2) * 2 - 1),
    dtype: 'int32',
    gradient: false,
  }),
  binary('Atan2', tf.atan2),
  binary('BitwiseAnd', tf.bitwiseAnd, {
    from: (r) => r.integer(64),
    dtype: 'int32',
    gradient: false,
    sameShape: true,
  }),
  binary('Add int32', tf.add, { from: integer, dtype: 'int32', gradient: false }),
  binary('Multiply int32', tf.mul, { from: integer, dtype: 'int32', gradient: false }),
  binary('Maximum int32', tf.maximum, { from: integer, dtype: 'int32', gradient: false }),
  {
    name: 'AddN',
    inputs: (r) => {
      const shape = anyShape(r);
      return [draw(r, shape), draw(r, shape), draw(r, shape)];
    },
    run: (...xs) => tf.addN(xs),
  },
  unary('Abs', tf.abs),
  unary('Neg', tf.neg),
  unary('Sign', tf.sign),
  unary('Floor', tf.floor),
  unary('Ceil', tf.ceil),
  unary('Round', tf.round),
  unary('Exp', tf.exp),
  unary('Log', tf.log, positive),
  unary('Log1p', tf.log1p, positive),
  unary('Log1p near 0', tf.log1p, (r) => 1e-5 * r.normal()),
  unary('Expm1', tf.expm1),
  unary('Expm1 near 0', tf.expm1, (r) => 1e-5 * r.normal()),
  unary('Sqrt', tf.sqrt, positive),
  unary('Rsqrt', tf.rsqrt, positive),
  unary('Reciprocal', tf.reciprocal, positive),
  unary('Square', tf.square),
  unary('Sin', tf.sin),
  unary('Cos', tf.cos),
  unary('Tan', tf.tan, insideUnit),
  unary('Asin', tf.asin, insideUnit),
  unary('Acos', tf.acos, insideUnit),
  unary('Atan', tf.atan),
  unary('Sinh', tf.sinh),
  unary('Cosh', tf.cosh),
  unary('Asinh', tf.asinh),
  unary('Acosh', tf.acosh, (r) => 1.2 + r.uniform()),
  unary('Atanh', tf.atanh, insideUnit),
  unary('Erf', tf.erf),
  unary('Sigmoid', tf.sigmoid),
  unary('Tanh', tf.tanh),
  unary('Relu', tf.relu),
  unary('Relu6', tf.relu6, (r) => 8 * r.normal()),
  unary('Elu', tf.elu),
  unary('Selu', tf.selu),
  unary('LeakyRelu', (x) => tf.leakyRelu(x, 0.1)),
  unary('Softplus', tf.softplus, (r) => 5 * r.normal()),
  unary('Step', (x) => tf.step(x, 0.3)),
  unary('ClipByValue', (x) => tf.clipByValue(x, -0.5, 0.7)),
  unary('IsNan', (x) => tf.isNaN(tf.log(x)), normal, false),
  unary('IsInf', (x) => tf.isInf(tf.div(x, 0)), normal, false),
  unary('IsFinite', (x) => tf.isFinite(tf.log(x)), normal, false),
  unary(
    'Cast to int32',
    (x) => tf.cast(x, 'int32'),
    (r) => 3 * r.normal(),
    false,
  ),
  unary('Cast to bool', (x) => tf.cast(x, 'bool'), integer, false),
  {
    name: 'Prelu',
    inputs: (r) => {
      const shape = dims(r, 3);
      return [draw(r, shape), draw(r, shape.slice(-1))];
    },
    run: (x, alpha) => tf.prelu(x, alpha),
  },

  ...comparison('Equal', tf.equal),
  ...comparison('NotEqual', tf.notEqual),
  ...comparison('Greater', tf.greater),
  ...comparison('GreaterEqual', tf.greaterEqual),
  ...comparison('Less', tf.less),
  ...comparison('LessEqual', tf.lessEqual),
  logical('LogicalAnd', tf.logicalAnd),
  logical('LogicalOr', tf.logicalOr),
  logical('LogicalXor', tf.logicalXor),
  {
    name: 'LogicalNot',
    inputs: (r) => [draw(r, anyShape(r), bit, 'bool')],
    run: tf.logicalNot,
    gradient: false,
  },
  {
    name: 'Select',
    inputs: (r) => {
      const shape = [...dims(r, 2), 3];
      return [draw(r, shape), draw(r, shape)];
    },
    run: (a, b) => tf.where(tf.tensor1d([true, false, true]), a, tf.mul(b, 2)),
  },

  ...reduction('Sum', tf.sum),
  ...reduction('Sum int32', tf.sum, integer, 'int32', false),
  ...reduction('Mean', tf.mean),
  ...reduction('Prod', tf.prod, positive),
  ...reduction('Max', tf.max),
  ...reduction('Min', tf.min),
  ...reduction('All', tf.all as never, bit, 'bool', false),
  ...reduction('Any', tf.any as never, bit, 'bool', false),
  { name: 'ArgMax', inputs: (r) => [draw(r, dims(r, 3))], run: (x) => tf.argMax(x, 1), gradient: false },
  { name: 'ArgMin', inputs: (r) => [draw(r, dims(r, 3))], run: (x) => tf.argMin(x, -1), gradient: false },
  { name: 'Softmax', inputs: (r) => [draw(r, dims(r, 2))], run: (x) => tf.softmax(x) },
  { name: 'Cumsum', inputs: (r) => [draw(r, dims(r, 3))], run: (x) => tf.cumsum(x, 2) },
  {
    name: 'Cumsum exclusive, reversed',
    inputs: (r) => [draw(r, dims(r, 2))],
    run: (x) => tf.cumsum(x, 1, true, true),
  },

  ...[false, true].flatMap((ta) =>
    [false, true].map((tb) => ({
      name: `BatchMatMul rank 2 transposeA ${ta} transposeB ${tb}`,
      inputs: (r: RandomStream) => {
        const [m, k, n] = dims(r, 3, 7);
        return [draw(r, ta ? [k, m] : [m, k]), draw(r, tb ? [n, k] : [k, n])];
      },
      run: (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, ta, tb),
    })),
  ),
  ...[false, true].map((t) => ({
    name: `BatchMatMul rank 3 transposed ${t}`,
    inputs: (r: RandomStream) => {
      const [batch, m, k, n] = dims(r, 4);
      return [draw(r, t ? [batch, k, m] : [batch, m, k]), draw(r, t ? [batch, n, k] : [batch, k, n])];
    },
    run: (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, t, t),
  })),
  ...fusedActivations.map((activation) => ({
    name: `_FusedMatMul ${activation}`,
    inputs: (r: RandomStream) => {
      const [m, k, n] = dims(r, 3);
      return [draw(r, [m, k]), draw(r, [k, n]), draw(r, [n])];
    },
    run: (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) =>
      tf.fused.matMul({ a, b, bias, activation: activation as 'relu', transposeA: false, transposeB: false }),
    gradient: false,
  })),

  {
    name: 'Einsum',
    inputs: (r) => [draw(r, [2, 3, 4]), draw(r, [4, 2, 5])],
    run: (a, b) => tf.einsum('abc,cad->db', a, b),
    // tfjs has no gradient for it.
    gradient: false,
  },

  convolution(1, 1, 'same', [3, 3]),
  convolution(1, 1, 'valid', [2, 3]),
  convolution(2, 1, 'same', [3, 2]),
  convolution(2, 1, 'valid', [3, 3]),
  convolution(3, 1, 'valid', [2, 2]),
  convolution(1, 1, 1, [3, 3]),
  { ...convolution(1, 2, 'same', [3, 3]), gradient: false },
  {
    name: 'Conv2DBackpropInput as tf.conv2dTranspose',
    inputs: (r) => [draw(r, [2, 4, 5, 3]), draw(r, [3, 3, 2, 3])],
    run: (x, w) => tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, [2, 8, 10, 2], 2, 'same'),
  },
  {
    name: 'Conv2D NCHW',
    inputs: (r) => [draw(r, [2, 3, 6, 5]), draw(r, [3, 2, 3, 4])],
    run: (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'valid', 'NCHW'),
  },
  {
    name: 'FusedConv2D',
    inputs: (r) => [draw(r, [2, 5, 6, 3]), draw(r, [3, 3, 3, 4]), draw(r, [4])],
    run: (x, filter, bias) =>
      tf.fused.conv2d({
        x: x as tf.Tensor4D,
        filter: filter as tf.Tensor4D,
        strides: 1,
        pad: 'same',
        bias,
        activation: 'relu',
      }),
    gradient: false,
  },
  {
    name: 'FusedDepthwiseConv2D',
    inputs: (r) => [draw(r, [2, 5, 6, 3]), draw(r, [3, 3, 3, 2]), draw(r, [6])],
    run: (x, filter, bias) =>
      tf.fused.depthwiseConv2d({
        x: x as tf.Tensor4D,
        filter: filter as tf.Tensor4D,
        strides: 1,
        pad: 'same',
        bias,
        activation: 'elu',
      }),
    gradient: false,
  },
  depthwise(1, 1, 'same'),
  depthwise(2, 1, 'valid'),
  depthwise(1, 2, 'valid'),
  pool('max', 2, 2, 'valid'),
  pool('max', 3, 2, 'same'),
  pool('max', 3, 1, 'valid'),
  pool('avg', 2, 2, 'valid'),
  pool('avg', 3, 2, 'same'),
  pool('avg', 3, 1, 'valid'),
  {
    name: 'FusedBatchNorm',
    inputs: (r) => {
      const [n, h, w, c] = dims(r, 4);
      return [draw(r, [n, h, w, c]), draw(r, [c]), draw(r, [c], positive), draw(r, [c]), draw(r, [c])];
    },
    run: (x, mean, variance, offset, scale) =>
      tf.batchNorm(
        x,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor1D,
        scale as tf.Tensor1D,
        1e-3,
      ),
    // Several float32 reductions in different orders.
    tolerance: 1e-4,
  },

  { name: 'Identity', inputs: (r) => [draw(r, anyShape(r))], run: (x) => tf.clone(x) },
  { name: 'Reshape', inputs: (r) => [draw(r, dims(r, 3))], run: (x) => tf.reshape(x, [-1, x.shape[1]!]) },
  { name: 'ExpandDims', inputs: (r) => [draw(r, dims(r, 3))], run: (x) => tf.expandDims(x, -2) },
  {
    name: 'Transpose',
    inputs: (r) => [draw(r, dims(r, 4))],
    run: (x) => tf.transpose(tf.transpose(x, [2, 0, 3, 1]), [1, 0, 3, 2]),
  },
  { name: 'Slice', inputs: (r) => [draw(r, [4, 5, 3])], run: (x) => tf.slice(x, [1, 2, 0], [2, -1, 2]) },
  {
    name: 'StridedSlice',
    inputs: (r) => [draw(r, [6, 5, 4])],
    run: (x) => tf.stridedSlice(x, [4, 0, 1], [0, 5, 4], [-2, 2, 3]),
    gradient: false,
  },
  {
    name: 'StridedSlice with masks',
    inputs: (r) => [draw(r, [6, 5, 4])],
    run: (x) => tf.stridedSlice(x, [3, 1, 1], [0, 5, 2], [-1, 2, 1], 1, 1),
    gradient: false,
  },
  {
    name: 'Concat',
    inputs: (r) => [draw(r, [2, 3, 4]), draw(r, [2, 1, 4]), draw(r, [2, 2, 4])],
    run: (...xs) => tf.concat(xs, 1),
  },
  { name: 'Pack', inputs: (r) => [draw(r, [2, 3]), draw(r, [2, 3])], run: (...xs) => tf.stack(xs, 1) },
  {
    name: 'Unpack',
    inputs: (r) => [draw(r, [3, 2, 4])],
    run: (x) => tf.addN(tf.unstack(x, 1).map((part, i) => tf.mul(part, i + 1))),
  },
  {
    name: 'SplitV',
    inputs: (r) => [draw(r, [3, 6])],
    run: (x) => tf.add(...(tf.split(x, [2, 2, 2], 1).slice(1) as [tf.Tensor, tf.Tensor])),
  },
  {
    name: 'PadV2',
    inputs: (r) => [draw(r, dims(r, 2))],
    run: (x) =>
      tf.pad(
        x,
        [
          [1, 2],
          [0, 3],
        ],
        0.5,
      ),
  },
  {
    name: 'MirrorPad reflect',
    inputs: (r) => [draw(r, [4, 5])],
    run: (x) =>
      tf.mirrorPad(
        x,
        [
          [2, 1],
          [3, 0],
        ],
        'reflect',
      ),
  },
  {
    name: 'MirrorPad symmetric',
    inputs: (r) => [draw(r, [4, 5])],
    run: (x) =>
      tf.mirrorPad(
        x,
        [
          [2, 4],
          [3, 0],
        ],
        'symmetric',
      ),
  },
  { name: 'Tile', inputs: (r) => [draw(r, dims(r, 3))], run: (x) => tf.tile(x, [2, 1, 3]) },
  {
    name: 'Tile as tf.broadcastTo',
    inputs: (r) => [draw(r, [3, 1])],
    run: (x) => tf.broadcastTo(x, [2, 3, 4]),
  },
  { name: 'Cumprod', inputs: (r) => [draw(r, dims(r, 3))], run: (x) => tf.cumprod(x, 1), gradient: false },
  {
    name: 'Cumprod exclusive, reversed',
    inputs: (r) => [draw(r, dims(r, 2))],
    run: (x) => tf.cumprod(x, 1, true, true),
    gradient: false,
  },
  { name: 'Reverse', inputs: (r) => [draw(r, dims(r, 3))], run: (x) => tf.reverse(x, [0, 2]) },
  {
    name: 'GatherV2',
    inputs: (r) => [draw(r, [5, 3])],
    run: (x) => tf.gather(x, tf.tensor2d([4, 0, 4, 1], [2, 2], 'int32')),
  },
  {
    name: 'GatherV2 along axis 1',
    inputs: (r) => [draw(r, [2, 5, 3])],
    run: (x) => tf.gather(x, tf.tensor1d([4, 0, 4], 'int32'), 1),
  },
  {
    name: 'GatherV2 batchDims 1',
    inputs: (r) => [draw(r, [2, 5, 3])],
    run: (x) => tf.gather(x, tf.tensor2d([4, 0, 1, 1], [2, 2], 'int32'), 1, 1),
    gradient: false,
  },
  {
    name: 'UnsortedSegmentSum',
    inputs: (r) => [draw(r, [5, 3])],
    run: (x) => tf.unsortedSegmentSum(x, tf.tensor1d([2, 0, 2, 3, -1], 'int32'), 4),
  },
  {
    name: 'OneHot',
    inputs: (r) => [draw(r, [6], (s) => s.integer(5), 'int32')],
    run: (x) => tf.oneHot(x as tf.Tensor1D, 4, 2, -1),
    gradient: false,
  },
  { name: 'Fill', inputs: (r) => [draw(r, dims(r, 2))], run: (x) => tf.add(x, tf.fill(x.shape, 1.5)) },
  { name: 'ZerosLike', inputs: (r) => [draw(r, dims(r, 2))], run: (x) => tf.add(x, tf.zerosLike(x)) },
  { name: 'OnesLike', inputs: (r) => [draw(r, dims(r, 2))], run: (x) => tf.add(x, tf.onesLike(x)) },
];
