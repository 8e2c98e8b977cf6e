// Parquet files, read by hyparquet a row group at a time: memory holds one row group of the wanted columns. hyparquet trusts
// the lengths in a page's header, so a file may be damaged in a way that keeps it busy for ever.
import type { AsyncBuffer } from 'hyparquet';
import { openRanges } from '../formats/file-ranges.ts';
import { loadZstd } from '../formats/zstd.ts';
import { blockRows, damagedFile } from './numbers.ts';

/** Consecutive rows of the wanted columns. */
export interface ParquetRows {
  /** Number of the first, from 0. */
  readonly start: number;
  readonly rows: number;
  /** Column by column, in the order in which they were asked for. */
  readonly values: readonly ArrayLike<unknown>[];
}

export interface ParquetFile {
  /** Names of the top-level columns. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** @throws UserError where the file is damaged; what `signal` was aborted with */
  blocks(wanted: readonly string[], signal?: AbortSignal): AsyncGenerator<ParquetRows>;
}

/** The file as hyparquet reads it. */
async function openBuffer(path: string): Promise<{ file: AsyncBuffer; close(): Promise<void> }> {
  const ranges = await openRanges(path);
  const slice = async (start: number, end = ranges.size): Promise<ArrayBuffer> => {
    const bytes = await ranges.read(start, end - start);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  };
  return { file: { byteLength: ranges.size, slice }, close: () => ranges.close() };
}

/** @throws UserError when it is missing or no Parquet file */
export async function openParquet(path: string): Promise<ParquetFile> {
  const { parquetMetadataAsync, parquetScan, parquetSchema } = await import('hyparquet');
  const known = await import('hyparquet-compressors');
  const compressors = { ...known.compressors, ZSTD: await loadZstd() };
  const { file, close } = await openBuffer(path);
  try {
    const metadata = await parquetMetadataAsync(file);
    return {
      columns: parquetSchema(metadata).children.map(({ element }) => element.name),
      rows: Number(metadata.num_rows),
      async *blocks(wanted, signal) {
        const { file, close } = await openBuffer(path);
        let row = 0;
        try {
          const scan = await parquetScan({ file, metadata, columns: [...wanted], compressors });
          for (const range of scan.ranges) {
            signal?.throwIfAborted();
            const whole = await Promise.all(wanted.map((column) => scan.readColumn({ column, ...range })));
            const length = range.rowEnd - range.rowStart;
            if (whole.some((values) => values.length !== length)) {
              throw new Error('a column has another length than its row group');
            }
            for (let start = 0; start < length; start += blockRows) {
              const end = Math.min(start + blockRows, length);
              const values = whole.map((column) => column.slice(start, end) as ArrayLike<unknown>);
              yield { start: row, rows: end - start, values };
              row += end - start;
            }
          }
        } catch (error) {
          signal?.throwIfAborted();
          throw damagedFile(error, path, 'Parquet', row);
        } finally {
          await close();
        }
      },
    };
  } catch (error) {
    throw damagedFile(error, path, 'Parquet');
  } finally {
    await close();
  }
}
