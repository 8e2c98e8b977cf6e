// The door of the tables: any file of rows of numbers, in blocks.
export { type OpenTableOptions, openTable } from './open-table.ts';
export type { BadRow, Codes, ReadOptions, Table, TableBlock } from './table.ts';
