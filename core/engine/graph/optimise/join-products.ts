// Adds up products of matrices as one product. The gradient of weights that a recurrent network uses at every time step is a
// sum of as many small products, sum_t A_t B_t; laid side by side they are [A_1 A_2 ...] [B_1; B_2; ...].

import { orderedNodes } from '../model.ts';
import { add, concat, matMul } from '../operators.ts';
import { type Rule, rewrite } from '../rewrite.ts';
import type { Node, Value } from '../value.ts';
import { isMatrixProduct } from './axes.ts';

/** Fewer products than this are left alone: laying them side by side copies them. */
const MANY = 4;

/** The node that reads a value, where there is only one and the value is not wanted from outside. */
function soleReaders(outputs: Readonly<Record<string, Value>>): Map<Value, Node | undefined> {
  const readers = new Map<Value, Node | undefined>();
  for (const node of orderedNodes(Object.values(outputs))) {
    for (const value of node.inputs) if (value) readers.set(value, readers.has(value) ? undefined : node);
  }
  for (const value of Object.values(outputs)) readers.set(value, undefined);
  return readers;
}

const flag = ({ attributes }: Node, name: 'transA' | 'transB'): boolean => attributes[name] === 1;

const sameShape = (a: Value, b: Value): boolean => String(a.shape) === String(b.shape);

/** The terms of the sum that ends in `root`, in the order in which they are added. */
function termsOf(root: Node, readers: ReadonlyMap<Value, Node | undefined>): Value[] {
  const terms: Value[] = [];
  // An explicit stack: the sum over the steps of a sequence is as deep as it is long.
  const stack = [...root.inputs].reverse() as Value[];
  while (stack.length > 0) {
    const value = stack.pop()!;
    const inner = value.node?.op === 'Add' && readers.get(value) && sameShape(value, root.outputs[0]);
    if (inner) stack.push(...([...value.node!.inputs].reverse() as Value[]));
    else terms.push(value);
  }
  return terms;
}

/** Products that may be joined: of one form, and wanted for nothing else. */
const formOf = (term: Value, readers: ReadonlyMap<Value, Node | undefined>): string | undefined =>
  term.node && isMatrixProduct(term.node) && readers.get(term)
    ? `${flag(term.node, 'transA')} ${flag(term.node, 'transB')}`
    : undefined;

function joined(products: readonly Node[], now: (value: Value) => Value): Value {
  const [transposeA, transposeB] = [flag(products[0], 'transA'), flag(products[0], 'transB')];
  const operands = (i: number): Value[] => products.map(({ inputs }) => now(inputs[i]!));
  return matMul(
    concat(operands(0), transposeA ? 0 : 1),
    concat(operands(1), transposeB ? 1 : 0),
    transposeA,
    transposeB,
  );
}

const joinSum =
  (readers: ReadonlyMap<Value, Node | undefined>): Rule =>
  (_node, recorded, now) => {
    const [sum] = recorded.outputs;
    if (recorded.op !== 'Add' || sum.shape.length !== 2) return undefined;
    const reader = readers.get(sum);
    // Only where the whole sum is known.
    if (reader?.op === 'Add' && sameShape(reader.outputs[0], sum)) return undefined;
    const terms = termsOf(recorded, readers).map((value) => ({ value, form: formOf(value, readers) }));
    const forms = terms.map(({ form }) => form).filter((form) => form !== undefined);
    const [commonest] = [...new Set(forms)].sort(
      (a, b) => forms.filter((f) => f === b).length - forms.filter((f) => f === a).length,
    );
    const products = terms.filter(({ form }) => form !== undefined && form === commonest);
    if (products.length < MANY) return undefined;
    const others = terms.filter((term) => !products.includes(term));
    const product = joined(
      products.map(({ value }) => value.node!),
      now,
    );
    return [others.reduce((total, { value }) => add(total, now(value)), product)];
  };

/** The same graph with sums of products joined. */
export const joinProducts = (outputs: Readonly<Record<string, Value>>): Record<string, Value> =>
  rewrite(outputs, [joinSum(soleReaders(outputs))]);
