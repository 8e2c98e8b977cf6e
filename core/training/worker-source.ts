// Batches of rows that cost more to make than a step has time for: worker threads make them while the network learns from those
// before. A batch is made from the numbers of its rows and a stream of its own, so that it is the same on any number of threads.
import type { RandomStream } from '../random.ts';
import { streamFromWorkers } from '../workers.ts';
import type { BatchSource, InputArray } from './batch-source.ts';

export interface WorkerSourceOptions<Task> {
  /** Numbers of the rows that take part. */
  readonly rows: ArrayLike<number>;
  /** Shuffles every pass anew, and names the stream of each batch. */
  readonly shuffle: RandomStream;
  /** As for `runInWorkers`: its default export makes the inputs of a batch, `(task) => inputs`. */
  readonly module: URL;
  /** What it is told: what belongs to the rows, copied, and the {@link RandomStream.name} of the batch's stream. */
  readonly task: (rows: Uint32Array, stream: string) => Task;
  /** Worker threads. */
  readonly threads: number;
}

/** Batches that may wait for their turn, for each thread. */
const aheadOfEach = 2;

/** As `rowSource` with a `gather` that runs in worker threads: the same rows in the same order, and the same streams. */
export function workerSource<Task>(options: WorkerSourceOptions<Task>): BatchSource {
  const { rows, shuffle, module, task, threads } = options;
  return {
    size: rows.length,
    async *epoch({ epoch, batchSize, skip }) {
      const order = shuffle.split('epoch', epoch).shuffle(Uint32Array.from(rows));
      const batches: Uint32Array[] = [];
      for (let start = skip * batchSize; start < order.length; start += batchSize)
        batches.push(order.subarray(start, start + batchSize));
      const streams = batches.map((_, i) => shuffle.split('batch', epoch, (skip + i) * batchSize).name);
      const made = streamFromWorkers<Task, Readonly<Record<string, InputArray>>>(
        module,
        (function* () {
          for (const [i, batch] of batches.entries()) yield task(batch, streams[i]);
        })(),
        { threads: Math.min(threads, batches.length), ahead: aheadOfEach * threads },
      );
      let next = 0;
      for await (const inputs of made) yield { rows: batches[next++].length, inputs };
    },
  };
}
