// An Arrow IPC file that is written block by block: whole or not at all, hashed on the way, and never more of it in memory
// than a few blocks, for a producer that is faster than the disk waits.
import { createHash } from 'node:crypto';
import type * as Arrow from 'apache-arrow';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import type { ColumnData, SourceFile } from '../dataset.ts';
import { recordBatch, rowBytes, type StoredColumns, schemaOf } from './column-layout.ts';

/** Bytes that may wait for the disk. */
const mostWaiting = 32 * 1024 * 1024;

export class ArrowFile {
  private readonly writer: Arrow.RecordBatchFileWriter;
  private readonly schema: Arrow.Schema;
  private readonly hash = createHash('sha256');
  private readonly written: Promise<void>;
  private given = 0;
  private taken = 0;
  private wake: (() => void) | undefined;

  constructor(
    private readonly arrow: typeof Arrow,
    private readonly path: string,
    private readonly columns: StoredColumns,
  ) {
    this.writer = new arrow.RecordBatchFileWriter();
    this.schema = schemaOf(arrow, columns);
    this.writer.reset(undefined, this.schema);
    this.written = writeFileAtomic(path, this.pieces());
    // Told to whoever writes or finishes next.
    this.written.catch(() => {});
  }

  private async *pieces(): AsyncGenerator<Uint8Array> {
    for await (const piece of this.writer as unknown as AsyncIterable<Uint8Array>) {
      this.hash.update(piece);
      yield piece;
      this.taken += piece.length;
      if (this.given - this.taken < mostWaiting) this.wake?.();
    }
  }

  /** @param values rows x width numbers by column; not to be changed afterwards */
  async write(rows: number, values: Readonly<Record<string, ColumnData>>): Promise<void> {
    this.writer.write(recordBatch(this.arrow, this.schema, rows, values));
    this.given += rows * rowBytes(this.columns);
    if (this.given - this.taken < mostWaiting) return;
    const room = new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    await Promise.race([room, this.written]);
    this.wake = undefined;
  }

  /** @throws UserError when the file could not be written */
  async finish(): Promise<SourceFile> {
    this.writer.finish();
    await this.written;
    return { path: this.path, bytes: this.taken, sha256: this.hash.digest('hex') };
  }

  /** Leaves no file behind. */
  async abort(): Promise<void> {
    this.writer.abort(new Error('given up'));
    await this.written.catch(() => {});
  }
}
