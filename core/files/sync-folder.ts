// Makes the names of a folder last: after a rename, a crash may still bring the old name back until the folder itself is synced.
import { type FileHandle, open } from 'node:fs/promises';

/** Systems that cannot sync a folder say one of these; the rename stands nevertheless. */
const folderSyncUnknown = new Set(['EINVAL', 'EPERM', 'EACCES', 'EISDIR', 'ENOTSUP']);

/** Returns when the folder's entries are on disk. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (error) {
    if (!folderSyncUnknown.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle?.close();
  }
}
