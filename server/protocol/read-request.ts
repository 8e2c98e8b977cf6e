// A body posted to /v2/models/{model}/infer: JSON, and after it the bytes of the tensors that have `binary_data_size`, in the
// order of the inputs.
import type { ModelPort } from '../../core/engine/inference.ts';
import type { TensorData } from '../../core/engine/tensor-data.ts';
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import { parseItem } from '../../pipelines/stages/parse-item.ts';
import { parseJson } from '../parse-json.ts';
import { type InferRequest, inferRequest } from '../schemas/inference.ts';
import { readTensor } from './read-tensor.ts';

export interface WantedOutput {
  readonly name: string;
  readonly binary: boolean;
}

/** A request that fits the network. */
export interface ReadRequest {
  readonly id?: string;
  readonly inputs: Readonly<Record<string, TensorData>>;
  readonly outputs: readonly WantedOutput[];
}

interface Ports {
  readonly inputs: readonly ModelPort[];
  readonly results: readonly ModelPort[];
}

/** @throws UserError for parameters of extensions that are not here */
function refuseExtensions(where: string, parameters: InferRequest['parameters'] = {}): void {
  for (const name of ['shared_memory_region', 'classification']) {
    if (name in parameters)
      throw new UserError({ what: `the parameter ${name} is not supported`, where, how: 'leave it out' });
  }
}

function unknownName(kind: string, name: string, known: readonly string[]): UserError {
  const near = nearest(name, known);
  return new UserError({
    what: `no ${kind} ${JSON.stringify(name)}`,
    how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `the network has ${known.join(', ')}`,
  });
}

function readInputs(
  given: InferRequest['inputs'],
  { inputs }: Ports,
  tail: Uint8Array,
): Record<string, TensorData> {
  const tensors: Record<string, TensorData> = {};
  let at = 0;
  for (const input of given) {
    refuseExtensions(`input ${input.name}`, input.parameters);
    const port = inputs.find(({ name }) => name === input.name);
    if (port === undefined)
      throw unknownName(
        'input',
        input.name,
        inputs.map(({ name }) => name),
      );
    if (input.name in tensors) throw new UserError({ what: 'stands twice', where: `input ${input.name}` });
    const { binary_data_size: size } = input.parameters ?? {};
    if (size !== undefined && !(typeof size === 'number' && Number.isInteger(size) && size >= 0))
      throw new UserError({
        what: `expected a number of bytes, got ${JSON.stringify(size)}`,
        where: `input ${input.name}, binary_data_size`,
      });
    if (typeof size === 'number' && at + size > tail.length)
      throw new UserError({
        what: `expected ${size} bytes after the JSON, got ${tail.length - at}`,
        where: `input ${input.name}`,
        how: 'give the length of the JSON in Inference-Header-Content-Length',
      });
    const binary = typeof size === 'number' ? tail.subarray(at, at + size) : undefined;
    at += binary?.length ?? 0;
    tensors[input.name] = readTensor(input, port, binary);
  }
  if (at < tail.length)
    throw new UserError({
      what: `${tail.length - at} bytes after the JSON belong to no input`,
      how: 'give binary_data_size',
    });
  const lacking = inputs.find(({ name }) => !(name in tensors));
  if (lacking !== undefined) throw new UserError({ what: `input ${lacking.name} is missing` });
  const rows = inputs.map(({ name }) => tensors[name].shape[0]);
  if (rows.some((count) => count !== rows[0]))
    throw new UserError({
      what: `inputs of ${rows.join(', ')} rows`,
      where: inputs.map(({ name }) => name).join(', '),
      how: 'give all the same number of rows',
    });
  return tensors;
}

/** @throws UserError naming what is wrong, what was expected and what came */
export function readRequest(body: Uint8Array, headerLength: number | undefined, ports: Ports): ReadRequest {
  if (headerLength !== undefined && headerLength > body.length)
    throw new UserError({
      what: `the body has ${body.length} bytes, fewer than the ${headerLength} of its JSON`,
      where: 'Inference-Header-Content-Length',
    });
  const end = headerLength ?? body.length;
  const request = parseItem(inferRequest, parseJson(body.subarray(0, end)));
  refuseExtensions('parameters', request.parameters);
  const names = ports.results.map(({ name }) => name);
  const all = request.parameters?.binary_data_output === true;
  const outputs = (
    request.outputs ??
    names.map((name): { name: string; parameters?: InferRequest['parameters'] } => ({ name }))
  ).map(({ name, parameters }) => {
    refuseExtensions(`output ${name}`, parameters);
    if (!names.includes(name)) throw unknownName('output', name, names);
    return { name, binary: (parameters?.binary_data ?? all) === true };
  });
  return {
    ...(request.id === undefined ? {} : { id: request.id }),
    inputs: readInputs(request.inputs, ports, body.subarray(end)),
    outputs,
  };
}
