// Batches drawn from a file of blocks: the blocks are dealt into groups that fit into memory, and the rows of a group are
// shuffled among themselves. The next group is read while the last one is trained on. Every group has its own random
// stream and a known size, so that a resumed run skips whole groups unread.
import type { RandomStream } from '../../core/random.ts';
import type { RowBatch } from '../../core/training/batch-source.ts';
import type { Batch, ColumnData } from '../dataset.ts';

export interface BlockFile {
  readonly rows: number;
  /** Rows of each block but the last. */
  readonly blockRows: number;
  read(block: number): Promise<Batch>;
}

export interface ShuffleOptions {
  /** Columns by the name of the input that they become. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly batchSize: number;
  /** Batches at the front to leave out. */
  readonly skip: number;
  /** The order of the file when left out. */
  readonly random?: RandomStream;
  readonly bufferRows: number;
}

interface Group {
  readonly blocks: readonly number[];
  readonly rows: number;
  readonly number: number;
}

function groupsOf({ rows, blockRows }: BlockFile, { random, bufferRows }: ShuffleOptions): Group[] {
  const count = Math.ceil(rows / blockRows);
  const order =
    random?.split('blocks').permutation(count) ?? Uint32Array.from({ length: count }, (_, i) => i);
  const size = (block: number): number => Math.min(blockRows, rows - block * blockRows);
  const perGroup = Math.max(1, Math.floor(bufferRows / blockRows));
  return Array.from({ length: Math.ceil(count / perGroup) }, (_, number) => {
    const blocks = Array.from(order.subarray(number * perGroup, (number + 1) * perGroup));
    return { blocks, number, rows: blocks.reduce((sum, block) => sum + size(block), 0) };
  });
}

/** Values of a group by input, its rows in the order in which they are wanted. */
interface LoadedGroup {
  readonly rows: number;
  readonly order: Uint32Array | undefined;
  readonly inputs: Readonly<Record<string, { values: ColumnData; width: number }>>;
}

type NewColumn = new (length: number) => ColumnData;

async function load(file: BlockFile, group: Group, options: ShuffleOptions): Promise<LoadedGroup> {
  const inputs: Record<string, { values: ColumnData; width: number }> = {};
  let at = 0;
  for (const number of group.blocks) {
    const { size, columns } = await file.read(number);
    for (const [input, name] of Object.entries(options.inputs)) {
      const { data } = columns[name];
      const width = data.length / size;
      inputs[input] ??= { width, values: new (data.constructor as NewColumn)(group.rows * width) };
      inputs[input].values.set(data as never, at * width);
    }
    at += size;
  }
  return { rows: group.rows, order: options.random?.split('rows', group.number).permutation(at), inputs };
}

/** A batch that is being filled from one group or from the end of one and the beginning of the next. */
class OpenBatch {
  private filled = 0;
  private values: Record<string, ColumnData> = {};

  constructor(private readonly size: number) {}

  /** Takes rows of a group from place `from` on. @returns how many it took */
  take({ rows, order, inputs }: LoadedGroup, from: number): number {
    const count = Math.min(this.size - this.filled, rows - from);
    for (const [input, { values, width }] of Object.entries(inputs)) {
      this.values[input] ??= new (values.constructor as NewColumn)(this.size * width);
      const target = this.values[input];
      for (let i = 0; i < count; i++) {
        const start = (order === undefined ? from + i : order[from + i]) * width;
        const place = (this.filled + i) * width;
        for (let k = 0; k < width; k++) target[place + k] = values[start + k];
      }
    }
    this.filled += count;
    return count;
  }

  get full(): boolean {
    return this.filled === this.size;
  }

  get rows(): number {
    return this.filled;
  }

  /** What it holds; it is empty afterwards. */
  empty(): RowBatch {
    const part = this.filled / this.size;
    const inputs = Object.fromEntries(
      Object.entries(this.values).map(([input, values]) => [
        input,
        values.subarray(0, values.length * part) as Float32Array,
      ]),
    );
    const rows = this.filled;
    this.values = {};
    this.filled = 0;
    return { rows, inputs };
  }
}

/** One pass over all rows. */
export async function* shuffledBlocks(file: BlockFile, options: ShuffleOptions): AsyncGenerator<RowBatch> {
  const groups = groupsOf(file, options);
  let skipRows = options.skip * options.batchSize;
  while (groups.length > 0 && skipRows >= groups[0].rows) skipRows -= groups.shift()!.rows;
  const batch = new OpenBatch(options.batchSize);
  let next = groups.length > 0 ? load(file, groups[0], options) : undefined;
  for (let g = 0; next !== undefined; g++) {
    const group = await next;
    next = g + 1 < groups.length ? load(file, groups[g + 1], options) : undefined;
    // An error is met when the group is; until then it must not count as unhandled.
    next?.catch(() => {});
    for (let from = skipRows; from < group.rows; ) {
      from += batch.take(group, from);
      if (batch.full) yield batch.empty();
    }
    skipRows = 0;
  }
  if (batch.rows > 0) yield batch.empty();
}
