// Predict: files -> requests -> networks -> answers. Requests that want the same networks with inputs of the same
// shapes are run together.

import type { TensorData } from '../../core/engine/tensor-data.ts';
import { UserError } from '../../core/errors.ts';
import type { DecodedRequest, Domain, Models } from '../../domains/domain.ts';

type Outputs = Record<string, TensorData>;

/** Rows run at once: enough to keep a processor busy, little enough memory. */
const largestBatch = 256;

function stackRows(tensors: readonly TensorData[]): TensorData {
  const [first] = tensors;
  const length = tensors.reduce((sum, tensor) => sum + tensor.data.length, 0);
  const data = new (first.data.constructor as { new (n: number): TensorData['data'] })(length);
  let start = 0;
  for (const tensor of tensors) {
    data.set(tensor.data, start);
    start += tensor.data.length;
  }
  const rows = tensors.reduce((sum, { shape }) => sum + shape[0], 0);
  return { dtype: first.dtype, shape: [rows, ...first.shape.slice(1)], data };
}

function rowsFrom(tensor: TensorData, start: number, count: number): TensorData {
  const width = tensor.data.length / tensor.shape[0];
  return {
    ...tensor,
    shape: [count, ...tensor.shape.slice(1)],
    data: tensor.data.slice(start * width, (start + count) * width),
  };
}

const mapValues = <A, B>(
  record: Readonly<Record<string, A>>,
  f: (value: A, key: string) => B,
): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value, key)]));

const rowCount = ({ inputs }: DecodedRequest): number => Object.values(inputs)[0].shape[0];

/** Consecutive requests whose rows are run together. */
function* inBatches(requests: readonly number[], rowsOf: (request: number) => number): Generator<number[]> {
  let batch: number[] = [];
  let rows = 0;
  for (const request of requests) {
    if (batch.length > 0 && rows + rowsOf(request) > largestBatch) {
      yield batch;
      [batch, rows] = [[], 0];
    }
    batch.push(request);
    rows += rowsOf(request);
  }
  if (batch.length > 0) yield batch;
}

/**
 * The answers to requests, in their order.
 * @throws UserError when no network fits a request
 */
export async function predictAll(
  domain: Domain,
  config: unknown,
  models: Models,
  requests: readonly unknown[],
): Promise<unknown[]> {
  const decoded: DecodedRequest[] = [];
  for (const request of requests) decoded.push(await domain.predict.decode(request, models, config));
  const groups = new Map<string, number[]>();
  for (const [i, { models: ids, inputs }] of decoded.entries()) {
    const key = JSON.stringify([ids, mapValues(inputs, ({ dtype, shape }) => [dtype, shape.slice(1)])]);
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  }
  const answers: unknown[] = new Array(requests.length);
  for (const group of groups.values()) {
    for (const rows of inBatches(group, (i) => rowCount(decoded[i]))) {
      const [first] = rows;
      const inputs = mapValues(decoded[first].inputs, (_, name) =>
        stackRows(rows.map((i) => decoded[i].inputs[name])),
      );
      const outputs: Outputs[] = [];
      for (const id of decoded[first].models) outputs.push(await models.run(id, inputs));
      let start = 0;
      for (const i of rows) {
        const count = rowCount(decoded[i]);
        const from = start;
        const own = outputs.map((output) => mapValues(output, (tensor) => rowsFrom(tensor, from, count)));
        answers[i] = domain.predict.encode(own, requests[i], config, decoded[i].context);
        start += count;
      }
    }
  }
  return answers;
}

/** The answer to one request of a file. */
export interface FilePrediction {
  readonly file: string;
  /** Number of the request in its file, from 1. */
  readonly row: number;
  readonly answer: unknown;
  /** The answer as a line of text. */
  readonly text: string;
}

export interface FilePredictions {
  readonly predictions: readonly FilePrediction[];
  /** Files that could not be read or answered. */
  readonly failures: readonly { readonly file: string; readonly error: UserError }[];
}

/** Predicts for every request of every file; a file that fails does not stop the others. Stops between files. */
export async function predictFiles(
  domain: Domain,
  config: unknown,
  models: Models,
  files: readonly string[],
  signal: AbortSignal,
): Promise<FilePredictions> {
  const predictions: FilePrediction[] = [];
  const failures: { file: string; error: UserError }[] = [];
  const { filesIn = async (path: string) => [path] } = domain.predict;
  const attempt = async (file: string, work: () => Promise<void>): Promise<void> => {
    signal.throwIfAborted();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.push({ file, error });
    }
  };
  const all: string[] = [];
  for (const path of files) {
    await attempt(path, async () => {
      all.push(...(await filesIn(path)));
    });
  }
  for (const file of all) {
    await attempt(file, async () => {
      const requests = await domain.predict.read(file);
      const answers = await predictAll(domain, config, models, requests);
      for (const [i, answer] of answers.entries()) {
        predictions.push({ file, row: i + 1, answer, text: domain.predict.describe(answer) });
      }
    });
  }
  return { predictions, failures };
}
