// Rows that were rejected, written beside the output: a CSV file of `row,reason,text` that comes into being with the
// first of them. It holds so many at most and then only counts, so that a file of nothing else does not fill the disk.
import { dirname, join, parse } from 'node:path';
import { AtomicFile } from '../../core/files/atomic-file.ts';
import type { RejectedRow } from './event-stream.ts';
import { csvField } from './write/csv-field.ts';

/** `scored.parquet` -> `scored.rejected.csv` beside it. */
export const rejectedPathOf = (out: string): string => join(dirname(out), `${parse(out).name}.rejected.csv`);

export interface RejectedRowsOptions {
  /** Rows kept in the file. Default 100,000. */
  readonly keep?: number;
}

/** What {@link RejectedRows.finish} tells. */
export interface RejectedSummary {
  readonly path: string;
  /** All rejected rows. */
  readonly count: number;
  /** Those in the file. */
  readonly kept: number;
}

export class RejectedRows {
  private file: AtomicFile | undefined;
  private total = 0;
  private readonly keep: number;

  /** @param path of the file; nothing is written before the first rejected row */
  constructor(
    private readonly path: string,
    { keep = 100_000 }: RejectedRowsOptions = {},
  ) {
    this.keep = keep;
  }

  get count(): number {
    return this.total;
  }

  /** @throws UserError when the file cannot be written */
  async add(rows: readonly RejectedRow[]): Promise<void> {
    const kept = rows.slice(0, Math.max(0, this.keep - this.total));
    this.total += rows.length;
    if (rows.length === 0) return;
    let text = '';
    if (this.file === undefined) {
      this.file = await AtomicFile.open(this.path);
      text = 'row,reason,text\n';
    }
    for (const { row, what, text: line = '' } of kept) text += `${row},${csvField(what)},${csvField(line)}\n`;
    if (text !== '') await this.file.write(Buffer.from(text, 'utf8'));
  }

  /** Puts the file under its name. Undefined when no row was rejected; there is no file then. */
  async finish(): Promise<RejectedSummary | undefined> {
    const { file, total: count, path } = this;
    if (file === undefined) return undefined;
    const kept = Math.min(count, this.keep);
    if (count > kept)
      await file.write(Buffer.from(`,${csvField(`and ${count - kept} more rows, not listed`)},\n`));
    await file.commit();
    this.file = undefined;
    return { path, count, kept };
  }

  /** Leaves no file behind. */
  async abort(): Promise<void> {
    await this.file?.discard();
    this.file = undefined;
  }
}
