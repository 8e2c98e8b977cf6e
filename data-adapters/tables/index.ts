// The door of the tables: any file of rows of numbers in blocks, as events for training and prediction, and written.
export { type CellBlock, type CellTable, type OpenCellsOptions, openCells } from './cell-table.ts';
export type { LabelMapping, LabelValue } from './event-labels.ts';
export {
  type EventBlock,
  type EventMapping,
  type ReadEventsOptions,
  type RejectedRow,
  readEvents,
} from './event-stream.ts';
export { type NumericColumn, numericColumns } from './numeric-columns.ts';
export { type OpenTableOptions, openTable } from './open-table.ts';
export {
  RejectedRows,
  type RejectedRowsOptions,
  type RejectedSummary,
} from './rejected-rows.ts';
export { splitObject } from './split-object.ts';
export type { BadRow, Codes, ReadOptions, Table, TableBlock } from './table.ts';
export { isUnnamed } from './unnamed.ts';
export { openTableWriter } from './write/open-table-writer.ts';
export type { OutputColumn, TableWriter } from './write/table-writer.ts';
