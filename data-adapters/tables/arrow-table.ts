// Arrow IPC files and streams (.arrow, .feather version 2, .arrows) as tables, a record batch at a time, plain
// or compressed with LZ4 or Zstandard.
import { type FileHandle, open } from 'node:fs/promises';
import type * as Arrow from 'apache-arrow';
import { openRanges } from '../formats/file-ranges.ts';
import { fileSource } from '../formats/source-file.ts';
import { registerCodecs } from './arrow-codecs.ts';
import { checkColumns } from './check-columns.ts';
import { blockRows, damagedFile, numbersBlock, toNumbers } from './numbers.ts';
import type { ReadOptions, Table, TableBlock } from './table.ts';

const magic = 'ARROW1';

/** A file, unlike a stream, ends as it begins; one that is cut off does not. */
export async function checkEnd(path: string): Promise<void> {
  const ranges = await openRanges(path);
  try {
    const length = magic.length;
    const begins = (await ranges.read(0, Math.min(length, ranges.size))).toString('latin1');
    if (begins !== magic) return;
    const ends = (await ranges.read(ranges.size - length, length)).toString('latin1');
    if (ends !== magic || ranges.size < 2 * length) throw new Error('its end is missing');
  } finally {
    await ranges.close();
  }
}

/** The file's batches, read one after another. */
export async function openBatches(
  path: string,
): Promise<{ reader: Arrow.RecordBatchReader; handle: FileHandle }> {
  const arrow = await import('apache-arrow');
  await registerCodecs(arrow);
  const handle = await open(path, 'r');
  try {
    const reader = await (await arrow.RecordBatchReader.from(handle)).open();
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
      await checkEnd(path);
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
          // A row takes a bit at least; more of them than the file or what it unpacks to has bits are damage.
          if (!(first + batch.numRows <= Math.max(size, batchBytes) * 8))
            throw new Error('a batch has an impossible length');
          for (let start = 0; start < batch.numRows; start += blockRows) {
            const part = batch.slice(start, Math.min(start + blockRows, batch.numRows));
            const cut = options.columns.map((name) => {
              const vector = part.getChild(name);
              if (vector?.length !== part.numRows)
                throw new Error(`column ${name} has another length than its batch`);
              const values = valuesOf(vector);
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
