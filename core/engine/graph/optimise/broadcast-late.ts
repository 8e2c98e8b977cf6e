// Works on small tensors before they are spread out. tfjs's gradients repeat a mean or a scale over a whole batch (`tile`,
// a product with ones) and compute on that; ONNX's elementwise operators broadcast by themselves.
import { broadcastShapes, expand, reshape } from '../operators.ts';
import type { Rule } from '../rewrite.ts';
import { type Constant, constant, record, type Value } from '../value.ts';
import { isElementwise } from './axes.ts';

const sameShape = (a: readonly number[], b: readonly number[]): boolean => String(a) === String(b);

/** The one number that a constant repeats. */
function repeated(value: Value): Value | undefined {
  const numbers = value.constant as Float32Array | undefined;
  if (!numbers || numbers.length < 2 || !numbers.every((n) => n === numbers[0])) return undefined;
  return constant(
    numbers.slice(0, 1) as Constant,
    value.shape.map(() => 1),
    value.dtype,
  );
}

/** Rules with a memory of what is spread out from what; to be used for one graph. */
export function broadcastLate(): Rule {
  const narrow = new Map<Value, Value>();
  const seen = new Set<Value>();
  const narrowest = (value: Value): Value => {
    if (value.constant && !seen.has(value)) {
      seen.add(value);
      const one = repeated(value);
      if (one) narrow.set(value, one);
    }
    return narrow.get(value) ?? value;
  };
  const spread = (small: Value, shape: readonly number[]): Value => {
    const rank = shape.length;
    const aligned = reshape(small, [
      ...Array.from({ length: rank - small.shape.length }, () => 1),
      ...small.shape,
    ]);
    const wide = expand(aligned, shape);
    if (wide !== aligned) narrow.set(wide, aligned);
    return wide;
  };
  return ({ op, inputs, attributes, outputs }) => {
    const [{ shape, dtype }] = outputs;
    if (op === 'Tile' || op === 'Expand') {
      const x = inputs[0]!;
      const grows = shape.slice(shape.length - x.shape.length);
      // Only axes of size 1 are repeated.
      return x.shape.every((n, i) => n === 1 || n === grows[i]) ? [spread(narrowest(x), shape)] : undefined;
    }
    if (!isElementwise(op) || shape.length === 0) return undefined;
    const operands = inputs as readonly Value[];
    const small = operands.map(narrowest);
    if (small.every((value, i) => value === operands[i])) return undefined;
    const least = small.map((value) => value.shape).reduce((a, b) => broadcastShapes(a, b));
    const result = record(op, small, attributes, least, dtype);
    return [sameShape(least, shape) ? result : spread(result, shape)];
  };
}
