// Parquet files as tables, read by hyparquet a row group at a time: memory holds one row group of the wanted
// columns. hyparquet trusts the lengths in a page's header, so a file may be damaged in a way that keeps it busy for ever.
import type { AsyncBuffer } from 'hyparquet';
import { openRanges } from '../formats/file-ranges.ts';
import { checkColumns } from './check-columns.ts';
import { blockRows, damagedFile, numbersBlock, toNumbers } from './numbers.ts';
import type { ReadOptions, Table, TableBlock } from './table.ts';

/** The file as hyparquet reads it. */
export async function openBuffer(path: string): Promise<{ file: AsyncBuffer; close(): Promise<void> }> {
  const ranges = await openRanges(path);
  const slice = async (start: number, end = ranges.size): Promise<ArrayBuffer> => {
    const bytes = await ranges.read(start, end - start);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  };
  return { file: { byteLength: ranges.size, slice }, close: () => ranges.close() };
}

/** A Parquet file as a table; its top-level columns of numbers. @throws UserError when it is missing or no Parquet file */
export async function parquetTable(path: string): Promise<Table> {
  const { parquetMetadataAsync, parquetScan, parquetSchema } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const { file, close } = await openBuffer(path);
  try {
    const metadata = await parquetMetadataAsync(file);
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    const size = Number(metadata.num_rows);
    return {
      name: path,
      rowNoun: 'row',
      columns,
      size,
      unit: 'rows',
      async *blocks(options: ReadOptions): AsyncGenerator<TableBlock> {
        checkColumns(options.columns, columns, path);
        const { file, close } = await openBuffer(path);
        let row = 0;
        try {
          const wanted = [...options.columns];
          const scan = await parquetScan({ file, metadata, columns: wanted, compressors });
          for (const range of scan.ranges) {
            options.signal?.throwIfAborted();
            const whole = await Promise.all(wanted.map((column) => scan.readColumn({ column, ...range })));
            if (whole.some(({ length }) => length !== range.rowEnd - range.rowStart)) {
              throw new Error('a column has another length than its row group');
            }
            for (; row < range.rowEnd; row += Math.min(blockRows, range.rowEnd - row)) {
              const start = row - range.rowStart;
              const end = Math.min(start + blockRows, range.rowEnd - range.rowStart);
              const cut = wanted.map((name, i) => {
                const values = whole[i].slice(start, end) as ArrayLike<unknown>;
                return [name, toNumbers(values, name, row, path, options)] as const;
              });
              yield numbersBlock(row, end - start, Object.fromEntries(cut));
            }
          }
        } catch (error) {
          options.signal?.throwIfAborted();
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
