// Finds which values of a graph must share one order of axes, and where a group of them meets its surroundings: another
// group through a Transpose, an operator that knows one order only, a state whose order is settled. From what each meeting
// moves in memory follows the best order for each group.
import { sizeOf } from '../../tensor-data.ts';
import type { Node, Value } from '../value.ts';
import { aligned, follows, isMatrixProduct, reducedAxes } from './axes.ts';
import { compose, identityOrder, inverse, isIdentity, movesNothing, type Order } from './permutation.ts';

/** State before and after the step, with its order of axes on the device where an earlier program settled that. */
export interface LayoutState {
  readonly before: Value;
  readonly after: Value;
  readonly settled?: Order | undefined;
}

/** Values in one order of axes. */
interface Group {
  order: Order;
  readonly meetings: Meeting[];
  readonly reductions: Reduction[];
}

/** `value` is reduced over some axes. */
interface Reduction {
  readonly value: Value;
  readonly axes: readonly number[];
}

/** `value` is wanted in an order that depends on who wants it. */
interface Meeting {
  readonly value: Value;
  /** The order in which the group of `value` would move nothing here. */
  wanted(): Order;
  /** Weighs moves here against others; 1 unless given. */
  readonly weight?: number;
}

/**
 * A Transpose into a group is worse than one out of it: where the value is read twice, ONNX Runtime pushes it through both
 * readers, and it is done twice.
 */
const INCOMING = 1.1;

/** Worse still is one of a value whose reader knows one order only: another reader would transpose it once more. */
const PINNED = 1.2;

/** What a matrix of this many weights, this many times as many rows as columns, gains by lying on its side. */
const LARGE = 2 ** 16;
const TALL = 8;
const PREFERRED = 0.1;

/** A Transpose that leaves the last axis where it is copies blocks. */
const BLOCKS = 0.3;

/** A reduction that keeps the last axis goes through memory in strides; ONNX Runtime does it on one thread. */
const STRIDED = 0.8;

/** More than are ever needed: a group that is transposed into itself could go on for ever. */
const ROUNDS = 20;

export class LayoutGroups {
  private readonly parents = new Map<Value, Value>();
  private readonly groups = new Map<Value, Group>();

  constructor(nodes: readonly Node[], results: readonly Value[], states: readonly LayoutState[]) {
    for (const node of nodes) this.join(node);
    for (const { before, after, settled } of states) if (!settled) this.unite(before, after);
    for (const node of nodes) this.meet(node);
    for (const value of results) this.pin(value);
    const fed = new Set(states.map(({ before }) => before));
    for (const { inputs } of nodes) {
      for (const value of inputs) if (value?.input !== undefined && !fed.has(value)) this.pin(value);
    }
    for (const { before, after, settled } of states) {
      if (settled) for (const value of [before, after]) this.add({ value, wanted: () => settled });
    }
    for (const { before, settled } of states) if (!settled) this.prefer(before);
    this.settle();
  }

  /** Order of axes that a value is to be kept in. */
  orderOf(value: Value): Order {
    return this.groups.get(this.find(value))?.order ?? identityOrder(value.shape.length);
  }

  private find(value: Value): Value {
    const parent = this.parents.get(value);
    if (parent === undefined || parent === value) return value;
    const root = this.find(parent);
    this.parents.set(value, root);
    return root;
  }

  private unite(a: Value, b: Value): void {
    this.parents.set(this.find(a), this.find(b));
  }

  private join(node: Node): void {
    const [output] = node.outputs;
    const rank = output.shape.length;
    const axes = reducedAxes(node);
    if (axes && rank === node.inputs[0]!.shape.length) this.unite(node.inputs[0]!, output);
    if (!follows(node)) return;
    for (const other of node.outputs.slice(1)) this.unite(other, output);
    for (const input of aligned(node)) {
      if (input && !input.constant && input.shape.length === rank) this.unite(input, output);
    }
  }

  private meet(node: Node): void {
    const axes = reducedAxes(node);
    if (axes) this.groupOf(node.inputs[0]!)?.reductions.push({ value: node.inputs[0]!, axes });
    if (follows(node) || axes || isMatrixProduct(node)) return;
    if (node.op === 'Transpose') {
      const [from] = node.inputs as [Value];
      const [to] = node.outputs;
      const perm = node.attributes.perm as Order;
      this.add({ value: from, wanted: () => compose(perm, this.orderOf(to)) });
      this.add({ value: to, wanted: () => compose(inverse(perm), this.orderOf(from)), weight: INCOMING });
      return;
    }
    for (const value of [...node.inputs, ...node.outputs]) if (value) this.pin(value);
  }

  private pin(value: Value): void {
    const wanted = identityOrder(value.shape.length);
    this.add({ value, wanted: () => wanted, weight: PINNED });
  }

  /** A tall matrix of weights [in, out] is faster as [out, in], as PyTorch has it: its gradient has short columns then. */
  private prefer(value: Value): void {
    const [rows, columns] = value.shape;
    if (value.shape.length !== 2 || rows * columns < LARGE || rows < TALL * columns) return;
    this.add({ value, wanted: () => [1, 0], weight: PREFERRED });
  }

  private groupOf(value: Value): Group | undefined {
    if (value.constant || value.shape.length < 2) return undefined;
    const root = this.find(value);
    const fresh = { order: identityOrder(value.shape.length), meetings: [], reductions: [] };
    const group = this.groups.get(root) ?? fresh;
    this.groups.set(root, group);
    return group;
  }

  private add(meeting: Meeting): void {
    this.groupOf(meeting.value)?.meetings.push(meeting);
  }

  /** Numbers that a group's meetings move when it is in `order`; several uses of one value in one order move it once. */
  private static cost({ meetings, reductions }: Group, order: Order): number {
    const moves = new Map<string, Map<Value, number>>();
    for (const { value, wanted, weight = 1 } of meetings) {
      const change = compose(inverse(order), wanted());
      if (movesNothing(value.shape, wanted()) && movesNothing(value.shape, order)) continue;
      if (isIdentity(change)) continue;
      const same = moves.get(String(change)) ?? new Map<Value, number>();
      const kind = change[change.length - 1] === change.length - 1 ? BLOCKS : 1;
      moves.set(String(change), same.set(value, kind * weight * sizeOf(value.shape)));
    }
    const strided = reductions.filter(({ axes }) => !axes.includes(order[order.length - 1]));
    return (
      [...moves.values()].flatMap((same) => [...same.values()]).reduce((a, b) => a + b, 0) +
      strided.reduce((sum, { value }) => sum + STRIDED * sizeOf(value.shape), 0)
    );
  }

  /** Goes over the groups until none gains by another order. */
  private settle(): void {
    const all = [...this.groups.values()];
    let changed = true;
    for (let round = 0; changed && round < ROUNDS; round++) {
      changed = false;
      for (const group of all) {
        let best = LayoutGroups.cost(group, group.order);
        if (best === 0) continue;
        for (const { wanted } of group.meetings) {
          const order = wanted();
          const cost = LayoutGroups.cost(group, order);
          if (cost >= best) continue;
          group.order = order;
          best = cost;
          changed = true;
        }
      }
    }
  }
}
