// Batches of sequences of different lengths: those of like length go together, so that little is padded and only a few
// shapes are compiled. Lengths are compared within pools of batches, so that passes still differ in who meets whom.
import type { RandomStream } from '../random.ts';
import type { BatchSource, InputArray } from './batch-source.ts';

export interface BucketSourceOptions {
  /** Numbers of the rows that take part. */
  readonly rows: ArrayLike<number>;
  /** Steps of a row's sequence. */
  readonly lengthOf: (row: number) => number;
  /** Lengths that batches may have, ascending; the last holds every row. */
  readonly buckets: readonly number[];
  /** Reads the given rows, their sequences padded to `length`. `random` is the batch's own. */
  readonly gather: (
    rows: Uint32Array,
    length: number,
    random: RandomStream | undefined,
  ) => Readonly<Record<string, InputArray>>;
  /** Shuffles every pass anew; rows by length when left out. */
  readonly shuffle?: RandomStream;
  /** Batches among which rows are sorted by length. Default 32. */
  readonly poolBatches?: number;
}

/**
 * The least bucket that holds a sequence.
 * @throws RangeError when none does
 */
export function bucketFor(length: number, buckets: readonly number[]): number {
  const bucket = buckets.find((size) => size >= length);
  if (bucket === undefined)
    throw new RangeError(`bucketFor: no bucket of ${buckets.join(', ')} holds ${length} steps`);
  return bucket;
}

export function bucketSource({
  rows,
  lengthOf,
  buckets,
  gather,
  shuffle,
  poolBatches = 32,
}: BucketSourceOptions): BatchSource {
  return {
    size: rows.length,
    *epoch({ epoch, batchSize, skip }) {
      const random = shuffle?.split('epoch', epoch);
      const order = Uint32Array.from(rows);
      random?.shuffle(order);
      const pool = random === undefined ? order.length : poolBatches * batchSize;
      let index = 0;
      for (let start = 0; start < order.length; start += pool) {
        const sorted = order.slice(start, start + pool).sort((a, b) => lengthOf(a) - lengthOf(b));
        const batches = Array.from({ length: Math.ceil(sorted.length / batchSize) }, (_, i) =>
          sorted.subarray(i * batchSize, (i + 1) * batchSize),
        );
        for (const batch of random?.shuffle(batches) ?? batches) {
          const number = index++;
          if (number < skip) continue;
          const length = bucketFor(lengthOf(batch[batch.length - 1]), buckets);
          yield {
            rows: batch.length,
            length,
            inputs: gather(batch, length, shuffle?.split('batch', epoch, number)),
          };
        }
      }
    },
  };
}
