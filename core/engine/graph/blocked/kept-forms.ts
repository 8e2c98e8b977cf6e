// Decides which values of a graph are kept with channels in blocks: those that convolutions read and make, and what works on
// them element by element. Values that must share a form are a group; a group whose convolutions disagree stays plain.
import { isElementwise } from '../optimise/axes.ts';
import type { Node, Value } from '../value.ts';
import { isConvolution } from './convolutions.ts';
import { type Form, fits } from './forms.ts';
import { roleOf, swappedFrom } from './roles.ts';

/** A state before and after the step. */
export interface StatePair {
  readonly before: Value;
  readonly after: Value;
  /** The form that an earlier program settled. */
  readonly settled?: Form | undefined;
}

const sameShape = (a: Value, b: Value): boolean => String(a.shape) === String(b.shape);

const numbersOf = (value: Value | undefined): number[] =>
  Array.from((value?.constant as BigInt64Array | undefined) ?? [], Number);

/** True when a Slice or Pad leaves the channels alone. */
function sparesChannels({ op, inputs }: Node): boolean {
  const numbers = inputs.slice(1, 4).map(numbersOf);
  if (inputs[0]!.shape.length !== 4) return false;
  if (op === 'Pad') return numbers[0].length === 8 && numbers[0][1] === 0 && numbers[0][5] === 0;
  const [begin, end, axes] = numbers;
  const place = axes.indexOf(1);
  return (
    axes.every((axis) => axis >= 0) &&
    inputs.length === 4 &&
    (place < 0 || (begin[place] === 0 && end[place] >= inputs[0]!.shape[1]))
  );
}

/** The inputs that are in the form of the output, for operators that work in any form; undefined for others. */
export function sharers(node: Node): readonly Value[] | undefined {
  const { op, inputs, outputs, attributes } = node;
  const [output] = outputs;
  if (output.shape.length !== 4) return undefined;
  if (isElementwise(op)) return (inputs as Value[]).filter((value) => sameShape(value, output));
  if (op === 'Concat' && attributes.axis === 1) return inputs as Value[];
  if ((op === 'Slice' || op === 'Pad') && sparesChannels(node)) return inputs.slice(0, 1) as Value[];
  return undefined;
}

export class KeptForms {
  private readonly parents = new Map<Value, Value>();
  private readonly forms = new Map<Value, Form>();

  constructor(nodes: readonly Node[], states: readonly StatePair[], block: number) {
    for (const node of nodes) {
      for (const value of sharers(node) ?? []) if (!value.constant) this.unite(value, node.outputs[0]);
    }
    for (const { before, after } of states) this.unite(before, after);
    const wishes = new Map<Value, Set<Form>>();
    const wish = (value: Value, form: Form): void => {
      const root = this.find(value);
      wishes.set(root, (wishes.get(root) ?? new Set()).add(form));
    };
    for (const node of nodes) {
      if (!isConvolution(node, block)) continue;
      const [image, filter] = node.inputs as [Value, Value];
      const { kind } = roleOf(node);
      if (kind === 'unfolded') {
        wish(filter, 'taps');
        const source = swappedFrom(filter);
        if (source) wish(source, 'swappedTaps');
        continue;
      }
      if (kind === 'unfolded gradient') {
        wish(node.outputs[0], 'swappedTaps');
        continue;
      }
      if (fits(image.shape, 'image', block)) wish(image, 'image');
      if (fits(node.outputs[0].shape, 'image', block)) wish(node.outputs[0], 'image');
      if (fits(filter.shape, 'filter', block)) wish(filter, 'filter');
    }
    const members = new Set([...this.parents.keys(), ...wishes.keys()]);
    for (const { before, settled } of states) if (settled) wishes.set(this.find(before), new Set([settled]));
    for (const [root, wished] of wishes) if (wished.size === 1) this.forms.set(root, [...wished][0]);
    for (const value of members) {
      const root = this.find(value);
      const form = this.forms.get(root);
      if (form && !fits(value.shape, form, block)) this.forms.delete(root);
    }
  }

  /** The form that a value is kept in. */
  formOf(value: Value): Form {
    return this.forms.get(this.find(value)) ?? 'plain';
  }

  private find(value: Value): Value {
    let root = value;
    for (let parent = this.parents.get(root); parent && parent !== root; parent = this.parents.get(root))
      root = parent;
    return root;
  }

  private unite(a: Value, b: Value): void {
    const [from, to] = [this.find(a), this.find(b)];
    if (from !== to) this.parents.set(from, to);
  }
}
