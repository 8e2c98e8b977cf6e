// Parquet files as rows of texts.
import { type CellTable, cellRows } from './cell-table.ts';
import { openParquet } from './parquet-file.ts';

/** @throws UserError when it is missing or no Parquet file */
export async function parquetCells(path: string): Promise<CellTable> {
  const { columns, rows: size, blocks } = await openParquet(path);
  return {
    name: path,
    columns,
    size,
    unit: 'rows',
    async *blocks(signal) {
      for await (const { start, rows, values } of blocks(columns, signal))
        yield { rows: cellRows(values, 0, rows), uneven: [], done: start + rows };
    },
  };
}
