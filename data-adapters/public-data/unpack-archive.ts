// The files of a zip archive in a folder of the archive's name beside it: all of them or, until the last is written, none.
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import { writeError } from '../../core/files/write-error.ts';
import { openZip } from '../formats/zip.ts';

export const unpackedFolder = (archive: string): string => archive.replace(/\.zip$/i, '');

/**
 * Unpacks an archive where that has not been done.
 * @returns the folder
 * @throws UserError when the archive is damaged, names a place outside the folder, or the disk does not take it
 */
export async function unpackArchive(archive: string, signal?: AbortSignal): Promise<string> {
  const folder = unpackedFolder(archive);
  if (await stat(folder).catch(() => undefined)) return folder;
  const growing = join(dirname(archive), `.${basename(folder)}.unpacking`);
  const zip = await openZip(archive);
  try {
    await rm(growing, { recursive: true, force: true });
    for (const entry of zip.entries) {
      signal?.throwIfAborted();
      const path = resolve(growing, entry.path);
      if (!path.startsWith(resolve(growing) + sep)) {
        throw new UserError({ what: `names a file outside: ${entry.path}`, where: archive });
      }
      await mkdir(dirname(path), { recursive: true });
      await writeFileAtomic(path, entry.chunks());
    }
    await rename(growing, folder);
    return folder;
  } catch (error) {
    await rm(growing, { recursive: true, force: true });
    throw writeError(error, folder);
  } finally {
    await zip.close();
  }
}
