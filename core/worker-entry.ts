// What runs first in every worker thread of workers.ts: loads the task's module once and hands its answers back, with
// their typed arrays moved. A UserError would arrive as a plain Error, so its parts travel as data.
import { fileURLToPath } from 'node:url';
import { workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { UserError, type UserErrorParts } from './errors.ts';

/** What a worker thread answers: the task's result, or the user's mistake that it met. */
export type WorkerReply<Result> = { readonly result: Result } | { readonly mistake: UserErrorParts };

/** What every thread of a pool knows. */
export interface PoolData {
  /** URL of the module that has the task. */
  readonly module: string;
  /** Threads of the pool. */
  readonly threads: number;
  /** What whoever opened it has for every thread. */
  readonly given?: unknown;
}

type TaskModule = { default: (task: unknown) => unknown };

/** A user's TypeScript beside this program, compiled, is for jiti: Node 20 knows no types. */
async function load(module: string): Promise<TaskModule> {
  if (!module.endsWith('.ts') || import.meta.url.endsWith('.ts')) return import(module);
  const { createJiti } = await import('jiti');
  return createJiti(module, { fsCache: false }).import<TaskModule>(fileURLToPath(module));
}

const loaded = load((workerData as PoolData).module);

/** The buffers of all typed arrays in plain objects and arrays that own their buffer alone. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    const whole = value.byteOffset === 0 && value.byteLength === value.buffer.byteLength;
    if (whole && value.buffer instanceof ArrayBuffer && !Buffer.isBuffer(value)) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersOf(part, found);
  }
  return found;
}

export default async function runTask(task: unknown): Promise<unknown> {
  try {
    const result = await (await loaded).default(task);
    const reply: WorkerReply<unknown> = { result };
    return move({ [transferableSymbol]: [...buffersOf(result)], [valueSymbol]: reply } as never);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { what, where, how } = error;
    return { mistake: { what, where, how } } satisfies WorkerReply<unknown>;
  }
}
