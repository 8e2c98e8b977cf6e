// Tables as Parquet through hyparquet-writer: a row group for each group of rows, neither compressed nor by dictionary, which
// take the time of all else together and save little on measured numbers. Only the directory of the row
// groups stays in memory until the end.
import type { ByteWriter as Bytes } from 'hyparquet-writer';
import type { NumberArray } from '../../expressions/index.ts';
import type { OutputColumn, RowEncoder } from './table-writer.ts';

const types = { float32: 'FLOAT', float64: 'DOUBLE', integer: 'INT64' } as const;

/** NaN as null; whole numbers as 64-bit integers. */
function cells(values: NumberArray, rows: number, type: keyof typeof types): unknown[] {
  const integer = type === 'integer';
  const all = new Array<unknown>(rows);
  for (let row = 0; row < rows; row++) {
    const value = values[row];
    if (Number.isNaN(value) || (integer && !Number.isFinite(value))) all[row] = null;
    else all[row] = integer ? BigInt(Math.round(value)) : value;
  }
  return all;
}

export async function parquetEncoder(columns: readonly OutputColumn[]): Promise<RowEncoder> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const bytes: Bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    codec: 'UNCOMPRESSED',
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, type = 'float32' }) => ({
        name,
        type: types[type],
        repetition_type: 'OPTIONAL' as const,
      })),
    ],
  });
  /** What was written since; the places in the file go on counting. */
  const taken = (): Uint8Array => {
    const piece = new Uint8Array(bytes.buffer.slice(0, bytes.index));
    bytes.index = 0;
    return piece;
  };
  return {
    start: taken,
    rows(values, rows) {
      writer.write({
        columnData: columns.map(({ name, type = 'float32' }, i) => ({
          name,
          data: cells(values[i], rows, type),
          type: types[type],
          encoding: 'PLAIN',
        })),
        rowGroupSize: Math.max(1, rows),
      });
      return taken();
    },
    end() {
      writer.finish();
      return taken();
    },
  };
}
