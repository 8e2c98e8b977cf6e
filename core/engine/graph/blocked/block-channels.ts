// Writes a graph anew with the channels of its convolutions in blocks, as ONNX Runtime's fastest convolutions on a processor
// want them. The runtime does so by itself only where filters are constants; in training they are state, which is kept in
// blocks from step to step.
import { orderedNodes } from '../model.ts';
import { reshape } from '../operators.ts';
import { isElementwise, reducedAxes, restated } from '../optimise/axes.ts';
import { type Node, record, recordNode, type Value, withOrigin } from '../value.ts';
import { blockSize } from './block-size.ts';
import { blockedConvolution, convolve, isConvolution } from './convolutions.ts';
import {
  type Form,
  fits,
  imageToRows,
  orderOf,
  rowsToImage,
  storageOf,
  storedShape,
  swappedToFilter,
  toForm,
  toPlain,
} from './forms.ts';
import { blockedPads, eachChannel, isOverPlaces, overPlaces } from './image-operators.ts';
import { KeptForms, sharers } from './kept-forms.ts';
import { roleOf, swappedFrom } from './roles.ts';
import { convolveBack, readsBlocks } from './transposed-convolution.ts';
import { filterGradient, fold, type Joined, multiplyWindows, unfold } from './unfolded-convolution.ts';

/** A state of the graph: what is fed, the name of the output that is written back, and how an earlier program keeps it. */
export interface KeptState {
  readonly before: Value;
  readonly written: string | undefined;
  readonly settled: Form | undefined;
}

export interface BlockedGraph {
  readonly outputs: Readonly<Record<string, Value>>;
  /** Of each state. */
  readonly forms: readonly Form[];
}

interface Kept {
  readonly value: Value;
  readonly form: Form;
}

/** Forms of an array that are the same numbers as another form of the array with its first two axes changed. */
const swappedForms: Partial<Record<Form, Form>> = {
  taps: 'swappedTaps',
  swappedTaps: 'taps',
  swappedRows: 'rows',
};

class Blocker {
  private readonly kept = new Map<Value, Kept>();
  private readonly others = new Map<Value, Map<Form, Value>>();
  private readonly unfolded = new Map<Value, Map<string, Value>>();

  constructor(
    private readonly forms: KeptForms,
    private readonly readers: ReadonlyMap<Value, number>,
    private readonly block: number,
  ) {}

  keep(value: Value, now: Value, form: Form): void {
    this.kept.set(value, { value: now, form });
  }

  /** A value of the old graph in a given form. */
  in(value: Value, form: Form): Value {
    const kept = this.kept.get(value) ?? { value, form: 'plain' };
    if (kept.form === form) return kept.value;
    const made = this.others.get(value) ?? new Map<Form, Value>();
    this.others.set(value, made);
    const other = made.get(form) ?? this.converted(value, kept, form);
    made.set(form, other);
    return other;
  }

  private converted(value: Value, kept: Kept, form: Form): Value {
    const source = swappedFrom(value);
    const swapped = source && swappedForms[form];
    if (swapped && (form === 'swappedRows' || this.kept.get(source)?.form === swapped))
      return this.in(source, swapped);
    if (form === 'rows' && kept.form === 'image') return imageToRows(kept.value);
    if (form === 'image' && kept.form === 'rows') return rowsToImage(kept.value, this.block);
    if (form === 'filter' && source && this.kept.get(source)?.form === 'image')
      return swappedToFilter(this.in(source, 'image'), source.shape, this.block);
    const plain =
      kept.form === 'plain' ? kept.value : toPlain(kept.value, value.shape, kept.form, this.block);
    return toForm(plain, form, this.block);
  }

  /** Keeps a new value in the form that its group has. */
  private settle(output: Value, made: Value, form: Form): void {
    this.keep(output, made, form);
    const wanted = this.forms.formOf(output);
    if (wanted !== form) this.keep(output, this.in(output, wanted), wanted);
  }

