// Makes a run directory, `runs/<domain>/<time>-<seed>/`, before any work starts, so that a folder that cannot be
// written or a full disk shows at once and not after hours.
import { existsSync } from 'node:fs';
import { mkdir, readdir, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { writeError } from '../../core/files/write-error.ts';
import { type RunLayout, runLayout } from './layout.ts';

/** Free bytes below which no run is begun. */
const leastFree = 64 * 2 ** 20;

/** The folder itself, or the nearest above it that exists. */
function existing(path: string): string {
  let at = resolve(path);
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

/**
 * Makes a folder and the ones above it, on a disk that can hold something.
 * @throws UserError when it cannot be made or its disk has less than 64 MiB free
 */
export async function makeFolder(path: string): Promise<void> {
  const { bavail, bsize } = await statfs(existing(path));
  if (bavail * bsize < leastFree) {
    throw new UserError({
      what: `only ${Math.floor((bavail * bsize) / 2 ** 20)} MiB are free on this disk`,
      where: path,
      how: 'free 64 MiB or name a folder on another disk with --out',
    });
  }
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw writeError(error, path);
  }
}

/** `2026-01-31T12:05:09.123Z` as `20260131T120509Z`, which every file system takes and which sorts by time. */
const compact = (time: Date): string => time.toISOString().replace(/[-:]|\.\d+/g, '');

export interface NewRun {
  readonly domain: string;
  readonly seed: number;
  /** The run directory itself; it must be empty or not exist. Default: a new one under `runs/<domain>/`. */
  readonly out?: string;
  /** Folder of all runs. Default `runs`. */
  readonly runs?: string;
  readonly time?: Date;
}

/**
 * Makes an empty run directory of its own, also when two runs start in the same second.
 * @throws UserError when it cannot be written or `out` holds something already
 */
export async function createRun({
  domain,
  seed,
  out,
  runs = 'runs',
  time = new Date(),
}: NewRun): Promise<RunLayout> {
  if (out !== undefined) {
    await makeFolder(out);
    if ((await readdir(out)).length > 0) {
      throw new UserError({
        what: 'the folder is not empty',
        where: `--out ${out}`,
        how: 'name a new folder, or continue the run in it with "deepfield resume"',
      });
    }
    return runLayout(out);
  }
  const name = join(runs, domain, `${compact(time)}-${seed}`);
  await makeFolder(dirname(name));
  for (let attempt = 1; ; attempt++) {
    const root = attempt === 1 ? name : `${name}-${attempt}`;
    try {
      await mkdir(root);
      return runLayout(root);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeError(error, root);
    }
  }
}
