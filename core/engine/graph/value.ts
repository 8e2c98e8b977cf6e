// The graph that kernels record: values joined by ONNX operators. A value knows its static shape and element type,
// and either the node that makes it, the numbers it holds, or the name under which it is fed. Nothing computes here.

/** Element types of the graph: the three of tfjs, and those that only feeds and ONNX operators use on the way. */
export type ElementType = 'float32' | 'int32' | 'bool' | 'int64' | 'uint32' | 'int8' | 'uint8';

export type Constant = Float32Array | Int32Array | Uint8Array | Int8Array | BigInt64Array | Uint32Array;

/** ONNX attribute values. Integers and floats are told apart by {@link float}. */
export type Attribute = number | string | readonly number[] | FloatAttribute;
export interface FloatAttribute {
  readonly float: number;
}

/** Marks an attribute as an ONNX FLOAT (plain numbers become INT). */
export const float = (value: number): FloatAttribute => ({ float: value });

/** One ONNX operator with its inputs; an input may be left out (`undefined`). */
export interface Node {
  readonly op: string;
  readonly inputs: readonly (Value | undefined)[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly outputs: Value[];
  /** What asked for this node: a tfjs kernel, and the layer if known. Shown when ONNX Runtime objects. */
  readonly origin: string;
}

/** A tensor of the graph. Exactly one of `node`, `constant` and `input` is set; evaluation turns a node's into numbers. */
export interface Value {
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  node?: Node | undefined;
  constant?: Constant | undefined;
  /** Fed from outside: the key under which the program finds the numbers. */
  input?: string | undefined;
}

let origin = '';

/** What the nodes recorded now are made for: layer and kernel, outermost first. */
export const currentOrigin = (): string => origin;

/** Runs `record` with its nodes marked as made for `name`. */
export function withOrigin<T>(name: string, record: () => T): T {
  const before = origin;
  origin = before === '' ? name : `${before} > ${name}`;
  try {
    return record();
  } finally {
    origin = before;
  }
}

/** Shape and type of one output of an operator. */
export interface OutputSpec {
  readonly shape: readonly number[];
  readonly dtype: ElementType;
}

/** Records an operator with several outputs. */
export function recordNode(
  op: string,
  inputs: readonly (Value | undefined)[],
  attributes: Readonly<Record<string, Attribute>>,
  outputs: readonly OutputSpec[],
): Value[] {
  const node: Node = { op, inputs, attributes, outputs: [], origin };
  for (const { shape, dtype } of outputs) node.outputs.push({ shape, dtype, node });
  return node.outputs;
}

/** Records an operator with one output. Shape and type default to those of the first input. */
export function record(
  op: string,
  inputs: readonly (Value | undefined)[],
  attributes: Readonly<Record<string, Attribute>> = {},
  shape: readonly number[] = inputs[0]!.shape,
  dtype: ElementType = inputs[0]!.dtype,
): Value {
  return recordNode(op, inputs, attributes, [{ shape, dtype }])[0];
}

/** A value that holds its numbers. */
export const constant = (data: Constant, shape: readonly number[], dtype: ElementType): Value => ({
  constant: data,
  shape,
  dtype,
});

/** A 1-d int64 constant, as ONNX wants shapes, axes and pads. */
export const int64 = (values: readonly number[]): Value =>
  constant(BigInt64Array.from(values, BigInt), [values.length], 'int64');

const scalarArrays = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
  uint32: Uint32Array,
  int8: Int8Array,
  uint8: Uint8Array,
} as const;

/**
 * The element type of that name.
 * @throws RangeError for tfjs's others, string and complex64
 */
export function elementType(dtype: string): ElementType {
  if (dtype === 'int64' || dtype in scalarArrays) return dtype as ElementType;
  throw new RangeError(`the engine has no ${dtype} tensors, only float32, int32 and bool`);
}

/** A scalar constant of the given type. */
export function scalar(value: number, dtype: ElementType = 'float32'): Value {
  return dtype === 'int64'
    ? constant(BigInt64Array.of(BigInt(value)), [], dtype)
    : constant(scalarArrays[dtype].of(value), [], dtype);
}
