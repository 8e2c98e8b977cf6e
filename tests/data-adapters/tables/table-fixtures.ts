// Small files of every format, and a table read as a whole.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { BadRow, ReadOptions, Table } from '../../../data-adapters/tables/index.ts';

/** A folder of the test file's own, removed at its end; the function writes a file there and tells its path. */
export function scratch(): (name: string, content?: string | Uint8Array) => string {
  const folder = mkdtempSync(join(tmpdir(), 'tables-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return (name, content) => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    return path;
  };
}

export interface WholeTable {
  readonly columns: Readonly<Record<string, number[]>>;
  readonly rowNumbers: number[];
  readonly bad: BadRow[];
  readonly blocks: number;
}

/** All rows of a table; all columns in double precision unless told otherwise. */
export async function readWhole(table: Table, options: Partial<ReadOptions> = {}): Promise<WholeTable> {
  const wanted = options.columns ?? table.columns;
  const columns: Record<string, number[]> = Object.fromEntries(wanted.map((name) => [name, []]));
  const rowNumbers: number[] = [];
  const bad: BadRow[] = [];
  let blocks = 0;
  let done = 0;
  for await (const block of table.blocks({ columns: wanted, float64: wanted, ...options })) {
    if (block.done < done || block.done > table.size) throw new Error('progress goes astray');
    done = block.done;
    blocks += 1;
    for (const name of wanted) {
      const values = block.columns[name];
      if (values.length !== block.rows) throw new Error(`${name} has ${values.length} of ${block.rows} rows`);
      for (const value of values) columns[name].push(value);
    }
    for (const row of block.rowNumbers) rowNumbers.push(row);
    bad.push(...block.bad);
  }
  return { columns, rowNumbers, bad, blocks };
}
