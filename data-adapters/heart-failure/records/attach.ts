// Tables of a database: a file of DuckDB's own, or PostgreSQL through DuckDB's extension for it.
import { open } from 'node:fs/promises';
import { UserError } from '../../../core/errors.ts';
import { type Database, identifier, quote } from './database.ts';
import type { FoundTable } from './found-table.ts';

/** Whether a source is a URL of PostgreSQL. */
export const isPostgres = (source: string): boolean => /^postgres(ql)?:\/\//i.test(source);

/** Whether a file is a database of DuckDB: it says so from its ninth byte on. */
export async function isDuckDb(path: string): Promise<boolean> {
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return false;
  try {
    const { buffer, bytesRead } = await handle
      .read(Buffer.alloc(12), 0, 12, 0)
      .catch(() => ({ buffer: Buffer.alloc(0), bytesRead: 0 }));
    return bytesRead === 12 && buffer.toString('latin1', 8, 12) === 'DUCK';
  } finally {
    await handle.close();
  }
}

/** A URL without its password. */
export const withoutPassword = (source: string): string =>
  source.replace(/^([a-z]+:\/\/[^:/@]*):[^@]*@/i, '$1:***@');

async function attachPostgres(database: Database, source: string): Promise<void> {
  const where = withoutPassword(source);
  try {
    await database.run('LOAD postgres').catch(() => database.run('INSTALL postgres; LOAD postgres'));
  } catch (error) {
    throw new UserError({
      what: 'DuckDB’s extension for PostgreSQL cannot be loaded, and its download failed',
      where,
      how: 'connect to the internet once, or export the tables to CSV or Parquet and give the folder',
      cause: error instanceof Error ? new Error(error.name) : undefined,
    });
  }
  try {
    await database.run(`ATTACH ${quote(source)} AS given (TYPE postgres, READ_ONLY)`);
  } catch {
    throw new UserError({
      what: 'the server does not let us in',
      where,
      how: 'check host, port, name of the database, user and password',
    });
  }
}

/**
 * Attaches the database, to be read only, and answers its tables; of several of one name in different schemas the first.
 *
 * @throws UserError when it cannot be opened
 */
export async function attachedTables(database: Database, source: string): Promise<FoundTable[]> {
  if (isPostgres(source)) await attachPostgres(database, source);
  else {
    await database.run(`ATTACH ${quote(source)} AS given (READ_ONLY)`).catch((error) => {
      throw new UserError({
        what: 'DuckDB cannot open it',
        where: source,
        how: 'write it anew with this version of DuckDB, or close the program that writes to it',
        cause: error,
      });
    });
  }
  const rows = await database.rows<{ schema: string; name: string; column: string; type: string }>(
    `SELECT schema_name AS schema, table_name AS name, column_name AS "column", data_type AS type FROM duckdb_columns()
     WHERE database_name = 'given' AND NOT internal ORDER BY schema, name, column_index`,
  );
  const tables = new Map<string, FoundTable & { readonly columns: Map<string, string> }>();
  for (const { schema, name, column, type } of rows) {
    const relation = `given.${identifier(schema)}.${identifier(name)}`;
    const key = name.toLowerCase();
    const table = tables.get(key) ?? {
      name: key,
      relation,
      columns: new Map<string, string>(),
      files: [],
      where: `${withoutPassword(source)} table ${name}`,
    };
    if (table.relation === relation) table.columns.set(column.toLowerCase(), type);
    tables.set(key, table);
  }
  return [...tables.values()];
}
