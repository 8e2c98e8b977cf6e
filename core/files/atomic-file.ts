// A file that grows piece by piece and stands under its name only when it is whole: written to a temporary name in the
// same folder, then fsync, rename, fsync of the folder, the order that POSIX needs for a file to be either the old or
// the new one after a crash.
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from './sync-folder.ts';
import { writeError } from './write-error.ts';

/** Bytes of one write call: a single one of 2 GiB or more would be cut by the system. */
const chunkBytes = 16 * 1024 * 1024;

let counter = 0;

/** Open until {@link commit} or {@link discard}; a process killed on the way leaves `.<name>.<pid>-<n>.tmp`. */
export class AtomicFile {
  private constructor(
    readonly path: string,
    private readonly temporary: string,
    private handle: FileHandle | undefined,
  ) {}

  /** @throws UserError when the folder is missing, read-only or not the user's */
  static async open(path: string): Promise<AtomicFile> {
    for (;;) {
      counter += 1;
      const name = basename(path).slice(0, 200);
      const temporary = join(dirname(path), `.${name}.${process.pid}-${counter}.tmp`);
      try {
        return new AtomicFile(path, temporary, await open(temporary, 'wx'));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeError(error, path);
      }
    }
  }

  private get open(): FileHandle {
    if (this.handle === undefined) throw new RangeError('AtomicFile: it is closed already');
    return this.handle;
  }

  /** Appends bytes. @throws UserError when the disk is full */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let start = 0; start < bytes.length; ) {
        const length = Math.min(chunkBytes, bytes.length - start);
        const { bytesWritten } = await this.open.write(bytes, start, length);
        start += bytesWritten;
      }
    } catch (error) {
      throw writeError(error, this.path);
    }
  }

  /** Puts the file under its name, in place of the one that was there. @throws UserError when that fails; nothing is left then */
  async commit(): Promise<void> {
    const handle = this.open;
    try {
      await handle.sync();
      this.handle = undefined;
      await handle.close();
      await rename(this.temporary, this.path);
    } catch (error) {
      this.handle = undefined;
      await handle.close().catch(() => {});
      await rm(this.temporary, { force: true }).catch(() => {});
      throw writeError(error, this.path);
    }
    await syncFolder(dirname(this.path)).catch((error) => {
      throw writeError(error, this.path);
    });
  }

  /** Leaves nothing behind. Does nothing after {@link commit}. */
  async discard(): Promise<void> {
    const { handle } = this;
    if (handle === undefined) return;
    this.handle = undefined;
    await handle.close().catch(() => {});
    await rm(this.temporary, { force: true }).catch(() => {});
  }
}
