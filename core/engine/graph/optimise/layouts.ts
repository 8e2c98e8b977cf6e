// Chooses the order of axes in which every value of a compiled step is kept. tfjs has the channels last and filters HWIO,
// ONNX Runtime's convolutions the channels first and filters OIHW; between two convolutions, and from a filter's gradient
// through its optimiser to the filter's new numbers, nothing needs tfjs's order, and nothing is transposed.
import { orderedNodes } from '../model.ts';
import { matMul, reshape, transpose } from '../operators.ts';
import { constant, int64, type Node, record, recordNode, type Value, withOrigin } from '../value.ts';
import { aligned, follows, isMatrixProduct, movedAxes, reducedAxes, restated } from './axes.ts';
import { LayoutGroups, type LayoutState } from './layout-groups.ts';
import {
  compose,
  identityOrder,
  inverse,
  isIdentity,
  movesNothing,
  type Order,
  reorder,
  transposeNumbers,
} from './permutation.ts';

/** A state in the order of axes that it has on the device. */
export interface LaidOutState {
  readonly before: Value;
  readonly after: Value;
  readonly order: Order;
}

export interface LaidOutGraph {
  readonly results: readonly Value[];
  readonly states: readonly LaidOutState[];
}

/** The same numbers with the axes in another order. */
export function reordered(value: Value, order: Order): Value {
  if (isIdentity(order)) return value;
  const shape = reorder(value.shape, order);
  if (value.constant)
    return constant(transposeNumbers(value.constant, value.shape, order), shape, value.dtype);
  return movesNothing(value.shape, order) ? reshape(value, shape) : transpose(value, order);
}

class Layouter {
  /** Each value of the old graph in the order of its group. */
  private readonly kept = new Map<Value, Value>();
  private readonly others = new Map<Value, Map<string, Value>>();

  constructor(private readonly groups: LayoutGroups) {}

  /** A value of the old graph in a given order of axes. */
  in(value: Value, order: Order): Value {
    const own = value.constant ? identityOrder(value.shape.length) : this.groups.orderOf(value);
    const change = compose(inverse(own), order);
    const kept = this.kept.get(value) ?? value;
    if (isIdentity(change)) return kept;
    const made = this.others.get(value) ?? new Map<string, Value>();
    this.others.set(value, made);
    const other = made.get(String(change)) ?? reordered(kept, change);
    made.set(String(change), other);
    return other;
  }

  plain(value: Value): Value {
    return this.in(value, identityOrder(value.shape.length));
  }

  keep(value: Value, now: Value): void {
    this.kept.set(value, now);
  }

  /** An input of an operator whose outputs stand in `order`: of the same rank, or broadcast from a smaller one. */
  private alignedTo(value: Value, order: Order): Value {
    const missing = order.length - value.shape.length;
    if (missing === 0) return this.in(value, order);
    const small = this.plain(value);
    if (small.shape.length === 0 || isIdentity(order)) return small;
    const shape = [...Array.from({ length: missing }, () => 1), ...small.shape];
    return reordered(reshape(small, shape), order);
  }

  private follow(node: Node): Value[] {
    const order = this.groups.orderOf(node.outputs[0]);
    const { attributes, numbers } = restated(node, order);
    const inputs = aligned(node).map((value) => value && this.alignedTo(value, order));
    return recordNode(
      node.op,
      [...inputs, ...numbers],
      attributes,
      node.outputs.map(({ shape, dtype }) => ({ shape: reorder(shape, order), dtype })),
    );
  }

  private reduce(node: Node, axes: readonly number[]): Value {
    const [x] = node.inputs as [Value];
    const [output] = node.outputs;
    const order = this.groups.orderOf(x);
    const places = movedAxes(axes, order).sort((a, b) => a - b);
    const keeps = output.shape.length === x.shape.length;
    const left = order.filter((axis) => keeps || !axes.includes(axis));
    const dims = left.map((axis) => (axes.includes(axis) ? 1 : x.shape[axis]));
    const reduced = record(node.op, [this.in(x, order), int64(places)], node.attributes, dims, output.dtype);
    if (keeps) return reduced;
    // The axes that are left, in the order in which the output is kept.
    const names = [...left].sort((a, b) => a - b);
    const wanted = this.groups.orderOf(output).map((i) => left.indexOf(names[i]));
    return reordered(reduced, wanted);
  }

  /** The product of matrices that lie as they lie: (A B)^T is B^T A^T. */
  private multiply({ inputs, attributes, outputs: [output] }: Node): Value {
    const [a, b] = inputs.map((value) => this.kept.get(value!) ?? value!);
    const onItsSide = (value: Value): boolean => !value.constant && !isIdentity(this.groups.orderOf(value));
    const transposeA = (attributes.transA === 1) !== onItsSide(inputs[0]!);
    const transposeB = (attributes.transB === 1) !== onItsSide(inputs[1]!);
    return onItsSide(output) ? matMul(b, a, !transposeB, !transposeA) : matMul(a, b, transposeA, transposeB);
  }

  visit(node: Node): void {
    const axes = reducedAxes(node);
    if (isMatrixProduct(node)) {
      this.keep(node.outputs[0], this.multiply(node));
    } else if (axes) {
      this.keep(node.outputs[0], this.reduce(node, axes));
    } else if (node.op === 'Transpose') {
      const [from] = node.inputs as [Value];
      const [to] = node.outputs;
      const perm = node.attributes.perm as Order;
      this.keep(to, this.in(from, compose(perm, this.groups.orderOf(to))));
    } else if (follows(node)) {
      this.follow(node).forEach((value, i) => {
        this.keep(node.outputs[i], value);
      });
    } else {
      const made = recordNode(
        node.op,
        node.inputs.map((value) => value && this.plain(value)),
        node.attributes,
        node.outputs,
      );
      made.forEach((value, i) => {
        this.keep(node.outputs[i], reordered(value, this.groups.orderOf(node.outputs[i])));
      });
    }
  }
}

/**
 * Lays out a graph.
 *
 * @param results what is seen from outside: stays in its own order
 * @param states may be kept in any order that no earlier program settled
 */
export function layOut(results: readonly Value[], states: readonly LayoutState[]): LaidOutGraph {
  const nodes = orderedNodes([...results, ...states.map(({ after }) => after)]);
  const groups = new LayoutGroups(nodes, results, states);
  const layouter = new Layouter(groups);
  const orders = states.map(({ before, settled }) => settled ?? groups.orderOf(before));
  const fed = states.map(({ before }, i): Value => ({ ...before, shape: reorder(before.shape, orders[i]) }));
  states.forEach(({ before }, i) => {
    layouter.keep(before, reordered(fed[i], compose(inverse(orders[i]), groups.orderOf(before))));
  });
  for (const { inputs } of nodes) {
    for (const value of inputs) {
      const free = value?.input !== undefined && !states.some(({ before }) => before === value);
      if (free) layouter.keep(value!, reordered(value!, groups.orderOf(value!)));
    }
  }
  for (const node of nodes) withOrigin(node.origin, () => layouter.visit(node));
  return {
    results: results.map((value) => layouter.plain(value)),
    states: states.map(({ before, after }, i) => ({
      before: fed[i],
      after: after === before ? fed[i] : layouter.in(after, orders[i]),
      order: orders[i],
    })),
  };
}
