// Rows of CSV files that do not fit their header (too many cells, a quote that is not closed), as DuckDB has put them aside: how
// many, and where the first is. What stands in them is not shown.
import { basename } from 'node:path';
import type { Database } from './database.ts';

/** Sentences for the notes, one for each file. */
export async function rejectedRows(database: Database): Promise<string[]> {
  const there = await database.count(
    "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'reject_errors'",
  );
  if (there === 0) return [];
  const rows = await database.rows<{ path: string; n: bigint; line: bigint }>(
    `SELECT file_path AS path, count(DISTINCT line) AS n, min(line) AS line FROM reject_errors
     JOIN (SELECT DISTINCT scan_id, file_id, file_path FROM reject_scans) USING (scan_id, file_id) GROUP BY file_path ORDER BY file_path`,
  );
  return rows.map(
    ({ path, n, line }) =>
      `${basename(path)}: ${n} lines that do not fit its header left out, the first is line ${line}`,
  );
}
