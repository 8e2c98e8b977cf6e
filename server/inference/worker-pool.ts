// The worker threads. One that ends, by a crash or because its task was given up, is replaced by the pool, and counted.
import type { Transferable } from 'node:worker_threads';
import { UserError } from '../../core/errors.ts';
import type { WorkerReply } from '../../core/worker-entry.ts';
import { openPool } from '../../core/workers.ts';
import type { OwnDomain } from '../../pipelines/own-domains/own-domain.ts';
import { type Assignment, doomed, type ReplyOf, type Task } from '../worker/task.ts';

export interface WorkerPool {
  readonly size: number;
  /**
   * @param options.signal ends the thread when it is aborted while the task runs, as soon as no network does
   * @throws UserError that the task met; any other error when the thread ended
   */
  run<T extends Task>(
    task: T,
    options?: { readonly signal?: AbortSignal; readonly moved?: readonly Transferable[] },
  ): Promise<ReplyOf<T>>;
  close(): Promise<void>;
}

/** The thread that listens goes before those that compute. */
const nice = 3;

/** Milliseconds that tasks are given to end when the pool is closed: what nobody waits for any more still runs. */
const patience = 5000;
/** Milliseconds between two looks at whether a thread can be ended. */
const look = 20;

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Waits until no network runs, and lets none begin: a thread that is ended in ONNX Runtime takes the whole process with it
 * (Napi::Error, SIGABRT).
 */
async function whenOutside(native: Assignment['native']): Promise<void> {
  while (Atomics.compareExchange(native, 0, 0, doomed) > 0) await sleep(look);
}

/**
 * @param module URL of the worker module without its extension
 * @param own domains of the user's own, which the module finds among what it is given
 * @param onEnd called when a thread ended before the pool was closed
 */
export function openWorkers(
  module: URL,
  size: number,
  onEnd: () => void,
  own: readonly OwnDomain[] = [],
): WorkerPool {
  const pool = openPool(module, size, { nice, given: own });
  let closing = false;
  const running = new Set<Assignment['native']>();
  /** Of tasks that have ended, for the next ones. */
  const spare: Assignment['native'][] = [];
  pool.on('workerDestroy', () => {
    if (!closing) onEnd();
  });
  // A thread that ends between tasks; without a listener it would end the server.
  pool.on('error', () => {});
  return {
    size,
    async run<T extends Task>(
      task: T,
      {
        signal,
        moved = [],
      }: { readonly signal?: AbortSignal; readonly moved?: readonly Transferable[] } = {},
    ): Promise<ReplyOf<T>> {
      const native = spare.pop() ?? new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      const end = new AbortController();
      const force = (): void => void whenOutside(native).then(() => end.abort());
      signal?.addEventListener('abort', force, { once: true });
      running.add(native);
      let reply: WorkerReply<ReplyOf<T>>;
      try {
        reply = await pool.run({ task, native } satisfies Assignment, {
          transferList: [...moved] as never,
          signal: end.signal,
        });
        if (!signal?.aborted) spare.push(native);
      } finally {
        running.delete(native);
        signal?.removeEventListener('abort', force);
      }
      if ('mistake' in reply) throw new UserError(reply.mistake);
      return reply.result;
    },
    async close() {
      closing = true;
      const late = performance.now() + patience;
      while (running.size > 0 && performance.now() < late) await sleep(look);
      await Promise.all([...running].map(whenOutside));
      await pool.destroy();
    },
  };
}
