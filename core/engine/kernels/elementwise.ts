// Kernels that work element by element: arithmetic, elementary functions, activations and their gradients.
import { backend_util } from '@tensorflow/tfjs-core';
import { add, binary, cast, divide, multiply, subtract, where } from '../graph/operators.ts';
import { float, record, scalar, type Value } from '../graph/value.ts';
import type { Family, Lowering } from './lowering.ts';

type Inputs = Readonly<Record<string, Value>>;

const unary =
  (op: string): Lowering<unknown> =>
  ({ x }) =>
    record(op, [x]);

/** The functions that ONNX defines for float only: tfjs answers float32 for an integer too. */
const unaryFloat =
  (op: string): Lowering<unknown> =>
  ({ x }) =>
    record(op, [cast(x, 'float32')]);

const arithmetic =
  (op: string): Lowering<unknown> =>
  ({ a, b }) =>
    binary(op, a, b);

const real = (x: Value): Value => cast(x, 'float32');

const one = (like: Value): Value => scalar(1, like.dtype);

/** log(1 + x) without loss for small x (Kahan): log(u) x / (u - 1) with u = 1 + x as rounded, x where u = 1. */
function log1p(x: Value): Value {
  const u = add(x, one(x));
  const small = binary('Equal', u, one(x), 'bool');
  const infinite = binary('Equal', u, scalar(Number.POSITIVE_INFINITY), 'bool');
  const ratio = divide(multiply(record('Log', [u]), x), subtract(u, one(x)));
  return where(small, x, where(infinite, u, ratio));
}

/** exp(x) - 1 without loss for small x (Kahan): (u - 1) x / log(u) with u = exp(x) as rounded. */
function expm1(x: Value): Value {
  const u = record('Exp', [x]);
  const minusOne = subtract(u, one(x));
  const small = binary('Equal', u, one(x), 'bool');
  const extreme = binary('Greater', record('Abs', [x]), scalar(1), 'bool');
  const ratio = divide(multiply(minusOne, x), record('Log', [u]));
  return where(small, x, where(extreme, minusOne, ratio));
}

/** tfjs's activations by their names in fused kernels. */
export function activate(
  x: Value,
  activation: string,
  preluWeights: Value | undefined,
  leakyReluAlpha = 0.2,
): Value {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return record('Relu', [x]);
    case 'relu6':
      return clip(x, 0, 6);
    case 'elu':
      return record('Elu', [x]);
    case 'sigmoid':
      return record('Sigmoid', [x]);
    case 'prelu':
      return record('PRelu', [x, preluWeights]);
    case 'leakyrelu':
      return record('LeakyRelu', [x], { alpha: float(leakyReluAlpha) });
    default:
      throw new RangeError(`fused activation ${activation} is not known`);
  }
}

const clip = (x: Value, low: number, high: number): Value =>
  record('Clip', [x, scalar(low, x.dtype), scalar(high, x.dtype)]);

/** Remainder with the sign of the divisor, as tfjs's Mod: x - floor(x / y) y on floats, ONNX Mod on integers. */
const mod = ({ a, b }: Inputs): Value =>
  a.dtype === 'float32' ? subtract(a, multiply(record('Floor', [divide(a, b)]), b)) : binary('Mod', a, b);

/** floor(a / b), for integers too (ONNX integer division truncates). */
const floorDiv = ({ a, b }: Inputs): Value =>
  cast(record('Floor', [divide(cast(a, 'float32'), cast(b, 'float32'))]), 'int32');

/** The functions that leave integers as they are. */
const rounding =
  (op: string): Lowering<unknown> =>
  ({ x }) =>
    x.dtype === 'float32' ? record(op, [x]) : x;

/** -1, 0 or 1; 0 where x is NaN, as in tfjs. */
function sign(x: Value): Value {
  const side = (op: string): Value => cast(binary(op, x, scalar(0, x.dtype), 'bool'), x.dtype);
  return subtract(side('Greater'), side('Less'));
}

/** Angle of the point (b, a), in (-pi, pi]. */
function atan2({ a, b }: Inputs): Value {
  const zero = scalar(0);
  const [y, x] = [cast(a, 'float32'), cast(b, 'float32')];
  const below = binary('Less', y, zero, 'bool');
  const halfTurn = where(below, scalar(-Math.PI), scalar(Math.PI));
  const turn = where(binary('Less', x, zero, 'bool'), halfTurn, zero);
  const slanted = add(record('Atan', [divide(y, x)]), turn);
  const upright = multiply(sign(y), scalar(Math.PI / 2));
  return where(binary('Equal', x, zero, 'bool'), upright, slanted);
}

