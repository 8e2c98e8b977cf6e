// Several model files of one kind as one: their graphs side by side on the same inputs, each output the mean over the members, beside
// its spread. What is averaged is the probability, not its logarithm or log odds, as in a committee of independent networks
// (L. Hansen and P. Salamon, IEEE PAMI 12, 993 (1990)); the spread over networks that were trained apart is what B. Lakshminarayanan,
// A. Pritzel and C. Blundell (NeurIPS 2017) take for the uncertainty of the model.
import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProtoSchema,
  TensorProto_DataType,
  type ValueInfoProto,
} from './onnx/onnx_pb.ts';

/**
 * `mean` of the values; `log-odds` of the mean of the probabilities whose log odds the values are. `left-out` where a mean would mean
 * nothing, as of units that each network has in an order of its own. `deviationOf` for standard deviations of another output's
 * errors: the root of the mean of their squares plus the squared spread of that output, which is the law of total variance for
 * whoever believes each member as much as the next (Lakshminarayanan, Pritzel and Blundell, section 2.4).
 */
export type Averaging = 'mean' | 'log-odds' | 'left-out' | { readonly deviationOf: string };

/** The standard deviation of an output over the members (n - 1 in the denominator), in the output's own unit. */
export const spreadOutput = (output: string): string => `${output}_spread`;

/** Why models do not go together; who asks knows their names. */
export class MergeError extends Error {
  override readonly name = 'MergeError';
}

type Node = MessageInitShape<typeof NodeProtoSchema>;

const portText = ({ name, type }: ValueInfoProto): string => {
  if (type?.value.case !== 'tensorType') return `${name} of another kind`;
  const { elemType, shape } = type.value.value;
  const dims = (shape?.dim ?? []).map(({ value }) => (value.case === 'dimValue' ? value.value : '*'));
  return `${name} (type ${elemType}) [${dims.join(', ')}]`;
};

const portsText = (ports: readonly ValueInfoProto[]): string => ports.map(portText).sort().join('; ');

function graphOf({ graph }: ModelProto): GraphProto {
  if (graph === undefined) throw new MergeError('a model without a graph');
  return graph;
}

/** @throws MergeError unless the models take and give the same */
function requireAlike(models: readonly ModelProto[]): void {
  const [first, ...others] = models.map(graphOf);
  for (const other of others) {
    for (const [what, a, b] of [
      ['inputs', portsText(first.input), portsText(other.input)],
      ['outputs', portsText(first.output), portsText(other.output)],
    ]) {
      if (a !== b) throw new MergeError(`their ${what} differ: ${a}, not ${b}`);
    }
  }
}

/** A member's nodes and constants under names of their own; the inputs keep theirs. */
function renamed(graph: GraphProto, prefix: string): GraphProto {
  const shared = new Set(graph.input.map(({ name }) => name));
  const rename = (name: string): string => (name === '' || shared.has(name) ? name : `${prefix}${name}`);
  return {
    ...graph,
    initializer: graph.initializer.map((tensor) => ({ ...tensor, name: rename(tensor.name) })),
    node: graph.node.map((node) => {
      if (node.attribute.some(({ type }) => type === AttributeProto_AttributeType.GRAPH)) {
        throw new RangeError(`averageModels: node ${node.name} holds a graph`);
      }
      return {
        ...node,
        name: `${prefix}${node.name}`,
        input: node.input.map(rename),
        output: node.output.map(rename),
      };
    }),
  };
}

/** Builds nodes one after another, each result with a fresh name. */
class Nodes {
  readonly all: Node[] = [];
  constructor(private readonly prefix: string) {}

  add(opType: string, input: readonly string[], output = `${this.prefix}${this.all.length}`): string {
    this.all.push({ opType, domain: '', name: output, input: [...input], output: [output], attribute: [] });
    return output;
  }
}

