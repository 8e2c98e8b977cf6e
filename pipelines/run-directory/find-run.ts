// Finds the run that a person means on the command line: by its path, by its name under runs/, or `latest`.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import { type RunLayout, runLayout } from './layout.ts';

const isRun = (root: string): boolean => existsSync(runLayout(root).status);

/** The run directories under a folder of runs, oldest first. */
export async function listRuns(runs = 'runs'): Promise<string[]> {
  if (!existsSync(runs)) return [];
  const found: string[] = [];
  for (const domain of await readdir(runs, { withFileTypes: true })) {
    if (!domain.isDirectory()) continue;
    const folder = join(runs, domain.name);
    for (const name of await readdir(folder)) {
      if (isRun(join(folder, name))) found.push(join(folder, name));
    }
  }
  return found.sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
}

/**
 * @param name path of a run directory, its last part (`20260131T120509Z-1`), or `latest`
 * @throws UserError with the nearest run's name when there is none
 */
export async function findRun(name: string, runs = 'runs'): Promise<RunLayout> {
  if (isRun(name)) return runLayout(name);
  const all = await listRuns(runs);
  const match = name === 'latest' ? all.at(-1) : all.find((root) => basename(root) === name);
  if (match !== undefined) return runLayout(match);
  const near = nearest(name, [...all, ...all.map((root) => basename(root))]);
  const guesses = near.length > 0 ? near : all.slice(-1);
  throw new UserError({
    what: existsSync(name) ? 'not a run directory (it has no status.json)' : 'there is no such run',
    where: name,
    how:
      guesses.length === 0
        ? 'make one with "deepfield run <domain>"'
        : `did you mean ${guesses.join(' or ')}?`,
  });
}
