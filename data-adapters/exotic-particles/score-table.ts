// A table with scores as further columns, from file to file, block by block.
import type { Progress } from '../../core/progress.ts';
import {
  type EventMapping,
  numericColumns,
  openTableWriter,
  type RejectedRow,
  RejectedRows,
  readEvents,
  type Table,
} from '../tables/index.ts';
import { rejectedPathOf } from '../tables/rejected-rows.ts';
import { shardOfTable } from '../tables/shard.ts';
import type { Shard } from '../tables/shard-number.ts';

/** Formats that tables are written in. */
export const writesTables = ['.parquet', '.csv', '.arrow'] as const;

/** Rows shown where nothing is written. */
const usuallyShown = 50;

type Scores = Readonly<Record<string, Float32Array>>;

export interface ScoreTableOptions {
  readonly table: Table;
  /** Features alone matter: no label, no weight, no cut. */
  readonly mapping: EventMapping;
  /** Names of the columns that `score` answers. */
  readonly added: readonly string[];
  readonly score: (features: Float32Array) => Promise<Scores>;
  /** The first rows only, and no file, without. */
  readonly out?: string;
  /** Writes these rows alone. */
  readonly shard?: Shard;
  /** Rows of the preview. */
  readonly shown?: number;
  readonly threads: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface ScoredRows {
  readonly rows: number;
  readonly rejected: number;
  readonly rejectedPath?: string;
  readonly leftOut: readonly string[];
  readonly preview: Readonly<Record<string, readonly number[]>>;
  readonly previewRows?: readonly number[];
  readonly rejections?: readonly Pick<RejectedRow, 'row' | 'what'>[];
}

/** The scores of the first rows. */
async function previewOf(options: ScoreTableOptions): Promise<ScoredRows> {
  const { table, mapping, score, added, signal, shown = usuallyShown } = options;
  const preview: Record<string, number[]> = Object.fromEntries(added.map((name) => [name, []]));
  const previewRows: number[] = [];
  const rejections: Pick<RejectedRow, 'row' | 'what'>[] = [];
  for await (const block of readEvents(table, mapping, { signal, forTraining: false })) {
    const width = mapping.features.length;
    const taken = Math.min(block.rows, shown - previewRows.length);
    const scores = await score(block.features.subarray(0, taken * width));
    for (const name of added) for (const value of scores[name]) preview[name].push(value);
    for (const row of block.rowNumbers.subarray(0, taken)) previewRows.push(row);
    const end = taken < block.rows ? block.rowNumbers[taken] : Number.POSITIVE_INFINITY;
    for (const { row, what } of block.rejected) if (row < end) rejections.push({ row, what });
    if (previewRows.length === shown) break;
  }
  const [rows, rejected] = [previewRows.length, rejections.length];
  return { rows, rejected, leftOut: [], preview, previewRows, rejections };
}

/** @throws UserError for a table that cannot be read or a file that cannot be written; no file is left then */
export async function scoreTable(options: ScoreTableOptions): Promise<ScoredRows> {
  const { table, mapping, out, added, score, shard, threads, progress, signal } = options;
  if (out === undefined) return previewOf(options);
  const numeric = await numericColumns(table);
  const own = numeric.filter(({ name }) => !added.includes(name));
  const names = own.map(({ name }) => name);
  const leftOut = table.columns.filter((name) => !names.includes(name));
  const writer = await openTableWriter(out, [...own, ...added.map((name) => ({ name }))]);
  const rejectedPath = rejectedPathOf(out);
  const rejected = new RejectedRows(rejectedPath);
  const preview: Record<string, number[]> = Object.fromEntries(added.map((name) => [name, []]));
  const task = progress.task(`Scoring ${table.name}`, table.size, table.unit);
  const single = own.filter(({ type }) => type === 'float32').map(({ name }) => name);
  const copied = { ...mapping, observers: names, single };
  let [rows, rejectedRows, done] = [0, 0, 0];
  try {
    const [read, mayBeEmpty] = shard === undefined ? [table, false] : [shardOfTable(table, shard), true];
    for await (const block of readEvents(read, copied, { threads, signal, forTraining: false, mayBeEmpty })) {
      const scores = await score(block.features);
      await writer.write({ ...block.observers, ...scores }, block.rows);
      await rejected.add(block.rejected);
      rejectedRows += block.rejected.length;
      if (rows === 0) for (const name of added) preview[name].push(...scores[name].subarray(0, usuallyShown));
      rows += block.rows;
      task.advance(block.done - done);
      done = block.done;
    }
    task.end();
    await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  } finally {
    await rejected.finish();
  }
  return {
    rows,
    rejected: rejectedRows,
    ...(rejectedRows > 0 ? { rejectedPath } : {}),
    leftOut,
    preview,
  };
}
