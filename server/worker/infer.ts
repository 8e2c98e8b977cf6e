// A batch of inference requests for one network: each is read by itself, those that fit together run as one, and each gets its
// own rows back.
import type { TensorData } from '../../core/engine/tensor-data.ts';
import { rowsOf, sliceRows, stackRows } from '../../core/engine/tensor-rows.ts';
import { type ReadRequest, readRequest } from '../protocol/read-request.ts';
import { writeResponse } from '../protocol/write-response.ts';
import { type Answered, attempt } from './answered.ts';
import type { ServedRun } from './open-runs.ts';
import type { InferMeta } from './task.ts';

const mapValues = <A, B>(
  record: Readonly<Record<string, A>>,
  f: (value: A, key: string) => B,
): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value, key)]));

const requestRows = ({ inputs }: ReadRequest): number => rowsOf(Object.values(inputs)[0]);

/** Requests of inputs of the same shapes but for their rows, by place. */
function alike(requests: readonly (ReadRequest | undefined)[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [i, request] of requests.entries()) {
    if (request === undefined) continue;
    const key = JSON.stringify(mapValues(request.inputs, ({ shape }) => shape.slice(1)));
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  }
  return [...groups.values()];
}

export async function inferBatch(
  { models }: ServedRun,
  network: string,
  metas: readonly InferMeta[],
  bodies: readonly Uint8Array[],
): Promise<Answered[]> {
  const ports = await models.ports(network);
  const answers: Answered[] = new Array(bodies.length);
  const requests: (ReadRequest | undefined)[] = [];
  for (const [i, body] of bodies.entries()) {
    const request = await attempt(() => readRequest(body, metas[i].headerLength, ports));
    requests.push('mistake' in request ? undefined : request.result);
    if ('mistake' in request) answers[i] = request.mistake;
  }
  for (const group of alike(requests)) {
    const own = group.map((i) => requests[i]!);
    const inputs = mapValues(own[0].inputs, (_, name) =>
      stackRows(own.map((request) => request.inputs[name])),
    );
    const outputs = await models.run(network, inputs);
    let start = 0;
    for (const [k, i] of group.entries()) {
      const end = start + requestRows(own[k]);
      const rows = mapValues(outputs, (tensor: TensorData) => sliceRows(tensor, start, end));
      const { headers, body } = writeResponse(own[k], metas[i], rows);
      answers[i] = { status: 200, headers, body, rows: end - start };
      start = end;
    }
  }
  return answers;
}
