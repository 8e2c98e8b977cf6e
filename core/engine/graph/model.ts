// Writes recorded values as an ONNX ModelProto: the nodes that the outputs need, in order, with the constants as
// initialisers. The schema is the published onnx.proto (onnx/onnx_pb.ts is generated from it).
import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  type AttributeProtoSchema,
  type GraphProtoSchema,
  ModelProtoSchema,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from '../onnx/onnx_pb.ts';
import { onnxType } from './operators.ts';
import { type Attribute, int64, type Node, type Value } from './value.ts';

/** ONNX operator set and IR version that the engine writes. */
export const OPSET = 21n;
const IR_VERSION = 10n;

export interface ModelOptions {
  /** Name of the graph. */
  readonly name?: string;
  /** Stored in the model's metadata_props. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Shapes of inputs and outputs where they differ from the traced ones; a text is a symbolic dimension. */
  readonly shapes?: Readonly<Record<string, readonly (number | string)[]>>;
  /** Adds, before all others, an output of this name that is no tensor. */
  readonly firstOutput?: string;
}

const text = new TextEncoder();

function attribute(name: string, value: Attribute): MessageInitShape<typeof AttributeProtoSchema> {
  const type = AttributeProto_AttributeType;
  if (typeof value === 'number') return { name, type: type.INT, i: BigInt(value) };
  if (typeof value === 'string') return { name, type: type.STRING, s: text.encode(value) };
  if ('float' in value) return { name, type: type.FLOAT, f: value.float };
  return { name, type: type.INTS, ints: value.map(BigInt) };
}

function initialiser(name: string, value: Value): MessageInitShape<typeof TensorProtoSchema> {
  const { buffer, byteOffset, byteLength } = value.constant!;
  return {
    name,
    dataType: onnxType(value.dtype),
    dims: value.shape.map(BigInt),
    rawData: new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength),
  };
}

function valueInfo(
  name: string,
  value: Value,
  shape: readonly (number | string)[] = value.shape,
): MessageInitShape<typeof ValueInfoProtoSchema> {
  const dim = shape.map((d) => ({
    value:
      typeof d === 'number'
        ? { case: 'dimValue' as const, value: BigInt(d) }
        : { case: 'dimParam' as const, value: d },
  }));
  const tensorType = { elemType: onnxType(value.dtype), shape: { dim } };
  return { name, type: { value: { case: 'tensorType', value: tensorType } } };
}

/** A list of tensors of whole numbers. */
function sequenceInfo(name: string): MessageInitShape<typeof ValueInfoProtoSchema> {
  const tensorType = { elemType: onnxType('int64') };
  const elemType = { value: { case: 'tensorType' as const, value: tensorType } };
  return { name, type: { value: { case: 'sequenceType', value: { elemType } } } };
}

/** The nodes that the given values need, each after those it depends on. */
export function orderedNodes(outputs: Iterable<Value>): Node[] {
  const ordered: Node[] = [];
  const seen = new Set<Node>();
  // An explicit stack: an unrolled recurrence is deeper than JavaScript's own.
  const stack: { node: Node; next: number }[] = [];
  const visit = (value: Value | undefined): void => {
    if (value?.node && !seen.has(value.node)) {
      seen.add(value.node);
      stack.push({ node: value.node, next: 0 });
    }
  };
  for (const output of outputs) {
    visit(output);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (top.next < top.node.inputs.length) visit(top.node.inputs[top.next++]);
      else ordered.push(stack.pop()!.node);
    }
  }
  return ordered;
}

/** Inputs without those left out at the end: ONNX Runtime's WebGPU provider crashes on a Conv whose bias is named ''. */
const withoutTrailing = (inputs: Node['inputs']): Node['inputs'] =>
  inputs.slice(0, inputs.findLastIndex((value) => value !== undefined) + 1);

/** Domain and name of an operator; `domain::name` for one that is not ONNX's own. */
function operatorOf({ op }: Node): { readonly domain: string; readonly opType: string } {
  const [domain, opType] = op.includes('::') ? op.split('::') : ['', op];
  return { domain, opType };
}

/** A model as bytes, with what a program needs to feed it. */
export interface EncodedModel {
  readonly bytes: Uint8Array;
  /** Keys of the inputs that the graph really reads. */
  readonly inputs: ReadonlySet<string>;
  readonly nodes: readonly Node[];
}

/**
 * Encodes the graph that computes `outputs`.
 *
 * @param outputs graph outputs by name
 * @throws RangeError when one of them holds another's name as input and no node makes it
 */
export function encodeModel(
  outputs: Readonly<Record<string, Value>>,
  options: ModelOptions = {},
): EncodedModel {
  const { name = 'deepfield', metadata = {}, shapes = {}, firstOutput } = options;
  const results = Object.entries(outputs);
  const nodes = orderedNodes(results.map(([, value]) => value));
  const names = new Map<Value, string>();
  const inputs = new Map<string, Value>();
  const initialisers: MessageInitShape<typeof TensorProtoSchema>[] = [];
  const nameOf = (value: Value | undefined): string => {
    if (value === undefined) return '';
    const known = names.get(value);
    if (known !== undefined) return known;
    const fresh = value.input ?? `%${names.size}`;
    names.set(value, fresh);
    if (value.input !== undefined) inputs.set(value.input, value);
    else if (value.constant) initialisers.push(initialiser(fresh, value));
    return fresh;
  };
  // What a node makes bears its public name; only what is fed, constant or wanted twice is copied to it.
  const copied = results.filter(([key, value]) => {
    if (!value.node || names.has(value)) return true;
    names.set(value, key);
    return false;
  });
  // An output that was evaluated before holds its numbers: when its node runs again for a sibling, it goes nowhere.
  // (Left out altogether, as ONNX allows, it makes ONNX Runtime 1.30 crash in Split.)
  let unread = 0;
  const outputName = (value: Value): string => (value.node ? nameOf(value) : `unread${unread++}`);
  const protoNodes = nodes.map((node, i) => ({
    ...operatorOf(node),
    name: `${i} ${node.origin}`,
    input: withoutTrailing(node.inputs).map(nameOf),
    output: node.outputs.map(outputName),
    attribute: Object.entries(node.attributes).map(([key, value]) => attribute(key, value)),
  }));
  for (const [key, value] of copied) {
    protoNodes.push({
      domain: '',
      opType: 'Identity',
      name: `output ${key}`,
      input: [nameOf(value)],
      output: [key],
      attribute: [],
    });
  }
  if (firstOutput !== undefined) {
    const something = nameOf(int64([0]));
    protoNodes.unshift({
      domain: '',
      opType: 'SequenceConstruct',
      name: firstOutput,
      input: [something],
      output: [firstOutput],
      attribute: [],
    });
  }
  const graph: MessageInitShape<typeof GraphProtoSchema> = {
    name,
    node: protoNodes,
    initializer: initialisers,
    input: [...inputs].map(([key, value]) => valueInfo(key, value, shapes[key])),
    output: [
      ...(firstOutput === undefined ? [] : [sequenceInfo(firstOutput)]),
      ...results.map(([key, value]) => valueInfo(key, value, shapes[key])),
    ],
  };
  const model = create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    producerName: 'deepfield',
    opsetImport: [
      { domain: '', version: OPSET },
      ...[...new Set(protoNodes.map(({ domain }) => domain))]
        .filter((domain) => domain !== '')
        .map((domain) => ({ domain, version: 1n })),
    ],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph,
  });
  return { bytes: toBinary(ModelProtoSchema, model), inputs: new Set(inputs.keys()), nodes };
}
