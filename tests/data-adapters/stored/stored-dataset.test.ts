import { mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import type { RowBatch } from '../../../core/training/batch-source.ts';
import { PartWriter } from '../../../data-adapters/stored/part-writer.ts';
import type { StoredDataset } from '../../../data-adapters/stored/stored-dataset.ts';

const columns = {
  features: { type: 'float32', shape: [2] },
  label: { type: 'uint8', shape: [] },
} as const;
const provenance = { kind: 'simulated', source: 'numbered rows', notes: [] } as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stored-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Row i has the features i and -i and the label i mod 2. */
const rowsFrom = (first: number, count: number) => ({
  features: Float32Array.from({ length: 2 * count }, (_, k) => (first + (k >> 1)) * (k % 2 ? -1 : 1)),
  label: Uint8Array.from({ length: count }, (_, i) => (first + i) % 2),
});

/** `rows` numbered training rows, given in pieces of `piece`, and three test rows. */
async function numbered(
  name: string,
  rows: number,
  piece: number,
  blockRows: number,
): Promise<StoredDataset> {
  const writer = await PartWriter.open(folder, name, columns, blockRows);
  for (let first = 0; first < rows; first += piece) {
    const count = Math.min(piece, rows - first);
    await writer.write('train', count, rowsFrom(first, count));
  }
  await writer.write('test', 3, rowsFrom(rows, 3));
  return writer.finish(provenance);
}

const numbersOf = ({ rows, inputs }: RowBatch): number[] =>
  Array.from({ length: rows }, (_, i) => inputs.x[2 * i]);

async function epochOf(
  part: StoredDataset,
  options: { shuffle?: RandomStream; bufferRows?: number; batchSize: number; skip?: number; epoch?: number },
): Promise<number[][]> {
  const { batchSize, skip = 0, epoch = 0, ...rest } = options;
  const source = part.splits.train.source({ inputs: { x: 'features', y: 'label' }, ...rest });
  const batches: number[][] = [];
  for await (const batch of source.epoch({ epoch, batchSize, skip })) {
    expect(batch.inputs.x.length).toBe(2 * batch.rows);
    const numbers = numbersOf(batch);
    expect(Array.from(batch.inputs.y)).toEqual(numbers.map((n) => n % 2));
    batches.push(numbers);
  }
  return batches;
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('a part on disk', () => {
  it('gives back its rows in order, for any sizes of pieces and blocks', async () => {
    let n = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        async (rows, piece, blockRows) => {
          n += 1;
          const part = await numbered(`order-${n}`, rows, piece, blockRows);
          expect(part.rows).toBe(rows + 3);
          expect(part.splits.train.length).toBe(rows);
          const all: number[] = [];
          for await (const { columns: read } of part.splits.train.blocks()) {
            for (let i = 0; i < read.features.data.length; i += 2) all.push(read.features.data[i]);
          }
          expect(all).toEqual(range(rows));
          expect(Array.from(await part.splits.test.column('label'))).toEqual(
            [rows, rows + 1, rows + 2].map((row) => row % 2),
          );
          expect(await epochOf(part, { batchSize: 7 })).toEqual(
            range(Math.ceil(rows / 7)).map((b) => range(rows).slice(7 * b, 7 * b + 7)),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  it('gives every row once a pass, shuffled, each pass anew, and goes on where a run was stopped', async () => {
    const part = await numbered('shuffle', 50, 50, 8);
    const shuffle = new RandomStream(1, 'test');
    const options = { shuffle, bufferRows: 20, batchSize: 6 };
    const whole = await epochOf(part, options);
    expect(whole.map((batch) => batch.length)).toEqual([6, 6, 6, 6, 6, 6, 6, 6, 2]);
    expect(whole.flat().sort((a, b) => a - b)).toEqual(range(50));
    expect(whole.flat()).not.toEqual(range(50));
    expect(await epochOf(part, { ...options, epoch: 1 })).not.toEqual(whole);
    for (const skip of range(10)) {
      expect(await epochOf(part, { ...options, skip })).toEqual(whole.slice(skip));
    }
  });

  it('mixes rows of different blocks into one batch', async () => {
    const part = await numbered('mix', 64, 64, 8);
    const [first] = await epochOf(part, { shuffle: new RandomStream(3), bufferRows: 64, batchSize: 16 });
    expect(new Set(first.map((row) => row >> 3)).size).toBeGreaterThan(4);
  });

  it('measures the training rows', async () => {
    const { statistics } = await numbered('statistics', 5, 2, 4);
    // 0 ... 4: mean 2, mean square of deviations (4 + 1 + 0 + 1 + 4) / 5 = 2.
    const deviation = Math.SQRT2;
    expect(statistics.features[0]).toEqual({ mean: 2, deviation, least: 0, greatest: 4, missing: 0 });
    expect(statistics.features[1]).toEqual({ mean: -2, deviation, least: -4, greatest: -0, missing: 0 });
  });

  it('measures logarithms of what is above 0, and counts missing values', async () => {
    const writer = await PartWriter.open(folder, 'logarithms', columns);
    const features = Float32Array.of(1, -1, Math.fround(Math.E), Number.NaN, Number.NaN, 2);
    await writer.write('train', 3, { features, label: new Uint8Array(3) });
    const { statistics } = await writer.finish(provenance);
    // ln 1 and ln e: mean and deviation 1/2, to the rounding of e to float32.
    expect(statistics.features[0].logarithm!.mean).toBeCloseTo(0.5, 6);
    expect(statistics.features[0].logarithm!.deviation).toBeCloseTo(0.5, 6);
    expect(statistics.features[0].missing).toBe(1);
    expect(statistics.features[1]).toEqual({ mean: 0.5, deviation: 1.5, least: -1, greatest: 2, missing: 1 });
  });

  it('is an Arrow file that others read', async () => {
    const part = await numbered('arrow', 5, 5, 4);
    const table = tableFromIPC(await readFile(part.splits.train.path));
    expect(table.numRows).toBe(5);
    expect(Array.from(table.get(4)!.features)).toEqual([4, -4]);
  });

  it('takes rows spread evenly over the file', async () => {
    const part = await numbered('sample', 20, 20, 8);
    const sampled = async (n: number): Promise<number[]> => {
      const { size, columns: taken } = await part.splits.train.sample(n, ['features']);
      expect(taken.features.data.length).toBe(2 * size);
      return range(size).map((i) => taken.features.data[2 * i]);
    };
    expect(await sampled(5)).toEqual([0, 4, 8, 12, 16]);
    expect(await sampled(3)).toEqual([0, 6, 13]);
    expect(await sampled(1)).toEqual([0]);
    expect(await sampled(20)).toEqual(range(20));
    expect(await sampled(99)).toEqual(range(20));
  });

  it('says that a file is damaged', async () => {
    const part = await numbered('damage', 20, 20, 8);
    await truncate(part.splits.train.path, 300);
    await expect(part.splits.train.column('label')).rejects.toThrow(/is damaged or no prepared data/);
    await rm(part.splits.train.path);
    await expect(part.splits.train.column('label')).rejects.toThrow(/damage\.train\.arrow/);
  });

  it('leaves nothing behind when given up, and says what is wrong with a block', async () => {
    const before = await readdir(folder);
    const writer = await PartWriter.open(folder, 'given-up', columns, 4);
    await writer.write('train', 9, rowsFrom(0, 9));
    await expect(writer.write('train', 2, rowsFrom(0, 3))).rejects.toThrow(/features has 6 numbers, not 4/);
    await writer.abort();
    expect(await readdir(folder)).toEqual(before);
  });

  it('says at once when the disk refuses', async () => {
    const writer = await PartWriter.open(folder, 'no/such', columns, 4);
    await expect(writer.finish(provenance)).rejects.toThrow(/no such|does not exist|missing/i);
    await writer.abort();
  });
});
