// A file that arrives over several attempts, which may be of several processes: it grows under a name of its own,
// `.<name>.part`, and stands under the real one only when it is whole and on disk. Unlike AtomicFile it outlives a
// process that is killed; what it holds so far is for the next one to check.
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from './sync-folder.ts';
import { writeError } from './write-error.ts';

const chunkBytes = 1024 * 1024;

/** The name under which a file grows. */
export const partPath = (path: string): string => join(dirname(path), `.${basename(path)}.part`);

/** Open until {@link commit}, {@link close} or {@link discard}. */
export class ResumableFile {
  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    private size: number,
  ) {}

  /** Goes on with what an earlier attempt left, or begins. @throws UserError when the folder is missing or not the user's */
  static async open(path: string): Promise<ResumableFile> {
    try {
      // Positions are given with each write: opened for appending, a file could not be written anew from its beginning.
      const handle = await open(partPath(path), 'r+').catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        return open(partPath(path), 'wx+');
      });
      return new ResumableFile(path, handle, (await handle.stat()).size);
    } catch (error) {
      throw writeError(error, path);
    }
  }

  /** Bytes that are there. */
  get length(): number {
    return this.size;
  }

  /** What is there, from the beginning. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < this.size; ) {
      const { bytesRead, buffer } = await this.handle.read(new Uint8Array(chunkBytes), 0, chunkBytes, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  /** Appends. @throws UserError when the disk is full */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let start = 0; start < bytes.length; ) {
        const { bytesWritten } = await this.handle.write(bytes, start, bytes.length - start, this.size);
        start += bytesWritten;
        this.size += bytesWritten;
      }
    } catch (error) {
      throw writeError(error, this.path);
    }
  }

  /** Forgets what is there. */
  async restart(): Promise<void> {
    await this.handle.truncate(0);
    this.size = 0;
  }

  /** Puts the file under its name, in place of the one that was there. @throws UserError when that fails; the part stays */
  async commit(): Promise<void> {
    try {
      await this.handle.sync().finally(() => this.handle.close());
      await rename(partPath(this.path), this.path);
      await syncFolder(dirname(this.path));
    } catch (error) {
      throw writeError(error, this.path);
    }
  }

  /** Leaves what is there for another attempt. */
  async close(): Promise<void> {
    await this.handle.close();
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.handle.close();
    await rm(partPath(this.path), { force: true });
  }
}
