// Fetches a public data set into the cache, file by file, each checked against what the catalogue or the lock file says of it.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { writeError } from '../../core/files/write-error.ts';
import { type Progress, silent } from '../../core/progress.ts';
import { datasetFolder, lockPath } from './cache-folder.ts';
import { checkFile } from './check-file.ts';
import { type Expected, fetchFile } from './fetch-file.ts';
import { type LockFile, lock, readLock } from './lock-file.ts';
import { openUrl } from './open-url.ts';
import type { PublicDataset, PublicFile } from './public-dataset.ts';
import { unpackArchive } from './unpack-archive.ts';

export interface FetchDatasetOptions {
  readonly cache: string;
  /** Address of a folder with the same files, tried before the others. */
  readonly mirror?: string;
  /** Of a set that is made to order: what its schema gave. */
  readonly query?: unknown;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** A line for the person who watches. */
  log?(line: string): void;
  /** See fetchFile. */
  readonly pause?: number;
  readonly patience?: number;
}

export interface PlacedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Whether it had to be fetched. */
  readonly fetched: boolean;
  /** Who says that this is the hash: the catalogue, an earlier fetch, or nobody yet. */
  readonly known: 'catalogue' | 'lock' | 'first';
}

export interface PlacedDataset {
  readonly folder: string;
  /** What to give to `--source`. */
  readonly source: string;
  readonly files: readonly PlacedFile[];
}

/** Longest text that a query may be answered by. */
const longestAnswer = 16 * 1024 * 1024;

async function askServer(url: string, { signal, patience }: FetchDatasetOptions): Promise<string> {
  const { chunks } = await openUrl(url, { signal, patience });
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of chunks()) {
    length += piece.length;
    if (length > longestAnswer) {
      throw new UserError({ what: 'answers with more than 16 MB', where: url, how: 'ask for less' });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** The files of a set, and the folder that they are in, within that of the set. */
async function planOf(
  { files, query }: PublicDataset,
  options: FetchDatasetOptions,
): Promise<{ files: readonly PublicFile[]; within: string }> {
  if (query === undefined) return { files: files ?? [], within: '' };
  const within = query.folder(options.query);
  const found = await query.files(options.query, (url) => askServer(url, options));
  return { files: found.map((file) => ({ ...file, name: `${within}/${file.name}` })), within };
}

/** What the catalogue says, and where it says nothing, the lock file. */
export function expectedOf(
  { name, bytes, sha256 }: PublicFile,
  locked: LockFile | undefined,
): { expected: Expected; known: PlacedFile['known'] } {
  if (sha256 !== undefined) return { expected: { bytes, sha256 }, known: 'catalogue' };
  const earlier = locked?.files[name];
  if (earlier === undefined) return { expected: { bytes }, known: 'first' };
  return { expected: { bytes: earlier.bytes, sha256: earlier.sha256 }, known: 'lock' };
}

const withMirror = (mirror: string | undefined, { name, urls }: PublicFile): readonly string[] => {
  if (mirror === undefined) return urls;
  const base = mirror.endsWith('/') ? mirror : `${mirror}/`;
  return [new URL(name.split('/').map(encodeURIComponent).join('/'), base).href, ...urls];
};

async function place(
  file: PublicFile,
  { name: set }: PublicDataset,
  options: FetchDatasetOptions,
): Promise<PlacedFile> {
  const { cache, mirror, progress = silent, signal, log = () => {}, pause, patience } = options;
  const path = join(datasetFolder(cache, set), file.name);
  const locked = lockPath(cache, set);
  const { expected, known } = expectedOf(file, await readLock(locked));
  const there = await checkFile(path, expected, { progress, signal });
  // A file of unknown origin is none of ours, whatever its name.
  if (there.state === 'whole' && known !== 'first') {
    const { bytes, sha256 } = there;
    return { name: file.name, bytes, sha256, fetched: false, known };
  }
  if (there.state === 'other') log(`${file.name} ${there.what}: fetched again`);
  await mkdir(dirname(path), { recursive: true }).catch((error) => {
    throw writeError(error, dirname(path));
  });
  const urls = withMirror(mirror, file);
  const got = await fetchFile(urls, path, { expected, progress, signal, pause, patience }).catch((error) => {
    if (known !== 'lock' || !(error instanceof UserError) || !/SHA-256|bytes, expected/.test(error.what))
      throw error;
    throw new UserError({
      what: error.what,
      where: error.where,
      how: `it is not what was fetched first; if its publisher has changed it, delete ${locked}`,
      cause: error,
    });
  });
  const { bytes, sha256, url } = got;
  await lock(locked, file.name, { bytes, sha256, url, fetched: new Date().toISOString() });
  return { name: file.name, bytes, sha256, fetched: true, known };
}

/**
 * Fetches what is not there yet.
 *
 * @throws UserError in one line when an address, the disk or a file fails; what came so far stays, and the same call goes on
 */
export async function fetchDataset(
  dataset: PublicDataset,
  options: FetchDatasetOptions,
): Promise<PlacedDataset> {
  const { files, within } = await planOf(dataset, options);
  const folder = join(datasetFolder(options.cache, dataset.name), within);
  const placed: PlacedFile[] = [];
  for (const file of files) {
    placed.push(await place(file, dataset, options));
    if (file.unpack) {
      await unpackArchive(join(datasetFolder(options.cache, dataset.name), file.name), options.signal);
    }
  }
  return { folder, source: join(folder, dataset.source ?? ''), files: placed };
}
