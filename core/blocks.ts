// Work that is divided into blocks: tasks of one worker module that anybody may do, in any order and at any time, since what comes
// out depends on the task alone. Here a pool of threads does them (workers.ts); a source may as well have them from elsewhere.
import { streamFromWorkers } from './workers.ts';

export interface BlockWork<Task = unknown> {
  /** kebab-case name, its own among those of one simulation. */
  readonly id: string;
  /** Worker module, as for `runInWorkers`. */
  readonly module: URL;
  /** Plain data. */
  readonly tasks: readonly Task[];
}

/**
 * Yields what comes of the tasks, in their order.
 *
 * @param ahead blocks that may wait in memory for their turn, beside those at work; 2 when left out
 */
export type BlockSource = <Block>(work: BlockWork, ahead?: number) => AsyncIterable<Block>;

/** The source of blocks that are made here and now. */
export const blocksFromWorkers = ({
  threads,
  signal,
}: {
  readonly threads: number;
  readonly signal?: AbortSignal;
}): BlockSource =>
  async function* <Block>({ module, tasks }: BlockWork, ahead = 2) {
    if (tasks.length === 0) return;
    yield* streamFromWorkers<unknown, Block>(module, tasks, {
      threads: Math.max(1, Math.min(threads, tasks.length)),
      ahead,
      signal,
    });
  };