export const elementwise: Family = {
  Add: arithmetic('Add'),
  Sub: arithmetic('Sub'),
  Multiply: arithmetic('Mul'),
  RealDiv: ({ a, b }: Inputs) => divide(cast(a, 'float32'), cast(b, 'float32')),
  FloorDiv: floorDiv,
  Mod: mod,
  Pow: arithmetic('Pow'),
  Maximum: arithmetic('Max'),
  Minimum: arithmetic('Min'),
  SquaredDifference: ({ a, b }: Inputs) => {
    const difference = subtract(a, b);
    return multiply(difference, difference);
  },
  Atan2: atan2,
  BitwiseAnd: arithmetic('BitwiseAnd'),
  AddN: (_inputs: Inputs, _attributes: unknown, all: readonly Value[]) => all.reduce(add),

  Abs: unary('Abs'),
  Neg: unary('Neg'),
  Sign: ({ x }: Inputs) => sign(x),
  Floor: rounding('Floor'),
  Ceil: rounding('Ceil'),
  Round: rounding('Round'),
  Exp: unaryFloat('Exp'),
  Log: unaryFloat('Log'),
  Log1p: ({ x }: Inputs) => log1p(cast(x, 'float32')),
  Expm1: ({ x }: Inputs) => expm1(cast(x, 'float32')),
  Sqrt: unaryFloat('Sqrt'),
  Rsqrt: ({ x }: Inputs) => record('Reciprocal', [record('Sqrt', [cast(x, 'float32')])]),
  Reciprocal: unaryFloat('Reciprocal'),
  Square: ({ x }: Inputs) => multiply(x, x),
  Sin: unaryFloat('Sin'),
  Cos: unaryFloat('Cos'),
  Tan: unaryFloat('Tan'),
  Asin: unaryFloat('Asin'),
  Acos: unaryFloat('Acos'),
  Atan: unaryFloat('Atan'),
  Sinh: unaryFloat('Sinh'),
  Cosh: unaryFloat('Cosh'),
  Asinh: unaryFloat('Asinh'),
  Acosh: unaryFloat('Acosh'),
  Atanh: unaryFloat('Atanh'),
  Erf: unaryFloat('Erf'),
  IsNan: ({ x }: Inputs) => record('IsNaN', [cast(x, 'float32')], {}, x.shape, 'bool'),
  IsInf: ({ x }: Inputs) => record('IsInf', [cast(x, 'float32')], {}, x.shape, 'bool'),
  IsFinite: ({ x }: Inputs) => {
    const infinity = scalar(Number.POSITIVE_INFINITY);
    return binary('Less', record('Abs', [cast(x, 'float32')]), infinity, 'bool');
  },

  Sigmoid: unaryFloat('Sigmoid'),
  Tanh: unaryFloat('Tanh'),
  Relu: unary('Relu'),
  Relu6: ({ x }: Inputs) => clip(x, 0, 6),
  Elu: unaryFloat('Elu'),
  /** d elu: dy where y >= 0, else dy (y + 1). */
  EluGrad: ({ dy, y }: Inputs) =>
    where(binary('GreaterOrEqual', y, scalar(0), 'bool'), dy, multiply(dy, add(y, scalar(1)))),
  Selu: ({ x }: Inputs) => {
    const alpha = float(backend_util.SELU_SCALEALPHA / backend_util.SELU_SCALE);
    return multiply(record('Elu', [real(x)], { alpha }), scalar(backend_util.SELU_SCALE));
  },
  LeakyRelu: ({ x }: Inputs, { alpha }: { alpha: number }) =>
    record('LeakyRelu', [cast(x, 'float32')], { alpha: float(alpha) }),
  Prelu: ({ x, alpha }: Inputs) =>
    where(binary('Less', x, scalar(0, x.dtype), 'bool'), multiply(alpha, real(x)), real(x)),
  Softplus: unaryFloat('Softplus'),
  /** 1 where x > 0, alpha elsewhere. NaN counts as elsewhere: this is the gradient of every ReLU, and kept short. */
  Step: ({ x }: Inputs, { alpha }: { alpha: number }) => {
    const positive = binary('Greater', x, scalar(0, x.dtype), 'bool');
    // ONNX Runtime's Where runs on one thread, and the gradient of relu is a step for every number of a batch.
    return alpha === 0
      ? cast(positive, x.dtype)
      : where(positive, scalar(1, x.dtype), scalar(alpha, x.dtype));
  },
  ClipByValue: (
    { x }: Inputs,
    { clipValueMin, clipValueMax }: { clipValueMin: number; clipValueMax: number },
  ) => clip(x, clipValueMin, clipValueMax),
  Cast: ({ x }: Inputs, { dtype }: { dtype: Value['dtype'] }) => cast(x, dtype),
};
