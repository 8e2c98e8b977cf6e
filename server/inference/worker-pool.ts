// The worker threads. One that ends, by a crash or because its task was given up, is replaced by the pool, and counted.
import type { Transferable } from 'node:worker_threads';
import { UserError } from '../../core/errors.ts';
import type { WorkerReply } from '../../core/worker-entry.ts';
import { openPool } from '../../core/workers.ts';
import type { ReplyOf, Task } from '../worker/task.ts';

export interface WorkerPool {
  readonly size: number;
  /**
   * @param options.signal ends the thread when it is aborted while the task runs
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

/**
 * Milliseconds that tasks are given to end when the pool is closed. ONNX Runtime aborts the whole process when its thread is ended
 * while a network runs; what nobody waits for any more still runs.
 */
const patience = 5000;

/**
 * @param module URL of the worker module without its extension
 * @param onEnd called when a thread ended before the pool was closed
 */
export function openWorkers(module: URL, size: number, onEnd: () => void): WorkerPool {
  const pool = openPool(module, size, nice);
  let closing = false;
  const running = new Set<Promise<unknown>>();
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
      const asked: Promise<WorkerReply<ReplyOf<T>>> = pool.run(task, {
        transferList: [...moved] as never,
        ...(signal ? { signal } : {}),
      });
      running.add(asked);
      const reply = await asked.finally(() => running.delete(asked));
      if ('mistake' in reply) throw new UserError(reply.mistake);
      return reply.result;
    },
    async close() {
      closing = true;
      let late: NodeJS.Timeout | undefined;
      const waited = new Promise<void>((resolve) => {
        late = setTimeout(resolve, patience);
      });
      await Promise.race([Promise.allSettled(running), waited]);
      clearTimeout(late);
      await pool.destroy();
    },
  };
}