  visit(node: Node): void {
    const { op, inputs, outputs } = node;
    const [output] = outputs;
    const axes = reducedAxes(node);
    if (isConvolution(node, this.block)) {
      const { value, form } = this.convolution(node);
      this.settle(output, value, form);
    } else if (sharers(node) && this.forms.formOf(output) !== 'plain') {
      this.keep(output, this.follow(node, this.forms.formOf(output)), this.forms.formOf(output));
    } else if (axes && this.kept.get(inputs[0]!)?.form === 'image' && isOverPlaces(op, axes)) {
      this.keep(output, overPlaces(node, this.in(inputs[0]!, 'image'), axes), 'plain');
    } else this.plain(node);
  }

  private convolution(node: Node): Kept {
    const role = roleOf(node);
    if (role.kind === 'blocked') {
      const form = fits(node.outputs[0].shape, 'image', this.block) ? 'image' : 'plain';
      return { value: node.op === 'Conv' ? this.convolve(node) : this.convolveBack(node), form };
    }
    const { joined } = role;
    const [x, filter, bias] = node.inputs as [Value, Value, Value | undefined];
    if (role.kind === 'unfolded gradient') {
      const windows = this.windows(this.in(x, 'swappedRows'), joined);
      return { value: filterGradient(windows, this.in(filter, 'swappedRows'), joined), form: 'swappedTaps' };
    }
    const [weights, offset] = [this.in(filter, 'taps'), bias && this.in(bias, 'plain')];
    const value =
      node.op === 'Conv'
        ? multiplyWindows(this.windows(this.in(x, 'rows'), joined), weights, offset, joined)
        : fold(this.in(x, 'rows'), weights, offset, joined);
    return { value, form: 'rows' };
  }

  /** The windows of an image [N, H, W, C]; the convolution and the gradient of its filter read the same ones. */
  private windows(image: Value, joined: Joined): Value {
    const made = this.unfolded.get(image) ?? new Map<string, Value>();
    this.unfolded.set(image, made);
    const key = JSON.stringify([
      joined.window,
      joined.small,
      joined.geometry.strides,
      joined.geometry.dilations,
      joined.geometry.pads,
    ]);
    const windows = made.get(key) ?? unfold(image, joined);
    made.set(key, windows);
    return windows;
  }

  private plain(node: Node): void {
    const inputs = node.inputs.map((value) => value && this.in(value, 'plain'));
    const changed = inputs.some((value, i) => value !== node.inputs[i]);
    const made = changed ? recordNode(node.op, inputs, node.attributes, node.outputs) : node.outputs;
    node.outputs.forEach((output, i) => {
      this.keep(output, made[i], 'plain');
      const wanted = this.forms.formOf(output);
      if (wanted !== 'plain') this.keep(output, this.in(output, wanted), wanted);
    });
  }

  private operands({ inputs: [x, filter, bias] }: Node, filterForm: Form) {
    return {
      image: this.in(x!, fits(x!.shape, 'image', this.block) ? 'image' : 'plain'),
      filter: this.in(filter!, filterForm),
      bias: bias && this.in(bias, 'plain'),
    };
  }

  private convolve(node: Node): Value {
    const whole = node.inputs[1]!.shape[0] % this.block === 0;
    return convolve(node, this.operands(node, whole ? 'filter' : 'plain'), this.block);
  }

  private convolveBack(node: Node): Value {
    return convolveBack(
      node,
      this.operands(node, readsBlocks(node, this.block) ? 'filter' : 'plain'),
      this.block,
    );
  }

  private follow(node: Node, form: Form): Value {
    const { op, inputs, attributes, outputs } = node;
    const [output] = outputs;
    const shape = storedShape(storageOf(output.shape, form, this.block));
    const channelwise = form === 'image' ? this.channelwise(node) : undefined;
    if (channelwise) return channelwise;
    if (isElementwise(op)) {
      const operands = (inputs as Value[]).map((value) => this.aligned(value, form));
      return record(op, operands, attributes, shape, output.dtype);
    }
    const shared = sharers(node)!.map((value) => this.in(value, form));
    const moved = orderOf(form);
    if (moved) {
      const { attributes: now, numbers } = restated(node, moved);
      return record(op, [...shared, ...numbers], now, shape, output.dtype);
    }
    const rest = inputs.slice(shared.length) as Value[];
    const numbers = op === 'Pad' ? [blockedPads(rest[0]), ...rest.slice(1)] : rest;
    return record(op, [...shared, ...numbers], attributes, shape, output.dtype);
  }

