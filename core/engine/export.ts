// Writes the forward pass of a network as a model file with its weights inside and any number of rows in its batch.
// The batch is made symbolic by tracing with two, three and seven rows: whatever differs between the traces is the batch,
// and open-batch.ts says where ONNX can leave it open.
import { encodeModel, orderedNodes } from './graph/model.ts';
import type { Value } from './graph/value.ts';
import { TraceError } from './layer-hooks.ts';
import { openBatch, type RowTrace } from './open-batch.ts';
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

/** The graph input whose first dimension is the batch. */
function firstInput(inputs: InputSpecs): Value | undefined {
  const [entry] = Object.entries(inputs);
  if (!entry) return undefined;
  const [key, { shape, dtype = 'float32', storage }] = entry;
  return { input: key, shape: [2, ...shape], dtype: storage ?? dtype };
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
  const [two, three, seven] = [2, 3, 7].map((rows) => traceForward(forward, inputs, rows));
  const traces = [two, three, seven].map((results): RowTrace => orderedNodes(Object.values(results)));
  openBatch(traces as [RowTrace, RowTrace, RowTrace], firstInput(inputs));
  const shapes: Record<string, (number | string)[]> = {};
  for (const [key, { shape }] of Object.entries(inputs)) shapes[key] = [BATCH, ...shape];
  for (const [key, value] of Object.entries(two)) shapes[key] = openShape(value, three[key]);
  return encodeModel(two, { ...options, shapes }).bytes;
}
