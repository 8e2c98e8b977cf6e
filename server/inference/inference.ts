// Asks the workers: for a network's outputs, for a domain's answers, for the answer to a file. What a worker threw, or that it
// ended, becomes an error of the request alone.
import { MessageChannel } from 'node:worker_threads';
import { HttpError } from '../http-error.ts';
import type { Metrics } from '../metrics.ts';
import type { ServerSettings } from '../settings.ts';
import { pack, unpack } from '../worker/pack.ts';
import type {
  BatchReply,
  FileReply,
  FileTask,
  InferMeta,
  InferTask,
  ItemsMeta,
  ItemsTask,
  RunReference,
} from '../worker/task.ts';
import type { Gone, Lane } from './lane.ts';
import { WorkQueue } from './work-queue.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A file that is sent is one item, whatever it holds. */
const onlyItem = 0;

/** A body with what is said outside it. */
interface Entry<Meta> {
  readonly meta: Meta;
  readonly body: Uint8Array;
}

/** The answer to one request of a batch. */
export interface Replied {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An error in a worker, with its own stack. */
class WorkerBug extends Error {
  override readonly name = 'WorkerBug';
}

type BatchTaskOf<Meta> = (requests: readonly Meta[], bodies: ItemsTask['bodies']) => InferTask | ItemsTask;

/** What a file is asked with, but for what only the worker is told. */
export type FileQuestion = Omit<FileTask, 'kind' | 'stop'>;

export class Inference {
  readonly queue: WorkQueue;

  constructor(
    private readonly pool: WorkerPool,
    private readonly settings: ServerSettings,
    private readonly metrics: () => Metrics,
  ) {
    this.queue = new WorkQueue(pool.size, settings, metrics);
  }

  /** @throws HttpError, WorkerBug, or whatever ended the worker */
  infer(
    run: RunReference,
    network: string,
    meta: InferMeta,
    body: Uint8Array,
    signal: Gone,
  ): Promise<Replied> {
    const lane = this.batchLane<InferMeta>(
      'infer',
      `${run.root}\n${run.stamp}\n${network}`,
      (requests, bodies) => ({
        kind: 'infer',
        run,
        network,
        requests,
        bodies,
      }),
    );
    return this.one(lane, { meta, body }, signal);
  }

  /** @throws as {@link infer} */
  items(run: RunReference, meta: ItemsMeta, body: Uint8Array, signal: Gone): Promise<Replied> {
    const lane = this.batchLane<ItemsMeta>('items', `${run.root}\n${run.stamp}`, (requests, bodies) => ({
      kind: 'items',
      run,
      requests,
      bodies,
    }));
    return this.one(lane, { meta, body }, signal);
  }

  /** @throws UserError that the file met, HttpError when it unpacks to too much, and as {@link infer} */
  file(question: FileQuestion, signal: Gone): Promise<FileReply> {
    const lane: Lane<FileQuestion, FileReply> = {
      key: `file\n${question.path}`,
      kind: 'file',
      most: 1,
      long: true,
      run: async ([asked], force) => [await this.runFile(asked, signal, force)],
    };
    return this.queue.submit(lane, question, signal);
  }

  private async runFile(question: FileQuestion, gone: Gone, force: AbortSignal): Promise<FileReply> {
    const { port1, port2 } = new MessageChannel();
    const stop = (): void => port1.postMessage('stop');
    const late = setTimeout(stop, this.settings.deadline * 1000);
    gone.addEventListener('abort', stop, { once: true });
    try {
      const reply = await this.pool.run({ ...question, kind: 'file', stop: port2 } satisfies FileTask, {
        signal: force,
        moved: [port2],
      });
      if ('tooLarge' in reply) throw new HttpError('too large', reply.tooLarge, {}, onlyItem);
      this.metrics().inference.observe({ kind: 'file' }, reply.seconds);
      return reply;
    } finally {
      clearTimeout(late);
      gone.removeEventListener('abort', stop);
      port1.close();
    }
  }

  private async one<Meta>(
    lane: Lane<Entry<Meta>, Replied & { readonly bug?: string }>,
    entry: Entry<Meta>,
    signal: Gone,
  ): Promise<Replied> {
    const { bug, ...reply } = await this.queue.submit(lane, entry, signal);
    if (bug !== undefined) throw new WorkerBug(bug);
    return reply;
  }

  private batchLane<Meta>(
    kind: 'infer' | 'items',
    key: string,
    makeTask: BatchTaskOf<Meta>,
  ): Lane<Entry<Meta>, Replied & { readonly bug?: string }> {
    return {
      key: `${kind}\n${key}`,
      kind,
      most: this.settings.maxBatch,
      // A worker holds several times what the bodies of its batch have.
      mostBytes: this.settings.maxBody * 2 ** 20,
      bytesOf: ({ body }) => body.length,
      long: false,
      run: async (entries, signal) => {
        const bodies = pack(entries.map(({ body }) => body));
        const task = makeTask(
          entries.map(({ meta }) => meta),
          bodies,
        );
        const moved = [bodies.bytes.buffer as ArrayBuffer];
        const reply: BatchReply = await this.pool.run(task, { signal, moved });
        this.metrics().inference.observe({ kind }, reply.seconds);
        const answers = unpack(reply.bodies);
        return reply.heads.map((head, i) => ({ ...head, body: answers[i] }));
      },
    };
  }
}