  /** An operand of an elementwise operator, perhaps one that is broadcast. */
  private aligned(value: Value, form: Form): Value {
    if (value.shape.length === 4) return this.in(value, form);
    const wide = [...Array.from({ length: 4 - value.shape.length }, () => 1), ...value.shape];
    return toForm(reshape(this.in(value, 'plain'), wide), form, this.block);
  }

  /** x s, or x + b, with one number a channel: a convolution of each channel by itself, since broadcasting along blocks is slow. */
  private channelwise({ op, inputs, outputs: [{ shape, dtype }] }: Node): Value | undefined {
    if ((op !== 'Mul' && op !== 'Add' && op !== 'Sub') || dtype !== 'float32') return undefined;
    const channels = shape[1];
    const perChannel = ({ shape: s }: Value): boolean =>
      s.length >= 3 && s.every((n, i) => n === (i === s.length - 3 ? channels : 1));
    const place = (inputs as Value[]).findIndex(perChannel);
    const x = inputs[1 - place]!;
    if (place < 0 || (op === 'Sub' && place === 0) || String(x.shape) !== String(shape)) return undefined;
    const numbers = reshape(this.in(inputs[place]!, 'plain'), [channels]);
    const image = this.in(x, 'image');
    if (op === 'Mul') return eachChannel(image, numbers);
    const bias = op === 'Sub' ? record('Neg', [numbers]) : numbers;
    const before = image.node?.op === 'Reshape' ? image.node.inputs[0]!.node : undefined;
    const free = before?.op === blockedConvolution && before.inputs.length === 2 && this.readers.get(x) === 1;
    if (!free) return eachChannel(image, undefined, bias);
    const [{ shape: whole }] = before.outputs;
    return reshape(record(before.op, [...before.inputs, bias], before.attributes, whole), image.shape);
  }
}

function countReaders(nodes: readonly Node[], outputs: readonly Value[]): Map<Value, number> {
  const readers = new Map<Value, number>();
  for (const value of [...nodes.flatMap(({ inputs }) => inputs), ...outputs])
    if (value) readers.set(value, (readers.get(value) ?? 0) + 1);
  return readers;
}

/**
 * The same graph with channels in blocks where that helps; the graph as it is where the runtime has no such convolutions.
 *
 * @param outputs results, and the new values of states under their names
 * @param states fed under the same names as before, in the forms that are answered
 */
export function blockChannels(
  outputs: Readonly<Record<string, Value>>,
  states: readonly KeptState[],
): BlockedGraph {
  const nodes = orderedNodes(Object.values(outputs));
  const block = nodes.some(({ op }) => op === 'Conv' || op === 'ConvTranspose') ? blockSize() : 0;
  if (block === 0) return { outputs, forms: states.map(({ settled = 'plain' }) => settled) };
  const pairs = states.map(({ before, written, settled }) => ({
    before,
    after: written === undefined ? before : outputs[written],
    settled,
  }));
  const forms = new KeptForms(nodes, pairs, block);
  const blocker = new Blocker(forms, countReaders(nodes, Object.values(outputs)), block);
  const chosen = states.map(({ before, settled }) => settled ?? forms.formOf(before));
  states.forEach(({ before }, i) => {
    const shape = storedShape(storageOf(before.shape, chosen[i], block));
    blocker.keep(before, { ...before, shape }, chosen[i]);
  });
  for (const node of nodes) withOrigin(node.origin, () => blocker.visit(node));
  const places = new Map(states.map(({ written }, i) => [written, chosen[i]]));
  return {
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([key, value]) => [key, blocker.in(value, places.get(key) ?? 'plain')]),
    ),
    forms: chosen,
  };
}
