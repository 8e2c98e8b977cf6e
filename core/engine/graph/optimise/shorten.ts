// Replaces what tfjs's kernels and gradients say in two operators by what ONNX says in one.
import { sizeOf } from '../../tensor-data.ts';
import { orderedNodes } from '../model.ts';
import { multiply, reshape, subtract } from '../operators.ts';
import { type Rule, rewrite } from '../rewrite.ts';
import { type Node, recordNode, type Value } from '../value.ts';
import { broadcastLate } from './broadcast-late.ts';
import { joinProducts } from './join-products.ts';
import { once } from './once.ts';

/** How often each value is read. */
function countReaders(outputs: Readonly<Record<string, Value>>): Map<Value, number> {
  const readers = new Map<Value, number>();
  const all = orderedNodes(Object.values(outputs)).flatMap(({ inputs }) => inputs);
  for (const value of [...all, ...Object.values(outputs)]) {
    if (value) readers.set(value, (readers.get(value) ?? 0) + 1);
  }
  return readers;
}

/** The shape of one number for each of a convolution's channels, beside its output [N, C, ...]. */
const isPerChannel = ({ shape }: Value, output: readonly number[]): boolean => {
  const full = [...output.map(() => 1).slice(shape.length), ...shape];
  return full.length === output.length && full.every((n, i) => n === (i === 1 ? output[1] : 1));
};

const soleConvolution = (value: Value, recorded: Value, readers: Map<Value, number>): Node | undefined =>
  /^Conv/.test(value.node?.op ?? '') && withoutBias(value.node!) && readers.get(recorded) === 1
    ? value.node
    : undefined;

const withoutBias = ({ inputs }: Node): boolean => inputs[2] === undefined;

/** conv(x, w) + b is a convolution with a bias. */
const biasIntoConvolution =
  (readers: Map<Value, number>): Rule =>
  ({ op, inputs, outputs }, recorded) => {
    if (op !== 'Add') return undefined;
    for (const [i, j] of [
      [0, 1],
      [1, 0],
    ]) {
      const convolution = soleConvolution(inputs[i]!, recorded.inputs[i]!, readers);
      const bias = inputs[j]!;
      if (!convolution || !isPerChannel(bias, outputs[0].shape)) continue;
      const vector = reshape(bias, [sizeOf(bias.shape)]);
      return recordNode(
        convolution.op,
        [...convolution.inputs.slice(0, 2), vector],
        convolution.attributes,
        outputs,
      );
    }
    return undefined;
  };

/** a + (-b) is a - b. */
const subtractNegative: Rule = ({ op, inputs }) => {
  if (op !== 'Add') return undefined;
  const [a, b] = inputs as [Value, Value];
  if (b.node?.op === 'Neg') return [subtract(a, b.node.inputs[0]!)];
  if (a.node?.op === 'Neg') return [subtract(b, a.node.inputs[0]!)];
  return undefined;
};

const isSmaller = (a: Value, b: Value): boolean => sizeOf(a.shape) < sizeOf(b.shape);

/** (x s) t is x (s t) where s and t are smaller than x. */
const multiplyFactorsFirst =
  (readers: Map<Value, number>): Rule =>
  ({ op, inputs, outputs }, recorded) => {
    if (op !== 'Mul' || outputs[0].dtype !== 'float32') return undefined;
    for (const [i, j] of [
      [0, 1],
      [1, 0],
    ]) {
      const product = inputs[i]!;
      const second = inputs[j]!;
      if (product.node?.op !== 'Mul' || readers.get(recorded.inputs[i]!) !== 1) continue;
      const [a, b] = product.node.inputs as [Value, Value];
      const [x, first] = isSmaller(a, b) ? [b, a] : [a, b];
      const factor = multiply(first, second);
      if (isSmaller(factor, x)) return [multiply(x, factor)];
    }
    return undefined;
  };

/** The same graph in fewer operators, and on smaller tensors. */
export function shorten(outputs: Readonly<Record<string, Value>>): Record<string, Value> {
  const narrowed = joinProducts(rewrite(rewrite(outputs, [broadcastLate()]), [once()]));
  const readers = countReaders(narrowed);
  return rewrite(narrowed, [biasIntoConvolution(readers), subtractNegative, multiplyFactorsFirst(readers)]);
}
