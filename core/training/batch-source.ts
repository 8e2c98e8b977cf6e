// Where a training loop gets its batches from: passes over rows, each pass in its own order, none of which needs the
// whole set in memory.
import type { FeedArray } from '../engine/program.ts';
import type { RandomStream } from '../random.ts';

export type InputArray = FeedArray;

/** Some rows: for each input of the step, rows x (size of a row) numbers. */
export interface RowBatch {
  readonly rows: number;
  /** Steps of its sequences, where batches differ in that: the dimension that `inputs` of a training leave open. */
  readonly length?: number;
  readonly inputs: Readonly<Record<string, InputArray>>;
}

export interface EpochOptions {
  /** Which pass this is, from 0. It decides the order of the rows and nothing else does. */
  readonly epoch: number;
  readonly batchSize: number;
  /** Batches at the front to leave out: where a resumed run goes on. */
  readonly skip: number;
}

export interface BatchSource {
  /** Rows in one pass. */
  readonly size: number;
  /** One pass; each batch has `batchSize` rows, the last may have fewer. */
  epoch(options: EpochOptions): Iterable<RowBatch> | AsyncIterable<RowBatch>;
}

export interface RowSourceOptions {
  /** Numbers of the rows that take part. */
  readonly rows: ArrayLike<number>;
  /**
   * Reads the given rows, in that order. `random` is the batch's own, split from `shuffle`: whoever changes rows at random
   * (augmentation) draws from it, so that a resumed run draws the same.
   */
  readonly gather: (
    rows: Uint32Array,
    random: RandomStream | undefined,
  ) => Readonly<Record<string, InputArray>>;
  /** Shuffles every pass anew; file order when left out. */
  readonly shuffle?: RandomStream;
}

/** Batches of rows that can be read in any order: arrays in memory, or a file with an index. */
export function rowSource({ rows, gather, shuffle }: RowSourceOptions): BatchSource {
  return {
    size: rows.length,
    *epoch({ epoch, batchSize, skip }) {
      const order = Uint32Array.from(rows);
      shuffle?.split('epoch', epoch).shuffle(order);
      for (let start = skip * batchSize; start < order.length; start += batchSize) {
        const taken = order.subarray(start, start + batchSize);
        yield { rows: taken.length, inputs: gather(taken, shuffle?.split('batch', epoch, start)) };
      }
    },
  };
}

export interface StreamSourceOptions {
  /** Rows in one pass. */
  readonly size: number;
  /** Opens the stream from its start; blocks of any number of rows. */
  readonly open: () => AsyncIterable<RowBatch>;
  /** Rows held for shuffling. Rows further apart in the stream than this keep their order, roughly. */
  readonly bufferRows: number;
  readonly shuffle?: RandomStream;
}

/** Batches of rows that only come one after another: a shuffle buffer of bounded size between stream and batches. */
export function streamSource({ size, open, bufferRows, shuffle }: StreamSourceOptions): BatchSource {
  return {
    size,
    async *epoch({ epoch, batchSize, skip }) {
      const random = shuffle?.split('epoch', epoch);
      const buffer: Record<string, InputArray>[] = [];
      let batch: Record<string, InputArray>[] = [];
      let index = 0;
      const emit = (row: Record<string, InputArray>): RowBatch | undefined => {
        batch.push(row);
        if (batch.length < batchSize) return undefined;
        const full = batch;
        batch = [];
        return index++ < skip ? undefined : joinRows(full);
      };
      for await (const block of open()) {
        for (const row of splitRows(block)) {
          if (random === undefined) {
            const full = emit(row);
            if (full) yield full;
          } else if (buffer.length < bufferRows) {
            buffer.push(row);
          } else {
            const out = random.integer(bufferRows);
            const full = emit(buffer[out]);
            buffer[out] = row;
            if (full) yield full;
          }
        }
      }
      for (const row of random?.shuffle(buffer) ?? buffer) {
        const full = emit(row);
        if (full) yield full;
      }
      if (batch.length > 0 && index >= skip) yield joinRows(batch);
    },
  };
}

function* splitRows({ rows, inputs }: RowBatch): Generator<Record<string, InputArray>> {
  const widths = Object.entries(inputs).map(([name, array]) => [name, array, array.length / rows] as const);
  for (let i = 0; i < rows; i++) {
    yield Object.fromEntries(
      widths.map(([name, array, width]) => [name, array.slice(i * width, (i + 1) * width)]),
    );
  }
}

function joinRows(rows: readonly Record<string, InputArray>[]): RowBatch {
  const inputs: Record<string, InputArray> = {};
  for (const [name, first] of Object.entries(rows[0])) {
    const joined = new (first.constructor as new (n: number) => InputArray)(first.length * rows.length);
    rows.forEach((row, i) => {
      joined.set(row[name], i * first.length);
    });
    inputs[name] = joined;
  }
  return { rows: rows.length, inputs };
}
