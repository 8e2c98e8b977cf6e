// The bytes of a FITS file by place: of a file on disk without holding it, or in memory. What comes back is the caller's
// own memory, which numbers are turned to the machine's byte order in.
import { constants } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import type { UserError } from '../../../core/errors.ts';
import { readError } from '../../../core/files/read-error.ts';
import { fileSource } from '../source-file.ts';
import { damaged } from './fits-error.ts';

/** Bytes that can be read by place. */
export interface FitsBytes {
  /** How messages call it. */
  readonly name: string;
  readonly size: number;
  /** Fills `target` with the bytes from `start` on. @throws UserError when they are not there */
  readInto(target: Uint8Array, start: number): Promise<void>;
  close(): Promise<void>;
}

/** Most bytes held in one array: what Node 20 allows, less where a version allows less. */
export const largestArray = Math.min(constants.MAX_LENGTH, 2 ** 32 - 1);

/** Bytes of one call to the system, which fills at most 2 GiB. */
const mostAtOnce = 2 ** 30;

const outside = (name: string, start: number, length: number, size: number): UserError =>
  damaged(name, `is truncated: bytes ${start} to ${start + length} are needed, it has ${size}`);

/** Bytes in memory. */
export function memoryBytes(name: string, bytes: Uint8Array): FitsBytes {
  return {
    name,
    size: bytes.length,
    async readInto(target, start) {
      const { length } = target;
      if (!(start >= 0 && start + length <= bytes.length)) throw outside(name, start, length, bytes.length);
      target.set(bytes.subarray(start, start + length));
    },
    close: async () => {},
  };
}

async function fill(handle: FileHandle, target: Uint8Array, start: number, name: string): Promise<void> {
  for (let done = 0; done < target.length; ) {
    const length = Math.min(mostAtOnce, target.length - done);
    const { bytesRead } = await handle.read(target, done, length, start + done);
    if (bytesRead === 0) {
      throw damaged(name, 'became shorter while it was read', 'read it again when nothing writes to it');
    }
    done += bytesRead;
  }
}

/** A file on disk, open until it is closed. @throws UserError when it is missing, no file, or not readable */
export async function fileBytes(path: string): Promise<FitsBytes> {
  const { size } = await fileSource(path);
  const handle = await open(path, 'r').catch(async (error) => {
    throw await readError(error, path);
  });
  return {
    name: path,
    size,
    async readInto(target, start) {
      if (!(start >= 0 && start + target.length <= size)) throw outside(path, start, target.length, size);
      try {
        await fill(handle, target, start, path);
      } catch (error) {
        throw await readError(error, path);
      }
    },
    close: () => handle.close(),
  };
}

/** `length` bytes from `start` on, in an array of their own. @throws UserError before it takes memory for bytes that are not there */
export async function readBytes(bytes: FitsBytes, start: number, length: number): Promise<Buffer> {
  if (!(start >= 0 && start + length <= bytes.size)) throw outside(bytes.name, start, length, bytes.size);
  if (length > largestArray) {
    throw damaged(
      bytes.name,
      `holds ${length} bytes in one piece, more than the 4 GiB that are read at once`,
    );
  }
  const target = Buffer.allocUnsafeSlow(length);
  await bytes.readInto(target, start);
  return target;
}
