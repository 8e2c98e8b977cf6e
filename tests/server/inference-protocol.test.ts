// The Open Inference Protocol over HTTP, route by route: what the specification's own examples ask, and everything that can be
// wrong with a request.

import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, makeLineRun, removeFolder, startTestServer, type TestServer } from './harness.ts';

let server: TestServer;
const folder = makeFolder();
beforeAll(async () => {
  for (const name of ['first', 'second']) await makeLineRun(join(folder, name));
  server = await startTestServer({ named: [join(folder, 'first'), join(folder, 'second')] });
});
afterAll(async () => {
  await server.stop();
  removeFolder(folder);
});

/** y = 2 x + 1 after 500 steps on points without noise: exact to far below this. */
const near = 4;
const infer = '/v2/models/trying-line.line2/infer';
const input = { name: 'x', shape: [2, 1], datatype: 'FP32', data: [1, 2] };

describe('health and metadata', () => {
  it('lives, is ready, and says what it is', async () => {
    expect((await server.ask('/v2/health/live')).json).toEqual({ live: true });
    expect((await server.ask('/v2/health/ready')).json).toEqual({ ready: true });
    expect((await server.ask('/v2')).json).toEqual({
      name: 'deepfield',
      version: '1.2.3',
      extensions: ['binary_tensor_data', 'model_repository'],
    });
  });

  it('tells inputs and outputs of a network, and its versions with the newest first', async () => {
    const ports = {
      platform: 'onnxruntime_onnx',
      inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 1] }],
      outputs: [{ name: 'y', datatype: 'FP32', shape: [-1, 1] }],
    };
    const { json } = await server.ask('/v2/models/trying-line');
    expect(json).toEqual({ name: 'trying-line', versions: ['second', 'first'], ...ports });
    const first = await server.ask('/v2/models/trying-line.line2/versions/first');
    expect(first.json).toEqual({ name: 'trying-line.line2', versions: ['first'], ...ports });
  });

  it('says whether a network is ready', async () => {
    expect((await server.ask('/v2/models/trying-line/ready')).json.ready).toBe(true);
    const { json } = await server.ask('/v2/models/trying-line/versions/first/ready');
    expect(json).toEqual({ name: 'trying-line', version: 'first', ready: true });
  });

  it('lists the repository', async () => {
    const { json } = await server.post('/v2/repository/index', { ready: true });
    expect(json).toHaveLength(6);
    expect(json).toContainEqual({ name: 'trying-line.line-1', version: 'first', state: 'READY', reason: '' });
    expect((await server.ask('/v2/repository/index', { method: 'POST' })).status).toBe(200);
    expect((await server.post('/v2/repository/index', { ready: 'yes' })).status).toBe(400);
  });

  it.each([
    ['/v2/models/trying-lime', 'no model "trying-lime"; did you mean trying-line'],
    ['/v2/models/trying-line/versions/third', 'no version of trying-line "third"'],
    ['/v2/models/trying-line/versions/third/ready', 'no version of trying-line "third"'],
    ['/v2/models/nothing/ready', 'no model "nothing"; there are: trying-line'],
  ])('GET %s is 404', async (path, message) => {
    const { status, json } = await server.ask(path);
    expect(status).toBe(404);
    expect(json.error).toContain(message);
  });
});

