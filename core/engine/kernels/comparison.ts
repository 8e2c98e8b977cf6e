// Kernels that answer bool or choose by bool.
import { binary, cast, reshape, where } from '../graph/operators.ts';
import { record, type Value } from '../graph/value.ts';
import type { Family, Lowering } from './lowering.ts';

type Inputs = Readonly<Record<string, Value>>;

const compare =
  (op: string): Lowering<unknown> =>
  ({ a, b }) =>
    binary(op, a, b, 'bool');

/** ONNX orders numbers only: bool operands are compared as int32. */
const order =
  (op: string): Lowering<unknown> =>
  ({ a, b }) => {
    const [left, right] = a.dtype === 'bool' ? [cast(a, 'int32'), cast(b, 'int32')] : [a, b];
    return binary(op, left, right, 'bool');
  };

const not = (x: Value): Value => record('Not', [cast(x, 'bool')], {}, x.shape, 'bool');

export const comparison: Family = {
  Equal: compare('Equal'),
  NotEqual: ({ a, b }: Inputs) => not(binary('Equal', a, b, 'bool')),
  Greater: order('Greater'),
  GreaterEqual: order('GreaterOrEqual'),
  Less: order('Less'),
  LessEqual: order('LessOrEqual'),
  LogicalAnd: compare('And'),
  LogicalOr: compare('Or'),
  LogicalNot: ({ x }: Inputs) => not(x),
  /** A condition of rank 1 chooses whole rows, as in tfjs. */
  Select: ({ condition, t, e }: Inputs) => {
    const rows = condition.shape.length === 1 && t.shape.length > 1;
    const mask = rows
      ? reshape(condition, [condition.shape[0], ...t.shape.slice(1).map(() => 1)])
      : condition;
    return where(cast(mask, 'bool'), t, e);
  },
};
