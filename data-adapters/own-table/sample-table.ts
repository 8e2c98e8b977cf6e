// Some rows of a table of any length, spread evenly over it and no more than can be held: every 2^k-th row, k growing as the
// table goes on. Inference looks at these.
import type { CellTable } from '../tables/cell-table.ts';

/** Rows kept at most. */
const most = 100_000;

export interface TableSample {
  readonly columns: readonly string[];
  /** All rows of the table, those of another length aside. */
  readonly rows: number;
  /** Rows with another number of cells, and the first of them. */
  readonly uneven: number;
  readonly firstUneven?: { readonly row: number; readonly cells: number };
  /** Every how many-th row was kept. */
  readonly every: number;
  /** The rows kept. */
  readonly cells: readonly (readonly string[])[];
}

export async function sampleTable(
  table: CellTable,
  { limit = most, signal }: { readonly limit?: number; readonly signal?: AbortSignal } = {},
): Promise<TableSample> {
  let [every, rows, uneven] = [1, 0, 0];
  let cells: (readonly string[])[] = [];
  let firstUneven: TableSample['firstUneven'];
  for await (const block of table.blocks(signal)) {
    uneven += block.uneven.length;
    firstUneven ??= block.uneven[0];
    for (const row of block.rows) {
      if (rows % every === 0) cells.push(row);
      rows += 1;
      if (cells.length <= limit) continue;
      every *= 2;
      cells = cells.filter((_, i) => i % 2 === 0);
    }
  }
  return { columns: table.columns, rows, uneven, every, cells, ...(firstUneven ? { firstUneven } : {}) };
}
