// Compares what lies in the cache with what was fetched and with the catalogue, byte by byte.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '../../core/progress.ts';
import { datasetFolder, lockPath } from './cache-folder.ts';
import { checkFile, type FileState } from './check-file.ts';
import { expectedOf } from './fetch-dataset.ts';
import { readLock } from './lock-file.ts';
import type { PublicDataset, PublicFile } from './public-dataset.ts';
import { unpackedFolder } from './unpack-archive.ts';

export interface VerifyOptions {
  readonly cache: string;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

export type VerifiedFile = FileState & { readonly name: string };

/**
 * The state of every file of a set: those of the catalogue, and those that were fetched.
 *
 * @returns undefined when nothing of the set has been fetched
 * @throws UserError when the lock file is damaged or a file cannot be read
 */
export async function verifyDataset(
  { name: set, files = [] }: PublicDataset,
  { cache, progress, signal }: VerifyOptions,
): Promise<VerifiedFile[] | undefined> {
  const locked = await readLock(lockPath(cache, set));
  if (locked === undefined) return undefined;
  const others = Object.keys(locked.files).filter((name) => !files.some((file) => file.name === name));
  const all: PublicFile[] = [...files, ...others.map((name) => ({ name, urls: [] }))];
  const verified: VerifiedFile[] = [];
  for (const file of all) {
    const path = join(datasetFolder(cache, set), file.name);
    const found = await checkFile(path, expectedOf(file, locked).expected, { progress, signal });
    verified.push({ name: file.name, ...found });
    if (file.unpack && !(await stat(unpackedFolder(path)).catch(() => undefined))) {
      verified.push({ name: unpackedFolder(file.name), state: 'missing' });
    }
  }
  return verified;
}
