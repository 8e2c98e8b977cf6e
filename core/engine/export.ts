// Writes the forward pass of a network as a model file with its weights inside and any number of rows in its batch.
// The batch is made symbolic by tracing twice, with two and with three rows: whatever differs between the traces is the
// batch, and may only differ where ONNX can leave a dimension open.
import { encodeModel, orderedNodes } from './graph/model.ts';
import type { Attribute, Node, Value } from './graph/value.ts';
import { TraceError } from './layer-hooks.ts';
import type { InputSpec, InputSpecs, Step } from './program.ts';
import { type Trace, trace } from './tracer.ts';

export interface ExportOptions {
  /** Name of the graph. */
  readonly name?: string;
  /** Stored in the model's metadata_props: labels, preprocessing, provenance. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const BATCH = 'batch';

/** Traces the forward pass for a batch of the given size, with the variables as constants. */
function traceForward(forward: Step, inputs: InputSpecs, rows: number): Readonly<Record<string, Value>> {
  const specs = Object.fromEntries(
    Object.entries(inputs).map(([key, spec]): [string, InputSpec] => [
      key,
      { ...spec, shape: [rows, ...spec.shape] },
    ]),
  );
  const traced: Trace = trace(forward, specs, 1);
  for (const { before, after, initial, variable } of traced.variables) {
    if (after !== before)
      throw new TraceError(`exportModel: the forward pass assigns the variable ${variable.name}`);
    before.input = undefined;
    before.constant = initial.constant;
  }
  return traced.results[0];
}

/** Lets `shape`, the second input of a Reshape, keep the batch open: -1 where the traces differ. */
function openReshape(two: Value, three: Value): boolean {
  const a = two.constant as BigInt64Array;
  const b = three.constant as BigInt64Array;
  const differing = [...a.keys()].filter((i) => a[i] !== b[i]);
  if (differing.length !== 1 || a[differing[0]] * 3n !== b[differing[0]] * 2n) return false;
  two.constant = a.map((n, i) => (i === differing[0] ? -1n : n));
  return true;
}

const sameNumbers = (a: Value, b: Value): boolean =>
  a.constant!.length === b.constant!.length && a.constant!.every((n, i) => n === b.constant![i]);

function matchNode(two: Node, three: Node): void {
  const sameAttributes =
    JSON.stringify(two.attributes) === JSON.stringify(three.attributes as Record<string, Attribute>);
  const inputsMatch = two.inputs.every((a, i) => {
    const b = three.inputs[i];
    if (!a?.constant || !b?.constant) return (a === undefined) === (b === undefined);
    return sameNumbers(a, b) || (two.op === 'Reshape' && i === 1 && openReshape(a, b));
  });
  if (two.op !== three.op || !sameAttributes || !inputsMatch) {
    throw new TraceError(
      `exportModel: ${two.origin || two.op} depends on the number of rows in a way that ONNX cannot leave open`,
    );
  }
}

/** Shape with the batch as a symbolic dimension. */
const openShape = (two: Value, three: Value): (number | string)[] =>
  two.shape.map((n, i) => (n === three.shape[i] ? n : BATCH));

/**
 * The forward pass as an ONNX model: weights inside, `batch` as symbolic first dimension.
 *
 * @param forward maps named inputs [rows, ...shape] to named outputs; preprocessing belongs inside
 * @param inputs shapes of one row
 * @returns bytes of a ModelProto
 * @throws TraceError when the pass assigns variables or treats batches of different sizes differently
 */
export function exportModel(forward: Step, inputs: InputSpecs, options: ExportOptions = {}): Uint8Array {
  const two = traceForward(forward, inputs, 2);
  const three = traceForward(forward, inputs, 3);
  const nodesOfTwo = orderedNodes(Object.values(two));
  const nodesOfThree = orderedNodes(Object.values(three));
  if (nodesOfTwo.length !== nodesOfThree.length) {
    throw new TraceError('exportModel: the forward pass is another graph for another number of rows');
  }
  nodesOfTwo.forEach((node, i) => {
    matchNode(node, nodesOfThree[i]);
  });
  const shapes: Record<string, (number | string)[]> = {};
  for (const [key, { shape }] of Object.entries(inputs)) shapes[key] = [BATCH, ...shape];
  for (const [key, value] of Object.entries(two)) shapes[key] = openShape(value, three[key]);
  return encodeModel(two, { ...options, shapes }).bytes;
}
