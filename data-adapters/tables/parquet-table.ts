// Parquet files as tables of numbers.
import { checkColumns } from './check-columns.ts';
import { numbersBlock, toNumbers } from './numbers.ts';
import { openParquet } from './parquet-file.ts';
import type { ReadOptions, Table, TableBlock } from './table.ts';

/** A Parquet file as a table; its top-level columns of numbers. @throws UserError when it is missing or no Parquet file */
export async function parquetTable(path: string): Promise<Table> {
  const { columns, rows: size, blocks } = await openParquet(path);
  return {
    name: path,
    rowNoun: 'row',
    columns,
    size,
    unit: 'rows',
    async *blocks(options: ReadOptions): AsyncGenerator<TableBlock> {
      checkColumns(options.columns, columns, path);
      const wanted = [...options.columns];
      for await (const { start, rows, values } of blocks(wanted, options.signal)) {
        const numbers = wanted.map(
          (name, i) => [name, toNumbers(values[i], name, start, path, options)] as const,
        );
        yield numbersBlock(start, rows, Object.fromEntries(numbers));
      }
    },
  };
}