describe('infer', () => {
  it('answers rows in their order, and gives id, name and version back', async () => {
    const { status, json } = await server.post(infer, { id: 'a 1', inputs: [input] });
    expect(status).toBe(200);
    expect(json).toMatchObject({ model_name: 'trying-line.line2', model_version: 'second', id: 'a 1' });
    const [{ name, shape, datatype, data }] = json.outputs;
    expect({ name, shape, datatype }).toEqual({ name: 'y', shape: [2, 1], datatype: 'FP32' });
    expect(data[0]).toBeCloseTo(3, near);
    expect(data[1]).toBeCloseTo(5, near);
  });

  it('takes nested data, a version, the outputs that are wanted, and parameters that it does not know', async () => {
    const { json } = await server.post('/v2/models/trying-line/versions/first/infer', {
      parameters: { priority: 1 },
      inputs: [{ ...input, data: [[1], [2]] }],
      outputs: [{ name: 'y', parameters: { binary_data: false } }],
    });
    expect(json.model_version).toBe('first');
    expect(json.outputs[0].data[1]).toBeCloseTo(5, near);
    expect(json).not.toHaveProperty('id');
    const other = await server.post('/v2/models/trying-line.line-1/infer', { inputs: [input] });
    expect(other.json.outputs[0].data[1]).toBeCloseTo(-1, near); // y = 1 - x
  });

  const binaryBody = (values: readonly number[], more: Record<string, unknown> = {}) => {
    const head = Buffer.from(
      JSON.stringify({
        inputs: [
          {
            name: 'x',
            shape: [values.length, 1],
            datatype: 'FP32',
            parameters: { binary_data_size: 4 * values.length },
          },
        ],
        ...more,
      }),
    );
    const body = Buffer.concat([head, Buffer.from(Float32Array.from(values).buffer)]);
    return { body, headers: { 'inference-header-content-length': String(head.length) } };
  };

  it('takes tensors as bytes after the JSON, and gives them back so when asked', async () => {
    const { body, headers } = binaryBody([1, 2, 3], { parameters: { binary_data_output: true } });
    const answer = await server.ask(infer, { method: 'POST', body, headers });
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    const length = Number(answer.headers.get('inference-header-content-length'));
    const head = JSON.parse(answer.bytes.subarray(0, length).toString());
    expect(head.outputs).toEqual([
      { name: 'y', shape: [3, 1], datatype: 'FP32', parameters: { binary_data_size: 12 } },
    ]);
    const tail = answer.bytes.subarray(length);
    expect(tail.length).toBe(12);
    expect(tail.readFloatLE(8)).toBeCloseTo(7, near);
  });

  it('takes a body that is gzipped', async () => {
    const body = gzipSync(JSON.stringify({ inputs: [input] }));
    const answer = await server.ask(infer, { method: 'POST', body, headers: { 'content-encoding': 'gzip' } });
    expect(answer.json.outputs[0].data[0]).toBeCloseTo(3, near);
  });

  it('refuses bytes that do not fit their JSON', async () => {
    const { body, headers } = binaryBody([1, 2]);
    const post = (own: Buffer, header: Record<string, string>) =>
      server.ask(infer, { method: 'POST', body: new Uint8Array(own), headers: header });
    const short = await post(body.subarray(0, -4), headers);
    expect([short.status, short.json.error]).toEqual([
      400,
      'input x: expected 8 bytes after the JSON, got 4; give the length of the JSON in Inference-Header-Content-Length',
    ]);
    expect((await post(Buffer.concat([body, body]), headers)).json.error).toMatch(
      /bytes after the JSON belong to no input/,
    );
    expect((await post(body, { 'inference-header-content-length': '9999' })).json.error).toMatch(
      /fewer than the 9999/,
    );
    expect((await post(body, { 'inference-header-content-length': 'x' })).status).toBe(400);
    expect((await post(body, {})).status).toBe(400);
  });

  it.each([
    [{ inputs: [{ ...input, datatype: 'FP64' }] }, 'input x: expected datatype FP32, got FP64'],
    [
      { inputs: [{ ...input, shape: [1, 2] }] },
      'input x: expected shape [-1, 1], got [1, 2]; -1 stands for any size',
    ],
    [{ inputs: [{ ...input, shape: [2] }] }, 'input x: expected shape [-1, 1], got [2]'],
    [{ inputs: [{ ...input, shape: [0, 1], data: [] }] }, 'holds nothing'],
    [{ inputs: [{ ...input, data: [1] }] }, 'input x, data: expected 2 numbers for shape [2, 1], got 1'],
    [{ inputs: [{ ...input, data: [[1], 2] }] }, 'input x, data[1]: expected a list'],
    [{ inputs: [{ ...input, data: [[1, 2], [3]] }] }, 'input x, data[0]: expected a list of 1, got one of 2'],
    [{ inputs: [{ ...input, data: [1, 'two'] }] }, 'input x, data[1]: expected a number, got "two"'],
    [{ inputs: [{ ...input, data: undefined }] }, 'input x: no data'],
    [{ inputs: [{ ...input, name: 'y' }] }, 'no input "y"; did you mean x?'],
    [{ inputs: [input, input] }, 'input x: stands twice'],
    [{ inputs: [{ ...input, shape: undefined }] }, 'inputs[0].shape: is missing'],
    [
      { inputs: [{ ...input, parameters: { binary_data_size: -1 } }] },
      'binary_data_size: expected a number of bytes, got -1',
    ],
    [
      { inputs: [{ ...input, parameters: { shared_memory_region: 'a' } }] },
      'shared_memory_region is not supported',
    ],
    [{ inputs: [input], outputs: [{ name: 'z' }] }, 'no output "z"; did you mean y?'],
    [
      { inputs: [input], outputs: [{ name: 'y', parameters: { classification: 2 } }] },
      'classification is not supported',
    ],
    [{ inputs: [] }, 'inputs: expected list of at least 1'],
    [{ id: 7, inputs: [input] }, 'id: expected text, got 7'],
    [{}, 'inputs: is missing'],
    [[], 'got a list of 0'],
  ])('%j is 400', async (body, message) => {
    const { status, json } = await server.post(infer, body);
    expect(status).toBe(400);
    expect(json.error).toContain(message);
  });

  it('refuses what is no JSON, and models and versions that are not there', async () => {
    const bad = await server.ask(infer, { method: 'POST', body: '{"inputs": [' });
    expect([bad.status, bad.json.error]).toEqual([400, expect.stringMatching(/^the body is no JSON/)]);
    expect((await server.ask(infer, { method: 'POST' })).json.error).toBe('the body is empty; send JSON');
    expect((await server.post('/v2/models/none/infer', { inputs: [input] })).status).toBe(404);
    expect((await server.post('/v2/models/trying-line/versions/9/infer', {})).status).toBe(404);
  });
});
