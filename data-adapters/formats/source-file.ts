// Files on disk as sources of bytes, and their fingerprints for provenance.
import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import type { SourceFile } from '../dataset.ts';
import type { ByteSource } from './byte-source.ts';

const chunkBytes = 1024 * 1024;

/** What stands at a path. @throws UserError when nothing does, or a device or socket that has no end */
export async function pathKind(path: string): Promise<'file' | 'folder'> {
  const info = await stat(path).catch(async (error) => {
    throw await readError(error, path);
  });
  if (info.isFile()) return 'file';
  if (info.isDirectory()) return 'folder';
  throw new UserError({
    what: 'is neither a file nor a folder',
    where: path,
    how: 'copy the data into a file first',
  });
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    for (;;) {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(chunkBytes), 0, chunkBytes);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw await readError(error, path);
  } finally {
    await handle?.close();
  }
}

/** A regular file as a source. @throws UserError when it is missing, a folder, a device or not readable */
export async function fileSource(path: string): Promise<ByteSource> {
  if ((await pathKind(path)) === 'folder') {
    throw new UserError({ what: 'is a folder, expected a file', where: path, how: 'name a file in it' });
  }
  const { size } = await stat(path);
  return { name: path, size, chunks: () => readChunks(path) };
}

/** Path, length and SHA-256 of a file, read in pieces. @throws UserError when it cannot be read */
export async function describeFile(path: string): Promise<SourceFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of readChunks(path)) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { path, bytes, sha256: hash.digest('hex') };
}
