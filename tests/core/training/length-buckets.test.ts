import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import type { RowBatch } from '../../../core/training/batch-source.ts';
import { bucketFor, bucketSource } from '../../../core/training/length-buckets.ts';

const lengths = Array.from({ length: 100 }, (_, i) => 1 + ((i * 37) % 48));
const source = (shuffle?: RandomStream, poolBatches?: number) =>
  bucketSource({
    rows: Uint32Array.from(lengths, (_, i) => i),
    lengthOf: (row) => lengths[row],
    buckets: [8, 16, 48],
    gather: (rows, length) => ({
      row: Float32Array.from(rows),
      padded: new Float32Array(rows.length * length),
    }),
    ...(shuffle ? { shuffle } : {}),
    ...(poolBatches ? { poolBatches } : {}),
  });
const batches = (options: { epoch?: number; skip?: number; shuffle?: RandomStream; pool?: number } = {}) => {
  const { epoch = 0, skip = 0, shuffle, pool } = options;
  return [...(source(shuffle, pool).epoch({ epoch, batchSize: 16, skip }) as Iterable<RowBatch>)];
};
const rowsOf = (all: readonly RowBatch[]) => all.flatMap(({ inputs }) => [...inputs.row]);

describe('bucketSource', () => {
  it('gives every row once, in as many batches as the rows need', () => {
    const all = batches({ shuffle: new RandomStream(1, 'order') });
    expect(all).toHaveLength(Math.ceil(100 / 16));
    expect(rowsOf(all).sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
  });

  it('pads a batch to the least bucket that holds its longest row', () => {
    for (const { rows, length, inputs } of batches({ shuffle: new RandomStream(2, 'order') })) {
      const longest = Math.max(...Array.from(inputs.row, (row) => lengths[row]));
      expect(length).toBe(bucketFor(longest, [8, 16, 48]));
      expect(inputs.padded).toHaveLength(rows * length!);
    }
  });

  it('keeps like lengths together within a pool', () => {
    // 100 rows of lengths 1 to 48 in pools of all: batches of 16 sorted rows span 48 x 16 / 100, so 9 or 10 lengths, at most.
    for (const { inputs } of batches({ shuffle: new RandomStream(3, 'order') })) {
      const own = Array.from(inputs.row, (row) => lengths[row]);
      expect(Math.max(...own) - Math.min(...own)).toBeLessThanOrEqual(10);
    }
  });

  it('goes on where it was left: the batches after those that are skipped are the same', () => {
    const whole = batches({ epoch: 3, shuffle: new RandomStream(4, 'order'), pool: 2 });
    const rest = batches({ epoch: 3, skip: 2, shuffle: new RandomStream(4, 'order'), pool: 2 });
    expect(rest.map(({ inputs }) => [...inputs.row])).toEqual(
      whole.slice(2).map(({ inputs }) => [...inputs.row]),
    );
  });

  it('orders passes differently', () => {
    const shuffle = new RandomStream(5, 'order');
    expect(rowsOf(batches({ epoch: 0, shuffle }))).not.toEqual(rowsOf(batches({ epoch: 1, shuffle })));
  });
});

describe('bucketFor', () => {
  it('is the least that is not smaller', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 48 }), (length) => {
        const bucket = bucketFor(length, [8, 16, 48]);
        expect(bucket).toBeGreaterThanOrEqual(length);
        expect([8, 16, 48].filter((b) => b >= length && b < bucket)).toEqual([]);
      }),
    );
  });

  it('refuses what no bucket holds', () => {
    expect(() => bucketFor(49, [8, 48])).toThrow(/no bucket of 8, 48 holds 49 steps/);
  });
});
