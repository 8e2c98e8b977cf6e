// A part of a run that is kept on disk, for data that may be larger than memory: one Arrow file for each split.
import type { Provenance, SourceFile, SplitName } from '../dataset.ts';
import type { StoredColumns } from './column-layout.ts';
import type { ElementStatistics } from './column-statistics.ts';
import { StoredRows } from './stored-rows.ts';

/** What is known of a part without opening its files; kept in data.json. */
export interface StoredRecord {
  /** Rows of each block but the last of a split. */
  readonly blockRows: number;
  readonly columns: StoredColumns;
  readonly files: Readonly<Record<SplitName, SourceFile>>;
  readonly rows: Readonly<Record<SplitName, number>>;
  /** Of the training rows (of all rows when there are none), by column: one entry for each number of a row. */
  readonly statistics: Readonly<Record<string, readonly ElementStatistics[]>>;
}

export class StoredDataset {
  readonly splits: Readonly<Record<SplitName, StoredRows>>;

  constructor(
    readonly record: StoredRecord,
    readonly provenance: Provenance,
  ) {
    const { files, rows, blockRows, columns } = record;
    const stored = (split: SplitName): StoredRows =>
      new StoredRows(files[split].path, rows[split], blockRows, Object.keys(columns));
    this.splits = { train: stored('train'), validation: stored('validation'), test: stored('test') };
  }

  get rows(): number {
    return Object.values(this.record.rows).reduce((a, b) => a + b, 0);
  }

  get columns(): StoredColumns {
    return this.record.columns;
  }

  get statistics(): StoredRecord['statistics'] {
    return this.record.statistics;
  }
}
