// Tables of the tests: as CSV on disk, and as a sample of their rows.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TableSample } from '../../../data-adapters/own-table/sample-table.ts';

/** Rows of some columns, each made from the number of its row. */
export function sampleOf(
  rows: number,
  columns: Readonly<Record<string, (row: number) => string | number>>,
): TableSample {
  const makers = Object.values(columns);
  return {
    columns: Object.keys(columns),
    rows,
    uneven: 0,
    every: 1,
    cells: Array.from({ length: rows }, (_, row) => makers.map((make) => String(make(row)))),
  };
}

/** A file with that text. */
export function fileOf(text: string | Uint8Array, name = 'table.csv'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'deepfield-table-')), name);
  writeFileSync(path, text);
  return path;
}

/** A fraction from a whole number, spread over [0, 1) without a pattern that matters here (Weyl's sequence). */
export const weyl = (row: number, step = 0.618034): number => (row * step) % 1;
