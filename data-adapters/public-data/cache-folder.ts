// Where fetched data are kept: the XDG base directory for caches (https://specifications.freedesktop.org/basedir-spec), a folder
// for each set and beside it a lock file. Everything in it can be deleted and fetched again.
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * The folder of all sets.
 * @param given what the user chose, before anything else
 */
export function cacheFolder(given?: string, environment: NodeJS.ProcessEnv = process.env): string {
  if (given !== undefined) return resolve(given);
  const xdg = environment.XDG_CACHE_HOME ?? '';
  // The specification has relative paths ignored.
  return join(isAbsolute(xdg) ? xdg : join(homedir(), '.cache'), 'deepfield', 'data');
}

export const datasetFolder = (cache: string, name: string): string => join(cache, name);
export const lockPath = (cache: string, name: string): string => join(cache, `${name}.lock.json`);
