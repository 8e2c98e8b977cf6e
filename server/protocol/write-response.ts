// The outputs of a network as the body of an inference response: JSON, and after it the bytes of the outputs that were asked for
// so, little-endian, in their order.
import type { TensorData } from '../../core/engine/tensor-data.ts';
import type { InferResponse } from '../schemas/inference.ts';
import { jsonType } from '../send-json.ts';
import { datatypeOf } from './datatypes.ts';
import type { ReadRequest } from './read-request.ts';

export interface InferBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const bytesOf = ({ data }: TensorData): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const numbersOf = ({ dtype, data }: TensorData): (number | boolean)[] =>
  dtype === 'bool' ? Array.from(data, (value) => value !== 0) : Array.from(data);

export function writeResponse(
  { id, outputs }: Pick<ReadRequest, 'id' | 'outputs'>,
  { model, version }: { readonly model: string; readonly version: string },
  results: Readonly<Record<string, TensorData>>,
): InferBody {
  const tails: Uint8Array[] = [];
  const response: InferResponse = {
    model_name: model,
    model_version: version,
    ...(id === undefined ? {} : { id }),
    outputs: outputs.map(({ name, binary }) => {
      const tensor = results[name];
      const head = { name, shape: [...tensor.shape], datatype: datatypeOf(tensor.dtype) };
      if (!binary) return { ...head, data: numbersOf(tensor) };
      const bytes = bytesOf(tensor);
      tails.push(bytes);
      return { ...head, parameters: { binary_data_size: bytes.length } };
    }),
  };
  const json = Buffer.from(JSON.stringify(response));
  if (tails.length === 0) return { headers: { 'content-type': jsonType }, body: json };
  return {
    headers: {
      'content-type': 'application/octet-stream',
      'inference-header-content-length': String(json.length),
    },
    body: Buffer.concat([json, ...tails]),
  };
}
