// What a new order of axes means for an operator: which of its inputs are to be in the same order as its outputs, and how
// its attributes and whole-number inputs read then.
import { int64, type Node, type Value } from '../value.ts';
import { inverse, type Order, reorder } from './permutation.ts';

const elementwise = new Set(
  `Add Sub Mul Div Pow Max Min Mod Sum Where Greater GreaterOrEqual Less LessOrEqual Equal And Or Xor Not Cast Identity
   Neg Abs Exp Log Sqrt Reciprocal Sign Floor Ceil Round Erf Sin Cos Tan Sinh Cosh Asin Acos Atan Asinh Acosh Atanh
   Relu LeakyRelu PRelu Elu Selu Sigmoid HardSigmoid Tanh Softplus Softsign Clip IsNaN IsInf
   BitShift BitwiseAnd BitwiseOr BitwiseXor BitwiseNot`
    .trim()
    .split(/\s+/),
);

/** True for operators that work element by element, with the broadcasting of ONNX. */
export const isElementwise = (op: string): boolean => elementwise.has(op);

const numbersOf = (value: Value | undefined): number[] =>
  Array.from((value?.constant as BigInt64Array | undefined) ?? [], Number);

/** Where the axes of an operator stand in another order; an axis below zero counts from the end. */
const moved = (axes: readonly number[], order: Order): number[] => {
  const places = inverse(order);
  return axes.map((axis) => places[axis < 0 ? axis + order.length : axis]);
};

/** How one operator follows an order of axes. */
interface Following {
  /** The inputs that have the outputs' axes, or axes that are broadcast to them. */
  readonly inputs: 'all' | 'first';
  /** The operator's own numbers in the other order. */
  readonly restate?: (node: Node, order: Order) => Pick<Node, 'attributes'> & { readonly numbers?: Value[] };
}

const axisAttribute: Following['restate'] = ({ attributes }, order) => ({
  attributes: { ...attributes, axis: moved([attributes.axis as number], order)[0] },
});

const operators: Readonly<Record<string, Following>> = {
  Concat: { inputs: 'all', restate: axisAttribute },
  Softmax: { inputs: 'first', restate: axisAttribute },
  LogSoftmax: { inputs: 'first', restate: axisAttribute },
  Split: {
    inputs: 'first',
    restate: (node, order) => ({ ...axisAttribute(node, order), numbers: node.inputs.slice(1) as Value[] }),
  },
  Pad: {
    inputs: 'first',
    restate: ({ attributes, inputs: [, pads, value] }, order) => {
      const numbers = numbersOf(pads);
      const rank = order.length;
      const both = [reorder(numbers.slice(0, rank), order), reorder(numbers.slice(rank), order)];
      return { attributes, numbers: [int64(both.flat()), value!] };
    },
  },
  Slice: {
    inputs: 'first',
    restate: ({ attributes, inputs: [, begin, end, axes, steps] }, order) => {
      const places = int64(moved(numbersOf(axes), order));
      return { attributes, numbers: [begin!, end!, places, ...(steps ? [steps] : [])] };
    },
  },
  Tile: {
    inputs: 'first',
    restate: ({ attributes, inputs: [, counts] }, order) => ({
      attributes,
      numbers: [int64(reorder(numbersOf(counts), order))],
    }),
  },
  Expand: {
    inputs: 'first',
    restate: ({ attributes, inputs: [, shape] }, order) => ({
      attributes,
      numbers: [int64(reorder(numbersOf(shape), order))],
    }),
  },
};

const constantNumbers = ({ op, inputs }: Node): boolean =>
  operators[op]?.inputs !== 'first' || inputs.slice(1).every((value) => value?.constant !== undefined);

const following = (node: Node): Following | undefined =>
  elementwise.has(node.op) ? { inputs: 'all' } : constantNumbers(node) ? operators[node.op] : undefined;

/** True when the operator can work in any order of axes. */
export const follows = (node: Node): boolean => following(node) !== undefined;

/** The inputs that take part in the outputs' order of axes. */
export const aligned = (node: Node): readonly (Value | undefined)[] =>
  following(node)?.inputs === 'first' ? node.inputs.slice(0, 1) : node.inputs;

/** Attributes of the operator, and its whole-number inputs, when its axes stand in `order`. */
export const restated = (
  node: Node,
  order: Order,
): Pick<Node, 'attributes'> & { readonly numbers: readonly Value[] } => ({
  numbers: [],
  ...(following(node)?.restate?.(node, order) ?? { attributes: node.attributes }),
});

/** A product of two matrices, which takes each of them as it is or transposed. */
export const isMatrixProduct = ({ op, inputs }: Node): boolean =>
  (op === 'MatMul' || op === 'Gemm') &&
  inputs.length === 2 &&
  inputs.every((value) => value?.shape.length === 2);

/** Axes of a reduction over constant axes, sorted; undefined for other operators. */
export function reducedAxes({ op, inputs: [x, axes] }: Node): number[] | undefined {
  if (!op.startsWith('Reduce') || !axes?.constant) return undefined;
  const rank = x!.shape.length;
  return numbersOf(axes)
    .map((axis) => (axis < 0 ? axis + rank : axis))
    .sort((a, b) => a - b);
}

export { moved as movedAxes };
