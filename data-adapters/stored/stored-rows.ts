// The rows of one split of a part that is kept on disk: read block by block, in order or shuffled, so that memory does not
// depend on how many there are.
import { type FileHandle, open } from 'node:fs/promises';
import type * as Arrow from 'apache-arrow';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import type { RandomStream } from '../../core/random.ts';
import type { BatchSource } from '../../core/training/batch-source.ts';
import type { Batch, Column, ColumnData } from '../dataset.ts';
import { type StoredColumns, widthOf } from './column-layout.ts';
import { shuffledBlocks } from './shuffled-blocks.ts';

/** A file of ours that is open. */
interface OpenFile {
  readonly blocks: number;
  readonly columns: StoredColumns;
  read(block: number, names: readonly string[]): Promise<Batch>;
  close(): Promise<void>;
}

const damaged = (path: string, cause?: unknown): UserError =>
  new UserError({ what: 'is damaged or no prepared data', where: path, how: 'start a new run', cause });

async function openFile(path: string): Promise<OpenFile> {
  const arrow = await import('apache-arrow');
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw await readError(error, path);
  }
  const close = (): Promise<void> => handle.close().catch(() => {});
  try {
    const reader = (await arrow.RecordBatchReader.from(handle)) as Arrow.AsyncRecordBatchFileReader;
    await reader.open();
    const columns = JSON.parse(reader.schema.metadata.get('deepfield.columns') ?? '') as StoredColumns;
    return {
      blocks: reader.numRecordBatches,
      columns,
      async read(block, names) {
        const batch = await reader.readRecordBatch(block);
        if (batch === null) throw damaged(path);
        const column = (name: string): Column => {
          const [data] = batch.getChild(name)!.data;
          const { shape } = columns[name];
          const { values } = shape.length === 0 ? data : data.children[0];
          // Buffers are padded to whole words.
          return { data: values.subarray(0, batch.numRows * widthOf(columns[name])) as ColumnData, shape };
        };
        return {
          size: batch.numRows,
          columns: Object.fromEntries(names.map((name) => [name, column(name)])),
        };
      },
      close,
    };
  } catch (error) {
    await close();
    throw damaged(path, error);
  }
}

/** Some rows of a column, copied. */
function rowsOf(data: ColumnData, rows: readonly number[], width: number): ColumnData {
  const copy = new (data.constructor as new (length: number) => ColumnData)(rows.length * width);
  rows.forEach((row, i) => {
    copy.set(data.subarray(row * width, (row + 1) * width) as never, i * width);
  });
  return copy;
}

export interface StoredBatchOptions {
  /** Columns that become inputs, by the name of the input. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Shuffles each pass anew; the order of the file when left out. */
  readonly shuffle?: RandomStream;
  /** Rows in memory that a batch is drawn from. Default 262,144. */
  readonly bufferRows?: number;
}

export class StoredRows {
  /**
   * @param length rows
   * @param blockRows rows of each block but the last
   */
  constructor(
    readonly path: string,
    readonly length: number,
    readonly blockRows: number,
    private readonly columnNames: readonly string[],
  ) {}

  /** All rows in the order of the file, a block at a time. @throws UserError when the file is gone or damaged */
  async *blocks(names: readonly string[] = this.columnNames): AsyncGenerator<Batch> {
    if (this.length === 0) return;
    const file = await openFile(this.path);
    try {
      for (let block = 0; block < file.blocks; block++) yield await file.read(block, names);
    } finally {
      await file.close();
    }
  }

  /** One column whole, for those that are small: labels, weights, scores. */
  async column(name: string): Promise<ColumnData> {
    let all: ColumnData | undefined;
    let start = 0;
    for await (const { size, columns } of this.blocks([name])) {
      const { data } = columns[name];
      all ??= new (data.constructor as new (n: number) => ColumnData)((this.length * data.length) / size);
      all.set(data as never, start);
      start += data.length;
    }
    return all ?? new Float32Array(0);
  }

  /**
   * Rows spread evenly over the file, which may have one class behind the other; all of them when there are no more. A batch
   * for each block that holds some.
   */
  async *spread(rows: number, names: readonly string[] = this.columnNames): AsyncGenerator<Batch> {
    if (rows >= this.length) {
      yield* this.blocks(names);
      return;
    }
    let first = 0;
    let next = 0;
    for await (const { size, columns } of this.blocks(names)) {
      const chosen: number[] = [];
      for (; next < rows; next++) {
        const row = Math.floor((next * this.length) / rows) - first;
        if (row >= size) break;
        chosen.push(row);
      }
      first += size;
      if (chosen.length === 0) continue;
      const taken = Object.entries(columns).map(([name, column]) => {
        const width = column.data.length / size;
        return [name, { ...column, data: rowsOf(column.data, chosen, width) }] as const;
      });
      yield { size: chosen.length, columns: Object.fromEntries(taken) };
    }
  }

  /** What {@link spread} gives, copied together. */
  async sample(rows: number, names: readonly string[] = this.columnNames): Promise<Batch> {
    const count = Math.min(rows, this.length);
    const columns: Record<string, Column> = {};
    let at = 0;
    for await (const batch of this.spread(count, names)) {
      for (const name of names) {
        const { data, shape } = batch.columns[name];
        const width = data.length / batch.size;
        columns[name] ??= {
          data: new (data.constructor as new (n: number) => ColumnData)(count * width),
          shape,
        };
        columns[name].data.set(data as never, at * width);
      }
      at += batch.size;
    }
    return { size: at, columns };
  }

  /** Batches for training: blocks in random order, some together in memory, and rows drawn from these. */
  source({ inputs, shuffle, bufferRows = 262_144 }: StoredBatchOptions): BatchSource {
    const { path, length, blockRows } = this;
    return {
      size: length,
      async *epoch({ epoch, batchSize, skip }) {
        if (length === 0) return;
        const file = await openFile(path);
        try {
          yield* shuffledBlocks(
            { rows: length, blockRows, read: (block) => file.read(block, Object.values(inputs)) },
            { inputs, batchSize, skip, random: shuffle?.split('epoch', epoch), bufferRows },
          );
        } finally {
          await file.close();
        }
      },
    };
  }
}
