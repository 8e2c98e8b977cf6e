// Arrow IPC files and streams as rows of texts, batch by batch.
import type * as Arrow from 'apache-arrow';
import { fileSource } from '../formats/source-file.ts';
import { checkEnd, openBatches } from './arrow-table.ts';
import { type CellTable, cellRows } from './cell-table.ts';
import { damagedFile } from './numbers.ts';

type Read = (value: unknown) => unknown;

/** Arrow gives dates and times as milliseconds. */
async function readerOf(type: Arrow.DataType): Promise<Read> {
  const { DataType } = await import('apache-arrow');
  if (!DataType.isDate(type) && !DataType.isTimestamp(type)) return (value) => value;
  return (value) => (value === null ? null : new Date(Number(value)));
}

/** @throws UserError when it is missing or no Arrow file */
export async function arrowCells(path: string): Promise<CellTable> {
  const { size } = await fileSource(path);
  try {
    await checkEnd(path);
    const { reader, handle } = await openBatches(path);
    const { fields } = reader.schema;
    await reader.cancel();
    await handle.close().catch(() => {});
    const columns = fields.map(({ name }) => name);
    const read = await Promise.all(fields.map(({ type }) => readerOf(type)));
    return {
      name: path,
      columns,
      size,
      unit: 'bytes',
      async *blocks(signal) {
        const { reader, handle } = await openBatches(path);
        let bytes = 0;
        try {
          for await (const batch of reader as AsyncIterable<Arrow.RecordBatch>) {
            signal?.throwIfAborted();
            bytes += batch.data.byteLength;
            const values = columns.map((_, i) =>
              Array.from({ length: batch.numRows }, (_, row) => read[i](batch.getChildAt(i)?.get(row))),
            );
            yield { rows: cellRows(values, 0, batch.numRows), uneven: [], done: Math.min(size, bytes) };
          }
        } catch (error) {
          signal?.throwIfAborted();
          throw damagedFile(error, path, 'Arrow');
        } finally {
          await handle.close().catch(() => {});
        }
      },
    };
  } catch (error) {
    throw damagedFile(error, path, 'Arrow');
  }
}
