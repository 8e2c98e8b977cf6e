// A DuckDB of one reading: on disk in a folder of the system's for temporary files, so that what is read may be larger than
// memory, and gone when it is closed. DuckDB (Raasveldt and Mühleisen, SIGMOD 2019) reads, joins and sorts; no rule of a cohort is here.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { UserError } from '../../../core/errors.ts';

export interface DatabaseOptions {
  readonly threads: number;
  /** What DuckDB may hold in memory, `600MB`. */
  readonly memory: string;
  readonly signal?: AbortSignal;
}

/** A value in SQL: `'O''Brien'`. */
export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** A name in SQL: `"first name"`. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export type Row = Readonly<Record<string, unknown>>;

/** What DuckDB says that is the user's to mend; its own words may hold what stands in a row, and are not shown. */
function told(error: unknown): unknown {
  const message = error instanceof Error ? error.message : '';
  if (/^Out of Memory Error/.test(message)) {
    return new UserError({
      what: 'the records do not fit into the memory that they were given',
      how: 'give more of it, or fewer threads',
    });
  }
  if (/No space left|max_temp_directory_size/i.test(message)) {
    return new UserError({
      what: `the disk of ${tmpdir()} is full`,
      how: 'make room, or set TMPDIR to a folder on another disk',
    });
  }
  if (/^(IO|Invalid Input|Invalid|Conversion|Serialization) Error/.test(message)) {
    const file = /(?:file|path|from) ["']([^"'\n]+)["']/i.exec(message)?.[1];
    return new UserError({
      what:
        file === undefined ? 'a file of the records cannot be read to its end' : 'cannot be read to its end',
      where: file,
      how: 'check that it is whole, and how it came here',
    });
  }
  return error;
}

export class Database {
  private constructor(
    /** Folder for this reading's files. */
    readonly folder: string,
    readonly threads: number,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private readonly signal: AbortSignal | undefined,
  ) {}

  static async open({ threads, memory, signal }: DatabaseOptions): Promise<Database> {
    if (!/^\d+(\.\d+)?\s*([KMGT]i?)?B$/i.test(memory)) {
      throw new UserError({ what: `${memory} is no amount of memory`, how: 'give it as 500MB or 2GB' });
    }
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const folder = await mkdtemp(join(tmpdir(), `deepfield-records-${process.pid}-`));
    try {
      const instance = await DuckDBInstance.create(join(folder, 'records.duckdb'), {
        threads: String(threads),
        memory_limit: memory,
        temp_directory: join(folder, 'spill'),
        preserve_insertion_order: 'false',
      });
      const connection = await instance.connect();
      await connection.run("SET TimeZone = 'UTC'");
      return new Database(folder, threads, instance, connection, signal);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Runs while the signal does not stop it. */
  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    const { signal } = this;
    signal?.throwIfAborted();
    const stop = (): void => this.connection.interrupt();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      throw told(error);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  async run(sql: string): Promise<void> {
    await this.guarded(() => this.connection.run(sql));
  }

  /** All rows of a small answer; 64-bit integers come as `bigint`. */
  async rows<T extends Row>(sql: string): Promise<T[]> {
    return this.guarded(async () => {
      const reader = await this.connection.runAndReadAll(sql);
      return reader.getRowObjectsJS() as unknown as T[];
    });
  }

  /** The one number that a query answers. */
  async count(sql: string): Promise<number> {
    const [row] = await this.rows(sql);
    return Number(Object.values(row)[0] ?? 0);
  }

  /** The columns of a large answer, some thousand rows at a time. */
  async *chunks(sql: string): AsyncGenerator<readonly (readonly unknown[])[]> {
    const result = await this.guarded(() => this.connection.stream(sql));
    for (;;) {
      const chunk = await this.guarded(() => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield chunk.getColumns();
    }
  }

  /** Fills a new table of integers. */
  async fill(table: string, columns: Readonly<Record<string, Int32Array>>): Promise<void> {
    const names = Object.keys(columns);
    await this.run(
      `CREATE TABLE ${table} (${names.map((name) => `${identifier(name)} INTEGER`).join(', ')})`,
    );
    const appender = await this.connection.createAppender(table);
    const length = columns[names[0]].length;
    for (let row = 0; row < length; row++) {
      for (const name of names) appender.appendInteger(columns[name][row]);
      appender.endRow();
    }
    appender.closeSync();
  }

  /** Closes it and removes its files. */
  async close(): Promise<void> {
    this.connection.closeSync();
    this.instance.closeSync();
    await rm(this.folder, { recursive: true, force: true });
  }
}
