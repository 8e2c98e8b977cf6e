// Whether a file that lies in the cache is the one it should be.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Progress, silent } from '../../core/progress.ts';
import { fileSource } from '../formats/source-file.ts';
import type { Expected } from './fetch-file.ts';
import { TransferProgress } from './transfer-progress.ts';

export type FileState =
  | { readonly state: 'whole'; readonly bytes: number; readonly sha256: string }
  | { readonly state: 'missing' }
  /** `has 12 bytes, expected 14`. */
  | { readonly state: 'other'; readonly what: string };

/**
 * Reads a file and compares it.
 * @throws UserError when it cannot be read; what the signal was aborted with
 */
export async function checkFile(
  path: string,
  { bytes, sha256 }: Expected,
  { progress = silent, signal }: { readonly progress?: Progress; readonly signal?: AbortSignal } = {},
): Promise<FileState> {
  const info = await stat(path).catch(() => undefined);
  if (info === undefined) return { state: 'missing' };
  const source = await fileSource(path);
  if (bytes !== undefined && source.size !== bytes) {
    return { state: 'other', what: `has ${source.size} bytes, expected ${bytes}` };
  }
  const hash = createHash('sha256');
  const told = new TransferProgress(progress, `checking ${basename(path)}`);
  let length = 0;
  for await (const piece of source.chunks()) {
    signal?.throwIfAborted();
    hash.update(piece);
    length += piece.length;
    told.at(length, source.size);
  }
  told.end();
  const found = hash.digest('hex');
  if (sha256 !== undefined && found !== sha256) {
    return { state: 'other', what: `has the SHA-256 ${found}, expected ${sha256}` };
  }
  return { state: 'whole', bytes: length, sha256: found };
}
