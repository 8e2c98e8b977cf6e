// From tables of events to a part on disk, in one pass: features, label, weight and observers of every event that is whole
// and passes the cuts; the rest is counted and written aside.
import { UserError } from '../../core/errors.ts';
import type { Progress } from '../../core/progress.ts';
import { type ColumnData, type SplitName, splitNames } from '../dataset.ts';
import { type Folds, splitAt } from '../folds.ts';
import type { PartWriter } from '../stored/part-writer.ts';
import { type EventBlock, type EventMapping, RejectedRows, readEvents, type Table } from '../tables/index.ts';
import { contentHash } from './content-hash.ts';

/** `hash`: shares of all events, by their values; `order`: rows in the order of the file. The rest tests. */
export interface SplitRule {
  readonly by: 'hash' | 'order';
  readonly training: number;
  readonly validation: number;
  /** Of `hash`: parts that the events are dealt into. */
  readonly folds?: Folds;
}

/** A table and what its rows are. */
export interface EventTable {
  readonly table: Table;
  readonly mapping: EventMapping;
  /** The class of all its events, where signal and background have tables of their own. */
  readonly label?: 0 | 1;
}

export interface PrepareEventsOptions {
  readonly tables: readonly EventTable[];
  readonly splits: SplitRule;
  readonly writer: PartWriter;
  /** Names of observers as columns of the part. */
  readonly observerColumn: (name: string) => string;
  /** Where rejected rows go; no file is made when there are none. */
  readonly rejectedPath: string;
  readonly threads: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface PreparedCounts {
  readonly read: number;
  readonly kept: number;
  readonly cutAway: number;
  readonly rejected: number;
}

/** What the checks at the end want to know of all events. */
class ClassSums {
  readonly events = [0, 0];
  readonly weights = [0, 0];

  add({ rows }: EventBlock, label: ArrayLike<number>, weight: ArrayLike<number>): void {
    for (let i = 0; i < rows; i++) {
      this.events[label[i]] += 1;
      this.weights[label[i]] += weight[i];
    }
  }

  /** @throws UserError where nothing can be learned from the events */
  check(where: string): void {
    for (const [name, i] of [
      ['background', 0],
      ['signal', 1],
    ] as const) {
      if (this.events[i] === 0) {
        throw new UserError({
          what: `all ${this.events[1 - i]} events are ${i === 1 ? 'background' : 'signal'}`,
          where,
          how: 'give both classes; check source.label and source.signal',
        });
      }
      if (!(this.weights[i] > 0)) {
        throw new UserError({
          what: `the weights of the ${name} sum to ${this.weights[i]}`,
          where,
          how: 'check source.weight: each class needs a positive sum',
        });
      }
    }
  }
}

/** Rows of a block by split. */
function splitter({
  by,
  training,
  validation,
  folds,
}: SplitRule): (block: EventBlock, width: number) => Record<SplitName, Uint32Array> {
  let place = 0;
  return ({ rows, features }, width) => {
    const lists = splitNames.map(() => new Uint32Array(rows));
    const lengths = [0, 0, 0];
    for (let row = 0; row < rows; row++) {
      const x = by === 'order' ? place++ : contentHash(features, row * width, width);
      const split = splitNames.indexOf(splitAt(x, { training, validation }, folds));
      lists[split][lengths[split]++] = row;
    }
    const [train, validating, test] = lists.map((list, i) => list.subarray(0, lengths[i]));
    return { train, validation: validating, test };
  };
}

/** Some rows of a column, copied; the column itself where these are all. */
function taken(data: ColumnData, rows: Uint32Array, width: number): ColumnData {
  if (rows.length * width === data.length) return data;
  const copy = new (data.constructor as new (length: number) => ColumnData)(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const [to, from] = [i * width, rows[i] * width];
    for (let k = 0; k < width; k++) copy[to + k] = data[from + k];
  }
  return copy;
}

/**
 * Reads all tables into the writer, which is left open.
 *
 * @throws UserError for a damaged file, an unknown column, cuts that keep nothing, events of one class alone, weights that
 *   sum to nothing
 */
export async function prepareEvents(options: PrepareEventsOptions): Promise<PreparedCounts> {
  const { tables, writer, rejectedPath, threads, progress, signal } = options;
  const splitOf = splitter(options.splits);
  const rejected = new RejectedRows(rejectedPath);
  const sums = new ClassSums();
  const counts = { read: 0, kept: 0, cutAway: 0, rejected: 0 };
  try {
    for (const { table, mapping, label: ownLabel } of tables) {
      const width = mapping.features.length;
      const task = progress.task(`Reading ${table.name}`, table.size, table.unit);
      let done = 0;
      for await (const block of readEvents(table, mapping, { threads, signal })) {
        task.advance(block.done - done);
        done = block.done;
        counts.read += block.rows + block.cutAway + block.rejected.length;
        counts.kept += block.rows;
        counts.cutAway += block.cutAway;
        counts.rejected += block.rejected.length;
        await rejected.add(block.rejected);
        const label = block.label ?? new Uint8Array(block.rows).fill(ownLabel ?? 0);
        const weight = Float32Array.from(block.weight);
        sums.add(block, label, weight);
        const bySplit = splitOf(block, width);
        for (const split of splitNames) {
          const rows = bySplit[split];
          if (rows.length === 0) continue;
          await writer.write(split, rows.length, {
            features: taken(block.features, rows, width),
            label: taken(label, rows, 1),
            weight: taken(weight, rows, 1),
            ...Object.fromEntries(
              Object.entries(block.observers).map(([name, values]) => [
                options.observerColumn(name),
                taken(Float64Array.from(values), rows, 1),
              ]),
            ),
          });
        }
      }
      task.end();
    }
  } finally {
    await rejected.finish();
  }
  const where = tables.map(({ table }) => table.name).join(', ');
  sums.check(where);
  return counts;
}
