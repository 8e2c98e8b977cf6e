// Spreads independent tasks over worker threads: a thin layer over piscina that knows how this house is run, from
// TypeScript (vitest, tsx) or compiled. The order of the results is that of the tasks and nothing depends on the number
// of threads, provided that a task's result depends on the task alone: give each its own random state.
// A worker module has a default export `(task) => result`, maybe async.
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import { UserError } from './errors.ts';
import { ownBytes } from './own-bytes.ts';
import type { PoolData, WorkerReply } from './worker-entry.ts';

export interface WorkerOptions<Result> {
  /** Worker threads at most; no more are started than there are tasks. */
  readonly threads: number;
  /** Stops the threads at once; the call then throws `signal.reason`. */
  readonly signal?: AbortSignal;
  /** Called as each task ends, in the order in which they end. */
  readonly onDone?: (result: Result, index: number) => void;
}

/**
 * Runs every task in a worker thread, in the order given, `threads` at a time. Typed arrays of the results are moved,
 * not copied; those of the tasks are copied. Sort long tasks first to keep all threads busy to the end.
 *
 * @param module URL of the worker module, without its extension where it is compiled with this file:
 *   `new URL('./wolff-worker', import.meta.url)`
 * @returns the results, in the order of the tasks
 * @throws what a task throws (a UserError stays one), after stopping the others; `signal.reason` when aborted
 */
export async function runInWorkers<Task, Result>(
  module: URL,
  tasks: readonly Task[],
  { threads, signal, onDone }: WorkerOptions<Result>,
): Promise<Result[]> {
  signal?.throwIfAborted();
  if (tasks.length === 0) return [];
  const pool = openPool(module, Math.min(threads, tasks.length));
  const stop = () => void pool.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.all(
      tasks.map(async (task, index) => {
        const reply: WorkerReply<Result> = await pool.run(ownBytes(task));
        if ('mistake' in reply) throw new UserError(reply.mistake);
        onDone?.(reply.result, index);
        return reply.result;
      }),
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await pool.destroy();
  }
}

export interface StreamOptions {
  readonly threads: number;
  /** Results that may wait for their turn, beside the tasks at work. They bound the memory. */
  readonly ahead: number;
  readonly signal?: AbortSignal;
}

/**
 * As {@link runInWorkers} for a stream of tasks of any length: yields the results in the order of the tasks, and draws a
 * new task only as one is taken. The tasks' buffers named by `moved` are handed over, not copied.
 */
export async function* streamFromWorkers<Task, Result>(
  module: URL,
  tasks: Iterable<Task> | AsyncIterable<Task>,
  { threads, ahead, signal }: StreamOptions,
  moved: (task: Task) => ArrayBuffer[] = () => [],
): AsyncGenerator<Result> {
  signal?.throwIfAborted();
  const pool = openPool(module, threads);
  const stop = () => void pool.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  const waiting: Promise<WorkerReply<Result>>[] = [];
  const next = async (): Promise<Result> => {
    const reply = await waiting.shift()!;
    if ('mistake' in reply) throw new UserError(reply.mistake);
    return reply.result;
  };
  try {
    for await (const task of tasks) {
      const transferList = moved(task);
      const sent = transferList.length > 0 ? task : ownBytes(task);
      const running: Promise<WorkerReply<Result>> = pool.run(sent, { transferList });
      running.catch(() => {}); // it is awaited in its turn, or not at all when one before it failed
      waiting.push(running);
      if (waiting.length >= threads + ahead) yield await next();
    }
    while (waiting.length > 0) yield await next();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await pool.destroy();
  }
}

/**
 * A pool of threads that stays open, for whoever has tasks all the time. Each answers with a {@link WorkerReply}; a thread
 * that ends is replaced, and its task rejected.
 *
 * @param module as for {@link runInWorkers}
 * @param nice by how much the system prefers other threads (nice(2)), where it can
 * @param given plain data for every thread, in its `workerData`
 */
export function openPool(
  module: URL,
  threads: number,
  { nice = 0, given }: { readonly nice?: number; readonly given?: unknown } = {},
): Piscina {
  const extension = extname(import.meta.url);
  const count = Math.max(1, Math.floor(threads));
  return new Piscina({
    filename: fileURLToPath(new URL(`./worker-entry${extension}`, import.meta.url)),
    workerData: {
      module: extname(module.pathname) === '' ? `${module.href}${extension}` : module.href,
      threads: count,
      given,
    } satisfies PoolData,
    minThreads: count,
    maxThreads: count,
    niceIncrement: nice,
    execArgv: extension === '.ts' ? ['--import', typescriptHooks()] : [],
  });
}

/** A module that teaches a thread TypeScript: tsx's own loader does so for the main thread only. */
function typescriptHooks(): string {
  const found = createRequire(import.meta.url).resolve('tsx/esm/api');
  const api = pathToFileURL(found.replace(/\.cjs$/, '.mjs')).href; // the CommonJS twin finds its hooks on Node 24 only
  return `data:text/javascript,${encodeURIComponent(`import { register } from '${api}'; register();`)}`;
}
