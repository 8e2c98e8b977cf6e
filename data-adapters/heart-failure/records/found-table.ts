// Files and tables as they were found, before anybody knows whose layout they are.
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { readError } from '../../../core/files/read-error.ts';
import { pathKind } from '../../formats/source-file.ts';

const formats = ['csv', 'tsv', 'txt', 'parquet', 'ndjson', 'jsonl', 'json', 'duckdb', 'db'] as const;
export type Format = (typeof formats)[number];

export interface DataFile {
  readonly path: string;
  /** In lower case, without endings. */
  readonly stem: string;
  /** The folder's name, likewise: parts of one table may lie in a folder of its name. */
  readonly folder: string;
  readonly format: Format;
  readonly gzipped: boolean;
  readonly bytes: number;
}

/** A table that DuckDB can read. */
export interface FoundTable {
  readonly name: string;
  /** What to write after FROM. */
  readonly relation: string;
  /** Names in lower case, with their types in SQL. */
  readonly columns: ReadonlyMap<string, string>;
  /** Files that it is read from, if it is. */
  readonly files: readonly string[];
  /** How messages call it. */
  readonly where: string;
}

const ending = new RegExp(`^(.*?)\\.(${formats.join('|')})(\\.gz)?$`, 'i');

/** Nothing for a file of another kind, and for an empty one. */
async function dataFile(path: string): Promise<DataFile | undefined> {
  const match = ending.exec(basename(path));
  if (match === null) return undefined;
  const { size } = await stat(path);
  if (size === 0) return undefined;
  return {
    path,
    stem: match[1].toLowerCase(),
    folder: (ending.exec(basename(dirname(path)))?.[1] ?? basename(dirname(path))).toLowerCase(),
    format: match[2].toLowerCase() as Format,
    gzipped: match[3] !== undefined,
    bytes: size,
  };
}

async function filesBelow(folder: string): Promise<DataFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(async (error) => {
    throw await readError(error, folder);
  });
  const files: DataFile[] = [];
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await stat(path)).isDirectory())) {
      files.push(...(await filesBelow(path)));
    } else {
      const file = await dataFile(path);
      if (file !== undefined) files.push(file);
    }
  }
  return files;
}

/** Files of a source that may hold records. @throws UserError when there is none */
export async function dataFiles(source: string): Promise<DataFile[]> {
  const files =
    (await pathKind(source)) === 'folder'
      ? await filesBelow(source)
      : [await dataFile(source)].flatMap((file) => file ?? []);
  if (files.length > 0) return files;
  throw new UserError({
    what: 'holds no health records',
    where: source,
    how: 'give .csv, .tsv, .parquet, .ndjson or .json files (.gz as well), or a .duckdb file',
  });
}
