// Spreads independent tasks over worker threads: a thin layer over piscina that knows how this house is run, from
// TypeScript (vitest, tsx) or compiled. The order of the results is that of the tasks and nothing depends on the number
// of threads, provided that a task's result depends on the task alone: give each its own random state.
// A worker module has a default export `(task) => result`, maybe async.
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import { UserError } from './errors.ts';
import type { WorkerReply } from './worker-entry.ts';

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
 * @param module URL of the worker module without its extension: `new URL('./wolff-worker', import.meta.url)`
 * @returns the results, in the order of the tasks
 * @throws what a task throws (a UserError stays one), after stopping the others; `signal.reason` when aborted
 */
export async function runInWorkers<Task, Result>(
  module: URL,
  tasks: readonly Task[],
  { onDone, ...options }: WorkerOptions<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(tasks.length);
  await consumeFromWorkers<Task, Result>(module, tasks, {
    ...options,
    onDone: (result, index) => {
      results[index] = result;
      onDone?.(result, index);
    },
  });
  return results;
}

/** As {@link runInWorkers} but keeps no result after `onDone` has seen it, for results that are large together. */
export async function consumeFromWorkers<Task, Result>(
  module: URL,
  tasks: readonly Task[],
  { threads, signal, onDone }: WorkerOptions<Result>,
): Promise<void> {
  signal?.throwIfAborted();
  if (tasks.length === 0) return;
  const extension = extname(import.meta.url);
  const count = Math.max(1, Math.min(Math.floor(threads), tasks.length));
  const pool = new Piscina({
    filename: fileURLToPath(new URL(`./worker-entry${extension}`, import.meta.url)),
    workerData: { module: `${module.href}${extension}` },
    minThreads: count,
    maxThreads: count,
    execArgv: extension === '.ts' ? ['--import', typescriptHooks()] : [],
  });
  const stop = () => void pool.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await Promise.all(
      tasks.map(async (task, index) => {
        const reply: WorkerReply<Result> = await pool.run(task);
        if ('mistake' in reply) throw new UserError(reply.mistake);
        onDone?.(reply.result, index);
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

/** A module that teaches a thread TypeScript: tsx's own loader does so for the main thread only. */
function typescriptHooks(): string {
  const found = createRequire(import.meta.url).resolve('tsx/esm/api');
  const api = pathToFileURL(found.replace(/\.cjs$/, '.mjs')).href; // the CommonJS twin finds its hooks on Node 24 only
  return `data:text/javascript,${encodeURIComponent(`import { register } from '${api}'; register();`)}`;
}
