// What was fetched, beside the data: length, SHA-256, address and time of each file. For files whose publisher gives no hash it is
// the only one there is, and later fetches must agree with it.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import { readError } from '../../core/files/read-error.ts';

const lockedFile = z.strictObject({
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  url: z.string(),
  fetched: z.iso.datetime(),
});
const lockFile = z.strictObject({ files: z.record(z.string(), lockedFile) });

export type LockedFile = z.infer<typeof lockedFile>;
export type LockFile = z.infer<typeof lockFile>;

/** @returns undefined when there is none @throws UserError when it is damaged */
export async function readLock(path: string): Promise<LockFile | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw await readError(error, path);
  }
  try {
    return lockFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError({
      what: 'is no lock file of fetched data',
      where: path,
      how: 'delete it, and the next fetch writes a new one',
      cause,
    });
  }
}

/** Adds a file, or puts it in place of the one of that name. @throws UserError */
export async function lock(path: string, name: string, file: LockedFile): Promise<void> {
  const before = (await readLock(path)) ?? { files: {} };
  const files = { ...before.files, [name]: file };
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFileAtomic(path, `${JSON.stringify({ files: sorted }, undefined, 2)}\n`);
}
