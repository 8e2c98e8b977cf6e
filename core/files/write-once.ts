// Writes a file that nobody may replace: of several who write it at once, in one process or on many machines, the first one's
// stays, whole. By link(2), which fails where the name is taken and which network file systems keep to.
import { link, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileAtomic } from './atomic-write.ts';
import { syncFolder } from './sync-folder.ts';
import { writeError } from './write-error.ts';

let counter = 0;

/**
 * Writes `text` to `path` unless there is such a file.
 * @param who tells this writer from those on other machines: a host's name
 * @returns whether it is this one's that stands there now
 * @throws UserError when the disk is full, the folder is missing, read-only or not the user's
 */
export async function writeFileOnce(path: string, text: string, who: string): Promise<boolean> {
  counter += 1;
  const own = `${path}.${who}-${process.pid}-${counter}.new`;
  await writeFileAtomic(own, text);
  try {
    await link(own, path);
    await syncFolder(dirname(path));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw writeError(error, path);
  } finally {
    await rm(own, { force: true });
  }
}
