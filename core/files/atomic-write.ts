// Writes a whole file or none of it: to a temporary name in the same folder, fsync, rename, fsync of the folder, the
// order that POSIX needs for a file to be either the old or the new one after a crash. Not for files that grow line
// by line (metrics.jsonl).
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeError } from './write-error.ts';

/** A file's bytes: at once, as text (UTF-8), or piece by piece. */
export type FileContent = string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Bytes of one write call: a single one of 2 GiB or more would be cut by the system. */
const chunkBytes = 16 * 1024 * 1024;

let counter = 0;

async function openTemporary(path: string): Promise<{ handle: FileHandle; temporary: string }> {
  for (;;) {
    counter += 1;
    const name = basename(path).slice(0, 200);
    const temporary = join(dirname(path), `.${name}.${process.pid}-${counter}.tmp`);
    try {
      return { handle: await open(temporary, 'wx'), temporary };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let start = 0; start < bytes.length; ) {
    const length = Math.min(chunkBytes, bytes.length - start);
    const { bytesWritten } = await handle.write(bytes, start, length);
    start += bytesWritten;
  }
}

/** Systems that cannot sync a folder say one of these; the rename stands nevertheless. */
const folderSyncUnknown = new Set(['EINVAL', 'EPERM', 'EACCES', 'EISDIR', 'ENOTSUP']);

async function syncFolder(folder: string): Promise<void> {
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

/**
 * Writes `content` to `path`, replacing the file that was there only when every byte is on disk. The temporary file
 * is removed on failure; a process killed on the way leaves one, named `.<name>.<pid>-<n>.tmp`.
 *
 * @throws UserError when the disk is full, the folder is missing, read-only or not the user's; whatever `content` throws
 */
export async function writeFileAtomic(path: string, content: FileContent): Promise<void> {
  let temporary: string | undefined;
  let handle: FileHandle | undefined;
  try {
    ({ handle, temporary } = await openTemporary(path));
    if (typeof content === 'string') await writeAll(handle, Buffer.from(content, 'utf8'));
    else if (content instanceof Uint8Array) await writeAll(handle, content);
    else for await (const piece of content) await writeAll(handle, piece);
    await handle.sync();
    const closing = handle;
    handle = undefined;
    await closing.close();
    await rename(temporary, path);
    temporary = undefined;
    await syncFolder(dirname(path));
  } catch (error) {
    await handle?.close().catch(() => {});
    if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => {});
    throw writeError(error, path);
  }
}