/** The mean of an output and its spread, from the members' own. @param freedom name of the constant n / (n - 1) */
function averaged(
  output: string,
  members: readonly string[],
  how: Exclude<Averaging, 'left-out'>,
  freedom: string,
): Node[] {
  const nodes = new Nodes(`average/${output}/`);
  if (how === 'mean') nodes.add('Mean', members, output);
  else if (how !== 'log-odds') {
    const square = (value: string): string => nodes.add('Mul', [value, value]);
    const variances = [nodes.add('Mean', members.map(square)), square(spreadOutput(how.deviationOf))];
    nodes.add('Sqrt', [nodes.add('Add', variances)], output);
  } else {
    // log(mean p) - log(mean (1 - p)), each from log p = -softplus(-x), so that neither side cancels nor underflows.
    const side = (minus: readonly string[]): string => {
      const logs = minus.map((value) => nodes.add('Neg', [nodes.add('Softplus', [value])]));
      const most = nodes.add('Max', logs);
      const shares = logs.map((log) => nodes.add('Exp', [nodes.add('Sub', [log, most])]));
      return nodes.add('Add', [most, nodes.add('Log', [nodes.add('Mean', shares)])]);
    };
    const minus = members.map((value) => nodes.add('Neg', [value]));
    nodes.add('Sub', [side(minus), side(members)], output);
  }
  const centre = how === 'mean' ? output : nodes.add('Mean', members);
  const squares = members.map((value) => {
    const off = nodes.add('Sub', [value, centre]);
    return nodes.add('Mul', [off, off]);
  });
  const variance = nodes.add('Mul', [nodes.add('Mean', squares), freedom]);
  nodes.add('Sqrt', [variance], spreadOutput(output));
  return nodes.all;
}

/** The outputs that are kept with how they are averaged, deviations after what they are deviations of. */
function keptOutputs(outputs: readonly ValueInfoProto[], rules: AverageOptions['outputs']) {
  const kept = outputs.flatMap((port) => {
    const how = Object.hasOwn(rules, port.name) ? rules[port.name] : undefined;
    if (how === undefined) throw new MergeError(`nobody says how the output ${port.name} is averaged`);
    return how === 'left-out' ? [] : [{ port, how }];
  });
  return kept.sort((a, b) => Number(typeof a.how === 'object') - Number(typeof b.how === 'object'));
}

export interface AverageOptions {
  /** How each output is averaged; every one of the models' outputs is named. */
  readonly outputs: Readonly<Record<string, Averaging>>;
  /** metadata_props of the result. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * @param members model files that exportModel wrote, two at least
 * @returns the bytes of one, with an output {@link spreadOutput} beside each that is not left out
 * @throws MergeError when inputs, outputs or operator sets differ, or an output has no rule
 */
export function averageModels(members: readonly Uint8Array[], options: AverageOptions): Uint8Array {
  if (members.length < 2) throw new MergeError('one model is no ensemble');
  const models = members.map((bytes) => fromBinary(ModelProtoSchema, bytes));
  requireAlike(models);
  const [first] = models;
  const graphs = models.map((model, i) => renamed(graphOf(model), `${i + 1}/`));
  const { input, output } = graphOf(first);
  const freedom = 'average/freedom';
  const kept = keptOutputs(output, options.outputs);
  const nodes = kept.flatMap(({ port: { name }, how }) =>
    averaged(
      name,
      graphs.map((_, i) => `${i + 1}/${name}`),
      how,
      freedom,
    ),
  );
  const opsets = new Map<string, bigint>();
  for (const { domain, version } of models.flatMap(({ opsetImport }) => opsetImport)) {
    if ((opsets.get(domain) ?? version) !== version) throw new MergeError('their operator sets differ');
    opsets.set(domain, version);
  }
  const n = members.length;
  const merged = create(ModelProtoSchema, {
    irVersion: first.irVersion,
    producerName: first.producerName,
    opsetImport: [...opsets].map(([domain, version]) => ({ domain, version })),
    metadataProps: Object.entries(options.metadata ?? {}).map(([key, value]) => ({ key, value })),
    graph: {
      name: graphOf(first).name,
      node: [...graphs.flatMap(({ node }) => node), ...nodes],
      initializer: [
        ...graphs.flatMap(({ initializer }) => initializer),
        { name: freedom, dataType: TensorProto_DataType.FLOAT, dims: [], floatData: [n / (n - 1)] },
      ],
      input,
      output: kept.flatMap(({ port }) => [port, { ...port, name: spreadOutput(port.name) }]),
    },
  });
  return toBinary(ModelProtoSchema, merged);
}
