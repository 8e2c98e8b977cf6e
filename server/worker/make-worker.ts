// What a worker thread does with each task. It holds the networks; ONNX Runtime blocks its thread, which is why it is not the
// one that listens.
import { UnpacksTooMuch } from '../../data-adapters/tables/unpacked/unpacked-bytes.ts';
import type { Registry } from '../../domains/registry.ts';
import type { Answered } from './answered.ts';
import { describeRun } from './describe-run.ts';
import { inferBatch } from './infer.ts';
import { type OpenNetworks, OpenRuns } from './open-runs.ts';
import { pack, unpack } from './pack.ts';
import { predictFile } from './predict-file.ts';
import { predictItems } from './predict-items.ts';
import type {
  Assignment,
  BatchReply,
  FileReply,
  FileTask,
  FileTooLarge,
  InferTask,
  ItemsTask,
} from './task.ts';

type BatchTask = InferTask | ItemsTask;

const bugOf = (error: unknown): Answered => ({
  status: 500,
  headers: {},
  body: new Uint8Array(0),
  rows: 0,
  bug: error instanceof Error ? (error.stack ?? error.message) : String(error),
});

export interface WorkerOptions {
  readonly registry: Registry;
  readonly openNetworks: OpenNetworks;
  /** Threads of one network. */
  readonly threads: number;
}

/** @returns the function that a worker module exports */
export function makeWorker({
  registry,
  openNetworks,
  threads,
}: WorkerOptions): (assignment: Assignment) => Promise<unknown> {
  let native: Assignment['native'];
  /** Tells the server while a network runs. */
  const openWatched: OpenNetworks = async (paths, most) => {
    const models = await openNetworks(paths, most);
    return {
      ...models,
      async run(id, inputs) {
        const own = native;
        const before = Atomics.add(own, 0, 1);
        try {
          if (before < 0) throw new Error('the thread is ended');
          return await models.run(id, inputs);
        } finally {
          Atomics.sub(own, 0, 1);
        }
      },
    };
  };
  const runs = new OpenRuns(registry, openWatched, threads);

  const answer = async (task: BatchTask, from: number, to: number): Promise<Answered[]> => {
    const served = await runs.get(task.run);
    const bodies = unpack(task.bodies).slice(from, to);
    return task.kind === 'infer'
      ? inferBatch(served, task.network, task.requests.slice(from, to), bodies)
      : predictItems(served, task.requests.slice(from, to), bodies);
  };

  /** A bug that one request brings about is not the others': they are asked again, one by one. */
  const answerAll = async (task: BatchTask): Promise<Answered[]> => {
    const count = task.requests.length;
    try {
      return await answer(task, 0, count);
    } catch (error) {
      if (count === 1) return [bugOf(error)];
    }
    const answers: Answered[] = [];
    for (let i = 0; i < count; i++)
      answers.push(...(await answer(task, i, i + 1).catch((error) => [bugOf(error)])));
    return answers;
  };

  const batch = async (task: BatchTask): Promise<BatchReply> => {
    const start = performance.now();
    const answers = await answerAll(task);
    return {
      heads: answers.map(({ status, headers, bug }) => ({
        status,
        headers,
        ...(bug === undefined ? {} : { bug }),
      })),
      bodies: pack(answers.map(({ body }) => body)),
      rows: answers.reduce((sum, { rows }) => sum + rows, 0),
      seconds: (performance.now() - start) / 1000,
    };
  };

  const file = async (task: FileTask): Promise<FileReply | FileTooLarge> => {
    const start = performance.now();
    const controller = new AbortController();
    task.stop.addEventListener('message', () => controller.abort(new Error('the request is over')));
    task.stop.start();
    try {
      const { body, written } = await predictFile(await runs.get(task.run), task, controller.signal);
      return { json: JSON.stringify(body), written, seconds: (performance.now() - start) / 1000 };
    } catch (error) {
      // A mistake would arrive as one of any kind.
      if (error instanceof UnpacksTooMuch) return { tooLarge: error.message };
      throw error;
    } finally {
      task.stop.close();
    }
  };

  return async ({ task, native: own }) => {
    native = own;
    switch (task.kind) {
      case 'infer':
      case 'items':
        return batch(task);
      case 'file':
        return file(task);
      case 'describe':
        return describeRun(await runs.get(task.run));
      case 'open':
        await runs.get(task.run);
        return null;
    }
  };
}
