// Any part of a file, for formats whose directory says where things are.
import { open } from 'node:fs/promises';
import { readError } from '../../core/files/read-error.ts';
import { readAll } from './byte-source.ts';
import { fileSource } from './source-file.ts';

/** A file open for reading by place. */
export interface FileRanges {
  readonly size: number;
  /** The bytes start ... start+length-1. @throws Error when they lie outside the file */
  read(start: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Files up to this size are read at once, since an archive's thousands of small entries are read one by one. */
const smallFile = 32 * 1024 * 1024;

/** Opens a regular file. @throws UserError when it is missing or not readable */
export async function openRanges(path: string): Promise<FileRanges> {
  const source = await fileSource(path);
  const { size } = source;
  // A directory may name any offset; the system call throws beyond 2^53.
  const check = (start: number, length: number) => {
    if (start < 0 || start + length > size) throw new Error('it points outside the file');
  };
  if (size <= smallFile) {
    const bytes = Buffer.from((await readAll(source)).buffer);
    const read = async (start: number, length: number) => {
      check(start, length);
      return bytes.subarray(start, start + length);
    };
    return { size, read, close: async () => {} };
  }
  const handle = await open(path, 'r').catch(async (error) => {
    throw await readError(error, path);
  });
  const read = async (start: number, length: number) => {
    check(start, length);
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, start);
    if (bytesRead < length) throw new Error('unexpected end of the file');
    return buffer;
  };
  return { size, read, close: () => handle.close() };
}
