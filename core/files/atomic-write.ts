// Writes a whole file or none of it; see atomic-file.ts. Not for files that grow line by line (metrics.jsonl).
import { AtomicFile } from './atomic-file.ts';
import { writeError } from './write-error.ts';

/** A file's bytes: at once, as text (UTF-8), or piece by piece. */
export type FileContent = string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Writes `content` to `path`, replacing the file that was there only when every byte is on disk. The temporary file
 * is removed on failure; a process killed on the way leaves one, named `.<name>.<pid>-<n>.tmp`.
 *
 * @throws UserError when the disk is full, the folder is missing, read-only or not the user's; whatever `content` throws
 */
export async function writeFileAtomic(path: string, content: FileContent): Promise<void> {
  const file = await AtomicFile.open(path);
  try {
    if (typeof content === 'string') await file.write(Buffer.from(content, 'utf8'));
    else if (content instanceof Uint8Array) await file.write(content);
    else for await (const piece of content) await file.write(piece);
    await file.commit();
  } catch (error) {
    await file.discard();
    throw writeError(error, path);
  }
}
