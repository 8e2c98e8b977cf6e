// Prepared data as an Arrow IPC file, which pyarrow, polars, R and DuckDB read as they are: a scalar column is a
// primitive, any other a FixedSizeList of prod(shape) primitives, the split a dictionary of names. The shape of a
// row's value, the provenance and the format's version stand in the schema's metadata under `deepfield.*`.
// Reads back what it wrote and no other Arrow file.
import type * as Arrow from 'apache-arrow';
import { UserError } from '../../core/errors.ts';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import { type Column, type ColumnData, Dataset, type SplitName, splitNames } from '../dataset.ts';
import { addChecksum, verifyChecksum } from './arrow-checksum.ts';
import { readAll } from './byte-source.ts';
import { fileSource } from './source-file.ts';

/** Version of the layout above; a file of another one is refused. */
const layoutVersion = '1';
const splitColumn = 'split';
/** Place of a row within its split; written only where a split's rows are not in ascending order. */
const orderColumn = 'split_position';
/** Record batches hold about this much. */
const batchBytes = 8 * 1024 * 1024;

/** Loaded on first use: the library takes longer to load than most commands to run. */
const loadArrow = (): Promise<typeof Arrow> => import('apache-arrow');

const widthOf = (column: Column): number => column.shape.reduce((a, b) => a * b, 1);

function primitive(arrow: typeof Arrow, data: ColumnData): Arrow.DataType {
  if (data instanceof Float32Array) return new arrow.Float32();
  if (data instanceof Float64Array) return new arrow.Float64();
  if (data instanceof Int8Array) return new arrow.Int8();
  if (data instanceof Uint8Array) return new arrow.Uint8();
  return new arrow.Int32();
}

/** Column type and a function that makes the data of rows start ... end-1. */
interface ArrowColumn {
  readonly field: Arrow.Field;
  slice(start: number, end: number): Arrow.Data;
}

function arrowColumn(arrow: typeof Arrow, name: string, column: Column): ArrowColumn {
  const item = primitive(arrow, column.data);
  const width = widthOf(column);
  const values = (start: number, end: number) =>
    arrow.makeData({
      type: item as Arrow.Float64,
      data: column.data.subarray(start * width, end * width) as Float64Array,
    });
  if (column.shape.length === 0) return { field: new arrow.Field(name, item, false), slice: values };
  const type = new arrow.FixedSizeList(width, new arrow.Field('item', item, false));
  return {
    field: new arrow.Field(name, type, false),
    slice: (start, end) =>
      arrow.makeData({ type, length: end - start, nullCount: 0, child: values(start, end) }),
  };
}

/** The split of every row; null for a row in none. */
function splitColumnOf(arrow: typeof Arrow, dataset: Dataset): ArrowColumn {
  const names = arrow.vectorFromArray([...splitNames], new arrow.Utf8());
  const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8(), 0);
  const codes = new Int8Array(dataset.rows).fill(-1);
  splitNames.forEach((name, code) => {
    for (const row of dataset.splits[name]) codes[row] = code;
  });
  return {
    field: new arrow.Field(splitColumn, type, true),
    slice(start, end) {
      const data = codes.slice(start, end);
      const nullBitmap = new Uint8Array(Math.ceil(data.length / 8));
      let nullCount = 0;
      data.forEach((code, i) => {
        if (code >= 0) nullBitmap[i >> 3] |= 1 << (i & 7);
        else nullCount += 1;
      });
      return arrow.makeData({
        type,
        length: data.length,
        nullCount,
        nullBitmap,
        data: data.map((code) => Math.max(code, 0)),
        dictionary: names,
      });
    },
  };
}

const isAscending = (rows: Uint32Array): boolean => rows.every((row, i) => i === 0 || rows[i - 1] < row);

function orderColumnOf(dataset: Dataset): Column | undefined {
  if (splitNames.every((name) => isAscending(dataset.splits[name]))) return undefined;
  const data = new Int32Array(dataset.rows).fill(-1);
  for (const name of splitNames) {
    dataset.splits[name].forEach((row, i) => {
      data[row] = i;
    });
  }
  return { data, shape: [] };
}

/**
 * Writes a dataset to an Arrow IPC file, atomically.
 *
 * @throws UserError when the file cannot be written; RangeError for a column named as one of the file's own
 */
