// Tables as an Arrow IPC file, a record batch for each group of rows.
import type * as Arrow from 'apache-arrow';
import type { NumberArray } from '../../expressions/index.ts';
import type { OutputColumn, RowEncoder } from './table-writer.ts';

/** The numbers and which of them are there: bit i of the bitmap is 1 where row i is. */
function arrowData(
  arrow: typeof Arrow,
  values: NumberArray,
  rows: number,
  type: OutputColumn['type'],
): Arrow.Data {
  const bitmap = new Uint8Array(Math.ceil(rows / 8));
  let missing = 0;
  const integer = type === 'integer';
  for (let row = 0; row < rows; row++) {
    if (integer ? Number.isFinite(values[row]) : !Number.isNaN(values[row]))
      bitmap[row >> 3] |= 1 << (row & 7);
    else missing += 1;
  }
  const common = { length: rows, nullCount: missing, nullBitmap: missing === 0 ? undefined : bitmap };
  const part = values.subarray(0, rows);
  if (integer) {
    const data = BigInt64Array.from(part, (value) =>
      Number.isFinite(value) ? BigInt(Math.round(value)) : 0n,
    );
    return arrow.makeData({ ...common, type: new arrow.Int64(), data });
  }
  return type === 'float64'
    ? arrow.makeData({ ...common, type: new arrow.Float64(), data: Float64Array.from(part) })
    : arrow.makeData({ ...common, type: new arrow.Float32(), data: Float32Array.from(part) });
}

export async function arrowEncoder(columns: readonly OutputColumn[]): Promise<RowEncoder> {
  const arrow = await import('apache-arrow');
  const typeOf = { float32: new arrow.Float32(), float64: new arrow.Float64(), integer: new arrow.Int64() };
  const schema = new arrow.Schema(
    columns.map(({ name, type = 'float32' }) => new arrow.Field(name, typeOf[type] as Arrow.DataType, true)),
  );
  const pieces: Uint8Array[] = [];
  /** The library's writer, whose queue of bytes can only be read in its own time, with a list in its place. */
  class Writer extends arrow.RecordBatchFileWriter {
    protected override _write(chunk: ArrayBufferView): this {
      if (chunk.byteLength > 0) {
        pieces.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength).slice());
        this._position += chunk.byteLength;
      }
      return this;
    }
  }
  const writer = new Writer();
  const taken = (): Uint8Array => Buffer.concat(pieces.splice(0));
  return {
    start() {
      writer.reset(undefined, schema);
      return taken();
    },
    rows(values, rows) {
      const children = values.map((column, i) => arrowData(arrow, column, rows, columns[i].type));
      const type = new arrow.Struct(schema.fields);
      writer.write(
        new arrow.RecordBatch(schema, arrow.makeData({ type, length: rows, nullCount: 0, children })),
      );
      return taken();
    },
    end() {
      writer.finish();
      return taken();
    },
  };
}
