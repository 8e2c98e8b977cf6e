// Tensors of the Open Inference Protocol: whatever is sent, as JSON or as bytes, comes back the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelPort } from '../../core/engine/inference.ts';
import type { TensorData } from '../../core/engine/tensor-data.ts';
import { datatypeOf } from '../../server/protocol/datatypes.ts';
import { readRequest } from '../../server/protocol/read-request.ts';
import { writeResponse } from '../../server/protocol/write-response.ts';

const dimensions = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

/** A tensor of any of our types. */
const tensor: fc.Arbitrary<TensorData> = dimensions.chain((shape) => {
  const length = shape.reduce((a, b) => a * b, 1);
  const of = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: length, maxLength: length });
  return fc.oneof(
    of(fc.float({ noNaN: true, noDefaultInfinity: true })).map(
      (data): TensorData => ({ dtype: 'float32', shape, data: Float32Array.from(data, (v) => v + 0) }),
    ),
    of(fc.integer()).map((data): TensorData => ({ dtype: 'int32', shape, data: Int32Array.from(data) })),
    of(fc.boolean()).map(
      (data): TensorData => ({ dtype: 'bool', shape, data: Uint8Array.from(data, Number) }),
    ),
  );
});

const portOf = ({ dtype, shape }: TensorData): ModelPort => ({
  name: 'a',
  dtype,
  shape: [-1, ...shape.slice(1)],
});

function nested(values: readonly unknown[], shape: readonly number[]): unknown[] {
  if (shape.length === 1) return [...values];
  const size = values.length / shape[0];
  return Array.from({ length: shape[0] }, (_, i) =>
    nested(values.slice(i * size, (i + 1) * size), shape.slice(1)),
  );
}

const valuesOf = ({ dtype, data }: TensorData): (number | boolean)[] =>
  Array.from(data, (value) => (dtype === 'bool' ? value === 1 : value));

describe('tensors', () => {
  it('are read from flat and nested JSON and from bytes', () => {
    fc.assert(
      fc.property(tensor, fc.constantFrom('flat', 'nested', 'bytes'), (given, way) => {
        const { dtype, shape, data } = given;
        const bytes = new Uint8Array(data.buffer);
        const head = { name: 'a', shape, datatype: datatypeOf(dtype) };
        const input =
          way === 'bytes'
            ? { ...head, parameters: { binary_data_size: bytes.length } }
            : { ...head, data: way === 'flat' ? valuesOf(given) : nested(valuesOf(given), shape) };
        const json = Buffer.from(JSON.stringify({ inputs: [input] }));
        const body = way === 'bytes' ? Buffer.concat([json, bytes]) : json;
        const { inputs } = readRequest(body, way === 'bytes' ? json.length : undefined, {
          inputs: [portOf(given)],
          results: [],
        });
        expect(inputs.a).toEqual(given);
      }),
    );
  });

  it('are written as JSON and as bytes that hold the same', () => {
    fc.assert(
      fc.property(tensor, (given) => {
        const names = { model: 'm', version: 'v' };
        const write = (binary: boolean) =>
          writeResponse({ outputs: [{ name: 'a', binary }] }, names, { a: given });
        const { outputs } = JSON.parse(Buffer.from(write(false).body).toString());
        expect(outputs[0].data).toEqual(valuesOf(given));
        const { headers, body } = write(true);
        const tail = body.subarray(Number(headers['inference-header-content-length']));
        expect(Buffer.from(tail)).toEqual(Buffer.from(given.data.buffer));
      }),
    );
  });

  it('of several inputs must have the same number of rows', () => {
    const ports = ['a', 'b'].map((name): ModelPort => ({ name, dtype: 'float32', shape: [-1] }));
    const inputs = [1, 2].map((rows, i) => ({
      name: ports[i].name,
      datatype: 'FP32',
      shape: [rows],
      data: new Array(rows).fill(0),
    }));
    const body = Buffer.from(JSON.stringify({ inputs }));
    expect(() => readRequest(body, undefined, { inputs: ports, results: [] })).toThrow(/inputs of 1, 2 rows/);
  });
});
