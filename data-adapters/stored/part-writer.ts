// Writes a part to disk as its rows arrive, in one pass and bounded memory, and measures its columns on the way.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ColumnData, type Provenance, type SplitName, splitNames } from '../dataset.ts';
import { ArrowFile } from './arrow-file.ts';
import { newValues, rowBytes, type StoredColumns, widthOf } from './column-layout.ts';
import { ColumnStatistics } from './column-statistics.ts';
import { StoredDataset } from './stored-dataset.ts';

/** Bytes of one block: a read that a disk does at full speed. */
const blockBytes = 1024 * 1024;

/** Rows of one split on their way into full blocks. */
class SplitWriter {
  rows = 0;
  private filled = 0;
  private values: Record<string, ColumnData> = {};

  constructor(
    readonly file: ArrowFile,
    private readonly columns: StoredColumns,
    private readonly blockRows: number,
  ) {}

  async add(rows: number, values: Readonly<Record<string, ColumnData>>): Promise<void> {
    for (let from = 0; from < rows; ) {
      const count = Math.min(rows - from, this.blockRows - this.filled);
      for (const [name, column] of Object.entries(this.columns)) {
        const width = widthOf(column);
        this.values[name] ??= newValues(column, this.blockRows);
        const piece = values[name].subarray(from * width, (from + count) * width);
        this.values[name].set(piece as never, this.filled * width);
      }
      from += count;
      this.filled += count;
      if (this.filled === this.blockRows) await this.flush();
    }
  }

  async flush(): Promise<void> {
    if (this.filled === 0) return;
    const { filled, values } = this;
    this.rows += filled;
    this.filled = 0;
    this.values = {};
    const cut = Object.entries(this.columns).map(
      ([name, column]) => [name, values[name].subarray(0, filled * widthOf(column))] as const,
    );
    await this.file.write(filled, Object.fromEntries(cut));
  }
}

export class PartWriter {
  private constructor(
    private readonly columns: StoredColumns,
    private readonly blockRows: number,
    private readonly splits: Readonly<Record<SplitName, SplitWriter>>,
    private readonly statistics: Readonly<Record<SplitName, Readonly<Record<string, ColumnStatistics>>>>,
  ) {}

  /**
   * Begins `<folder>/<name>.<split>.arrow` for each split. The files appear when they are finished.
   * @param blockRows rows of a block; a megabyte of them when left out
   */
  static async open(
    folder: string,
    name: string,
    columns: StoredColumns,
    blockRows = Math.max(1, Math.floor(blockBytes / rowBytes(columns))),
  ): Promise<PartWriter> {
    const arrow = await import('apache-arrow');
    await mkdir(folder, { recursive: true });
    const bySplit = <T>(make: (split: SplitName) => T): Record<SplitName, T> =>
      Object.fromEntries(splitNames.map((split) => [split, make(split)])) as Record<SplitName, T>;
    return new PartWriter(
      columns,
      blockRows,
      bySplit(
        (split) =>
          new SplitWriter(
            new ArrowFile(arrow, join(folder, `${name}.${split}.arrow`), columns),
            columns,
            blockRows,
          ),
      ),
      bySplit(() =>
        Object.fromEntries(
          Object.entries(columns).map(([column, layout]) => [column, new ColumnStatistics(widthOf(layout))]),
        ),
      ),
    );
  }

  /**
   * Adds rows to a split.
   * @param values rows x width numbers of every column, copied
   * @throws RangeError when a column is missing or of another length; UserError when the disk is full
   */
  async write(split: SplitName, rows: number, values: Readonly<Record<string, ColumnData>>): Promise<void> {
    for (const [name, column] of Object.entries(this.columns)) {
      const expected = rows * widthOf(column);
      if (values[name]?.length !== expected) {
        throw new RangeError(
          `PartWriter: column ${name} has ${values[name]?.length} numbers, not ${expected}`,
        );
      }
      this.statistics[split][name].add(values[name]);
    }
    await this.splits[split].add(rows, values);
  }

  /** Rows given so far, by split, those of a block that is not full yet left out. */
  async finish(provenance: Provenance): Promise<StoredDataset> {
    const files: Partial<Record<SplitName, Awaited<ReturnType<ArrowFile['finish']>>>> = {};
    const rows: Partial<Record<SplitName, number>> = {};
    for (const split of splitNames) {
      await this.splits[split].flush();
      rows[split] = this.splits[split].rows;
      files[split] = await this.splits[split].file.finish();
    }
    const measured = this.statistics[rows.train === 0 ? 'test' : 'train'];
    return new StoredDataset(
      {
        blockRows: this.blockRows,
        columns: this.columns,
        files: files as Record<SplitName, (typeof files)['train'] & object>,
        rows: rows as Record<SplitName, number>,
        statistics: Object.fromEntries(
          Object.entries(measured).map(([name, statistics]) => [name, statistics.finish()]),
        ),
      },
      provenance,
    );
  }

  /** Leaves no file behind. */
  async abort(): Promise<void> {
    await Promise.all(splitNames.map((split) => this.splits[split].file.abort()));
  }
}
