// Predict: files -> requests -> networks -> answers. Requests that want the same networks with inputs of the same
// shapes are run together; one that fails does not stop the others.
import type { TensorData } from '../../core/engine/tensor-data.ts';
import { rowsOf, sliceRows, stackRows } from '../../core/engine/tensor-rows.ts';
import { UserError } from '../../core/errors.ts';
import type { DecodedRequest, Domain, Evaluation, Models } from '../../domains/domain.ts';
import type { Panel } from '../../domains/panel.ts';

type Outputs = Record<string, TensorData>;

/** Rows run at once: enough to keep a processor busy, little enough memory. */
const largestBatch = 256;

const mapValues = <A, B>(
  record: Readonly<Record<string, A>>,
  f: (value: A, key: string) => B,
): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value, key)]));

const rowCount = ({ inputs }: DecodedRequest): number => rowsOf(Object.values(inputs)[0]);

/** Consecutive requests whose rows are run together. */
function* inBatches(requests: readonly number[], countOf: (request: number) => number): Generator<number[]> {
  let batch: number[] = [];
  let rows = 0;
  for (const request of requests) {
    if (batch.length > 0 && rows + countOf(request) > largestBatch) {
      yield batch;
      [batch, rows] = [[], 0];
    }
    batch.push(request);
    rows += countOf(request);
  }
  if (batch.length > 0) yield batch;
}

/** What came of one request. */
export type Outcome =
  | { readonly answer: unknown; readonly panels?: readonly Panel[] }
  | { readonly mistake: UserError };

/** For which requests panels are made beside the answers. */
export interface Showing {
  wants(request: number): boolean;
  readonly evaluation?: Evaluation;
}

/** What `work` returns, or the user's mistake that it met. */
async function attempt<T>(work: () => T | Promise<T>): Promise<T | UserError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** What comes of each request, in their order. @param showing no panels are made without */
export async function predictEach(
  domain: Domain,
  config: unknown,
  models: Models,
  requests: readonly unknown[],
  showing?: Showing,
): Promise<Outcome[]> {
  const { encode, show } = domain.predict;
  const outcomes: Outcome[] = new Array(requests.length);
  const decoded: DecodedRequest[] = new Array(requests.length);
  const groups = new Map<string, number[]>();
  for (const [i, request] of requests.entries()) {
    const own = await attempt<DecodedRequest>(() => domain.predict.decode(request, models, config));
    if (own instanceof UserError) {
      outcomes[i] = { mistake: own };
      continue;
    }
    decoded[i] = own;
    const key = JSON.stringify([
      own.models,
      mapValues(own.inputs, ({ dtype, shape }) => [dtype, shape.slice(1)]),
    ]);
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  }
  for (const group of groups.values()) {
    for (const together of inBatches(group, (i) => rowCount(decoded[i]))) {
      const [first] = together;
      const inputs = mapValues(decoded[first].inputs, (_, name) =>
        stackRows(together.map((i) => decoded[i].inputs[name])),
      );
      const outputs: Outputs[] = [];
      for (const id of decoded[first].models) outputs.push(await models.run(id, inputs));
      let start = 0;
      for (const i of together) {
        const [from, to] = [start, start + rowCount(decoded[i])];
        // Copies: an answer may keep its numbers, and must not keep those of all.
        const own = outputs.map((output) =>
          mapValues(output, (tensor) => {
            const rows = sliceRows(tensor, from, to);
            return { ...rows, data: rows.data.slice() };
          }),
        );
        const [request, { context }] = [requests[i], decoded[i]];
        const outcome = await attempt<Outcome>(async () => {
          const answer = encode(own, request, config, context);
          if (show === undefined || showing?.wants(i) !== true) return { answer };
          const { evaluation } = showing;
          return {
            answer,
            panels: await show({ answer, request, config, outputs: own, context, evaluation }),
          };
        });
        outcomes[i] = outcome instanceof UserError ? { mistake: outcome } : outcome;
        start = to;
      }
    }
  }
  return outcomes;
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
  const outcomes = await predictEach(domain, config, models, requests);
  return outcomes.map((outcome) => {
    if ('mistake' in outcome) throw outcome.mistake;
    return outcome.answer;
  });
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
  const tryFile = async (file: string, work: () => Promise<void>): Promise<void> => {
    signal.throwIfAborted();
    const error = await attempt(work);
    if (error instanceof UserError) failures.push({ file, error });
  };
  const all: string[] = [];
  for (const path of files) {
    await tryFile(path, async () => {
      all.push(...(await filesIn(path)));
    });
  }
  for (const file of all) {
    await tryFile(file, async () => {
      const requests = await domain.predict.read(file);
      const answers = await predictAll(domain, config, models, requests);
      for (const [i, answer] of answers.entries()) {
        predictions.push({ file, row: i + 1, answer, text: domain.predict.describe(answer) });
      }
    });
  }
  return { predictions, failures };
}
