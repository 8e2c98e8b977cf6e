// Parquet files as rows of texts, read by hyparquet a row group at a time.
import { type CellTable, cellRows } from './cell-table.ts';
import { blockRows, damagedFile } from './numbers.ts';
import { openBuffer } from './parquet-table.ts';

/** @throws UserError when it is missing or no Parquet file */
export async function parquetCells(path: string): Promise<CellTable> {
  const { parquetMetadataAsync, parquetScan, parquetSchema } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const { file, close } = await openBuffer(path);
  try {
    const metadata = await parquetMetadataAsync(file);
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    return {
      name: path,
      columns,
      size: Number(metadata.num_rows),
      unit: 'rows',
      async *blocks(signal) {
        const { file, close } = await openBuffer(path);
        let done = 0;
        try {
          const scan = await parquetScan({ file, metadata, columns, compressors });
          for (const range of scan.ranges) {
            signal?.throwIfAborted();
            const whole = await Promise.all(columns.map((column) => scan.readColumn({ column, ...range })));
            const length = range.rowEnd - range.rowStart;
            if (whole.some((values) => values.length !== length)) {
              throw new Error('a column has another length than its row group');
            }
            for (let start = 0; start < length; start += blockRows) {
              const end = Math.min(start + blockRows, length);
              done += end - start;
              yield { rows: cellRows(whole as ArrayLike<unknown>[], start, end), uneven: [], done };
            }
          }
        } catch (error) {
          signal?.throwIfAborted();
          throw damagedFile(error, path, 'Parquet', done);
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
