// Opens a table for writing, in the format that its name ends in.
import { UserError } from '../../../core/errors.ts';
import { AtomicFile } from '../../../core/files/atomic-file.ts';
import { arrowEncoder } from './arrow-encoder.ts';
import { csvEncoder } from './csv-encoder.ts';
import { Float64Rows } from './float64-rows.ts';
import { parquetEncoder } from './parquet-encoder.ts';
import type { OutputColumn, RowEncoder, TableWriter } from './table-writer.ts';

async function encoderOf(path: string, columns: readonly OutputColumn[]): Promise<RowEncoder> {
  if (/\.csv$/i.test(path)) return csvEncoder(columns, ',');
  if (/\.(tsv|txt)$/i.test(path)) return csvEncoder(columns, '\t');
  if (/\.(parquet|pq)$/i.test(path)) return parquetEncoder(columns);
  if (/\.(arrow|feather|ipc)$/i.test(path)) return arrowEncoder(columns);
  throw new UserError({
    what: 'cannot tell which format to write',
    where: path,
    how: 'let the name end in .csv, .tsv, .parquet or .arrow',
  });
}

/**
 * Begins a table of numbers; the file stands under its name only after {@link TableWriter.finish}. Memory holds one group
 * of 65,536 rows, whatever the table's length.
 *
 * @param path ends in .csv, .tsv, .txt (tabs), .parquet, .pq, .arrow, .feather or .ipc
 * @throws UserError for another ending, two columns of one name, and a folder that is missing or not the user's
 */
export async function openTableWriter(path: string, columns: readonly OutputColumn[]): Promise<TableWriter> {
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new UserError({ what: `two columns would be called ${twice}`, where: path, how: 'rename one' });
  }
  if (columns.length === 0) throw new RangeError('openTableWriter: expected a column at least');
  const encoder = await encoderOf(path, columns);
  const file = await AtomicFile.open(path);
  const waiting = new Float64Rows(names);
  const flush = async (): Promise<void> => {
    const rows = waiting.rows;
    if (rows > 0) await file.write(encoder.rows(waiting.take(), rows));
  };
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      await file.discard();
      throw error;
    }
  };
  await guarded(() => file.write(encoder.start()));
  return {
    write: (values, rows) =>
      guarded(async () => {
        for (let start = 0; start < rows; ) {
          start += waiting.append(values, start, rows);
          if (waiting.isFull) await flush();
        }
      }),
    finish: () =>
      guarded(async () => {
        await flush();
        await file.write(encoder.end());
        await file.commit();
      }),
    abort: () => file.discard(),
  };
}
