// The door `deepfield/data-adapters`: files of the outside world as arrays, tables, images and datasets, and public data. What is in a
// folder of one domain is not here: its own files say what they read.
export { UserError, type UserErrorParts } from '../core/errors.ts';
export {
  type Batch,
  type BatchOptions,
  type Column,
  type ColumnData,
  Dataset,
  type Parts,
  type Provenance,
  type SourceFile,
  type SplitName,
  splitNames,
} from './dataset.ts';
export { type Description, describePath } from './describe/index.ts';
export { readDataset, writeDataset } from './formats/arrow.ts';
export { type ByteSource, bytesSource } from './formats/byte-source.ts';
export { readCsv } from './formats/csv.ts';
export * from './formats/fits/index.ts';
export { decodeIdx, type IdxArray, type IdxData, readIdx } from './formats/idx.ts';
export { readJsonItems } from './formats/json-items.ts';
export { type NpyArray, parseNpy, readNpy } from './formats/npy.ts';
export { type NpzArchive, type NpzEntry, openNpz } from './formats/npz.ts';
export type { NumberRows } from './formats/number-rows.ts';
export { describeFile, fileSource } from './formats/source-file.ts';
export { readTextTable } from './formats/text-table.ts';
export { writeNpy } from './formats/write-npy.ts';
export { openZip, type ZipArchive, type ZipEntry, type ZipOptions } from './formats/zip.ts';
export * from './pictures/index.ts';
export * from './public-data/index.ts';
export type { StoredColumn, StoredColumns } from './stored/column-layout.ts';
export type { PartWriter } from './stored/part-writer.ts';
export { StoredDataset } from './stored/stored-dataset.ts';
export * from './tables/index.ts';
