// Columns of a stored part and their Arrow types: a scalar is a primitive, anything else a FixedSizeList of prod(shape)
// primitives, row-major.
import type * as Arrow from 'apache-arrow';
import type { ColumnData } from '../dataset.ts';

export const storedTypes = ['float32', 'float64', 'int8', 'uint8', 'int32'] as const;
export type StoredType = (typeof storedTypes)[number];

export interface StoredColumn {
  readonly type: StoredType;
  /** Shape of one row's value: `[]` for a scalar. */
  readonly shape: readonly number[];
}

export type StoredColumns = Readonly<Record<string, StoredColumn>>;

/** Numbers in one row's value. */
export const widthOf = ({ shape }: StoredColumn): number => shape.reduce((a, b) => a * b, 1);

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int32: Int32Array,
} as const satisfies Record<StoredType, new (length: number) => ColumnData>;

/** Zeros for some rows of a column. */
export const newValues = (column: StoredColumn, rows: number): ColumnData =>
  new arrays[column.type](rows * widthOf(column));

/** Bytes of one row. */
export const rowBytes = (columns: StoredColumns): number =>
  Object.values(columns).reduce(
    (sum, column) => sum + widthOf(column) * arrays[column.type].BYTES_PER_ELEMENT,
    0,
  );

function primitive(arrow: typeof Arrow, type: StoredType): Arrow.DataType {
  if (type === 'float32') return new arrow.Float32();
  if (type === 'float64') return new arrow.Float64();
  if (type === 'int8') return new arrow.Int8();
  return type === 'uint8' ? new arrow.Uint8() : new arrow.Int32();
}

/** The schema of a part; shapes stand in its metadata. */
export function schemaOf(arrow: typeof Arrow, columns: StoredColumns): Arrow.Schema {
  const fields = Object.entries(columns).map(([name, column]) => {
    const item = primitive(arrow, column.type);
    const type =
      column.shape.length === 0
        ? item
        : new arrow.FixedSizeList(widthOf(column), new arrow.Field('item', item, false));
    return new arrow.Field(name, type, false);
  });
  return new arrow.Schema(fields, new Map([['deepfield.columns', JSON.stringify(columns)]]));
}

/** One block of rows as a record batch; values are not copied. */
export function recordBatch(
  arrow: typeof Arrow,
  schema: Arrow.Schema,
  rows: number,
  values: Readonly<Record<string, ColumnData>>,
): Arrow.RecordBatch {
  const children = schema.fields.map(({ name, type }) => {
    if (!arrow.DataType.isFixedSizeList(type))
      return arrow.makeData({ type: type as Arrow.Float64, data: values[name] as Float64Array });
    const item = type.children[0].type as Arrow.Float64;
    const child = arrow.makeData({ type: item, data: values[name] as Float64Array });
    return arrow.makeData({ type, length: rows, nullCount: 0, child });
  });
  const type = new arrow.Struct(schema.fields);
  return new arrow.RecordBatch(schema, arrow.makeData({ type, length: rows, nullCount: 0, children }));
}
