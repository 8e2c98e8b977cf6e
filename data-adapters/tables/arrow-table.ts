// Arrow IPC files and streams (.arrow, .feather version 2, .arrows) as tables, a record batch at a time. Compressed
// buffers are not read: apache-arrow for JavaScript has no decompressors of its own.
import { type FileHandle, open } from 'node:fs/promises';
import type * as Arrow from 'apache-arrow';
import { fileSource } from '../formats/source-file.ts';
import { checkColumns } from './check-columns.ts';
import { blockRows, damagedFile, numbersBlock, toNumbers } from './numbers.ts';
import type { ReadOptions, Table, TableBlock } from './table.ts';

async function openBatches(path: string): Promise<{ reader: Arrow.RecordBatchReader; handle: FileHandle }> {
  const { RecordBatchReader } = await import('apache-arrow');
  const handle = await open(path, 'r');
  try {
    const reader = await (await RecordBatchReader.from(handle)).open();
    if (reader.schema === undefined) throw new Error('it holds no schema');
    return { reader, handle };
  } catch (error) {
    await handle.close().catch(() => {});
    throw error;
  }
}

function valuesOf(vector: Arrow.Vector): ArrayLike<unknown> {
  const [data] = vector.data;
  const plain = vector.nullCount === 0 && vector.data.length === 1;
  if (plain && (data.values instanceof Float32Array || data.values instanceof Float64Array)) {
    return vector.toArray() as ArrayLike<unknown>;
  }
  return Array.from({ length: vector.length }, (_, i) => vector.get(i));
}

/** An Arrow IPC file as a table. @throws UserError when it is missing or no Arrow file */
export async function arrowTable(path: string): Promise<Table> {
  const { size } = await fileSource(path);
  const { columns } = await (async () => {
    try {
      const { reader, handle } = await openBatches(path);
      const names = reader.schema.fields.map(({ name }) => name);
      await reader.cancel();
      await handle.close().catch(() => {});
      return { columns: names };
    } catch (error) {
      throw damagedFile(error, path, 'Arrow');
    }
  })();
  return {
    name: path,
    rowNoun: 'row',
    columns,
    size,
    unit: 'bytes',
    async *blocks(options: ReadOptions): AsyncGenerator<TableBlock> {
      checkColumns(options.columns, columns, path);
      const { reader, handle } = await openBatches(path);
      let first = 0;
      let batchBytes = 0;
      try {
        for await (const batch of reader as AsyncIterable<Arrow.RecordBatch>) {
          options.signal?.throwIfAborted();
          batchBytes += batch.data.byteLength;
          for (let start = 0; start < batch.numRows; start += blockRows) {
            const part = batch.slice(start, Math.min(start + blockRows, batch.numRows));
            const cut = options.columns.map((name) => {
              const values = valuesOf(part.getChild(name)!);
              return [name, toNumbers(values, name, first, path, options)] as const;
            });
            const block = numbersBlock(first, part.numRows, Object.fromEntries(cut));
            first += part.numRows;
            yield { ...block, done: Math.min(size, batchBytes) };
          }
        }
      } catch (error) {
        options.signal?.throwIfAborted();
        throw damagedFile(error, path, 'Arrow', first);
      } finally {
        await handle.close().catch(() => {});
      }
    },
  };
}