export async function writeDataset(path: string, dataset: Dataset): Promise<void> {
  for (const name of [splitColumn, orderColumn]) {
    if (name in dataset.columns) throw new RangeError(`writeDataset: a column must not be called ${name}`);
  }
  const arrow = await loadArrow();
  const order = orderColumnOf(dataset);
  const columns = [
    ...Object.entries(dataset.columns).map(([name, column]) => arrowColumn(arrow, name, column)),
    splitColumnOf(arrow, dataset),
    ...(order === undefined ? [] : [arrowColumn(arrow, orderColumn, order)]),
  ];
  const shapes = Object.fromEntries(
    Object.entries(dataset.columns).map(([name, { shape }]) => [name, shape]),
  );
  const schema = new arrow.Schema(
    columns.map(({ field }) => field),
    new Map([
      ['deepfield.layout', layoutVersion],
      ['deepfield.shapes', JSON.stringify(shapes)],
      ['deepfield.provenance', JSON.stringify(dataset.provenance)],
    ]),
  );
  const rowBytes = Object.values(dataset.columns).reduce(
    (sum, column) => sum + widthOf(column) * column.data.BYTES_PER_ELEMENT,
    1,
  );
  const batchRows = Math.max(1, Math.floor(batchBytes / rowBytes));
  const writer = new arrow.RecordBatchFileWriter();
  for (let start = 0; start === 0 || start < dataset.rows; start += batchRows) {
    const end = Math.min(start + batchRows, dataset.rows);
    const type = new arrow.Struct(schema.fields);
    const children = columns.map((column) => column.slice(start, end));
    writer.write(
      new arrow.RecordBatch(schema, arrow.makeData({ type, length: end - start, nullCount: 0, children })),
    );
  }
  writer.finish();
  const pieces: Uint8Array[] = [];
  for await (const piece of writer) pieces.push(piece);
  await writeFileAtomic(path, addChecksum(pieces));
}

/** One column of all batches, copied together. */
function collect(table: Arrow.Table, name: string, shape: readonly number[]): Column {
  const chunks = table.getChild(name)!.data.map((data) => {
    const values = shape.length === 0 ? data : data.children[0];
    return values.values.subarray(0, values.length) as ColumnData;
  });
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const all = new (chunks[0].constructor as new (n: number) => ColumnData)(length);
  let start = 0;
  for (const chunk of chunks) {
    all.set(chunk as never, start);
    start += chunk.length;
  }
  return { data: all, shape };
}

function collectSplits(table: Arrow.Table): Record<SplitName, Uint32Array> {
  const rows: Record<SplitName, number[]> = { train: [], validation: [], test: [] };
  let row = 0;
  for (const name of table.getChild(splitColumn)!) {
    if (name !== null) rows[name as SplitName].push(row);
    row += 1;
  }
  const position = table.getChild(orderColumn) === null ? undefined : collect(table, orderColumn, []).data;
  if (position !== undefined) {
    for (const name of splitNames) rows[name].sort((a, b) => position[a] - position[b]);
  }
  return {
    train: Uint32Array.from(rows.train),
    validation: Uint32Array.from(rows.validation),
    test: Uint32Array.from(rows.test),
  };
}

/**
 * Reads what {@link writeDataset} wrote: the same columns, splits (rows in the same order) and provenance.
 *
 * @throws UserError when the file is missing, truncated, damaged, or not one of ours
 */
export async function readDataset(path: string): Promise<Dataset> {
  const bytes = await readAll(await fileSource(path));
  verifyChecksum(bytes, path);
  const arrow = await loadArrow();
  const table = arrow.tableFromIPC(bytes);
  const metadata = table.schema.metadata;
  const layout = metadata.get('deepfield.layout');
  if (layout !== layoutVersion) {
    throw new UserError({
      what: `has layout ${layout}, expected ${layoutVersion}`,
      where: path,
      how: 'prepare the data again with this version',
    });
  }
  const shapes = JSON.parse(metadata.get('deepfield.shapes')!) as Record<string, number[]>;
  const columns = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, collect(table, name, shape)]),
  );
  return new Dataset(columns, collectSplits(table), JSON.parse(metadata.get('deepfield.provenance')!));
}
