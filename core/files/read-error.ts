// What the operating system says when a file cannot be read, told as the user's to mend, with the names that stand
// there when the one asked for does not.
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { nearest } from '../suggest.ts';

async function whatStandsThere(path: string): Promise<string> {
  let wanted = resolve(path);
  for (;;) {
    const folder = dirname(wanted);
    const names = await readdir(folder).catch(() => undefined);
    if (names !== undefined) {
      const near = nearest(basename(wanted), names.sort());
      if (near.length > 0) return `did you mean ${near.map((name) => join(folder, name)).join(' or ')}?`;
      return wanted === resolve(path) ? 'check the name' : `there is no ${wanted}`;
    }
    if (folder === wanted) return 'check the name';
    wanted = folder;
  }
}

/**
 * The {@link UserError} for an error met while `path` was opened or read, or the error itself when it is none of the user's.
 *
 * @example try { await readFile(path) } catch (error) { throw await readError(error, path) }
 */
export async function readError(error: unknown, path: string): Promise<unknown> {
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new UserError({
        what: 'no such file or folder',
        where: path,
        how: await whatStandsThere(path),
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
      return new UserError({
        what: 'no permission to read it',
        where: path,
        how: 'change its permissions or copy it',
        cause: error,
      });
    case 'EISDIR':
      return new UserError({
        what: 'is a folder, expected a file',
        where: path,
        how: 'name a file in it',
        cause: error,
      });
    case 'ENAMETOOLONG':
    case 'ELOOP':
      return new UserError({ what: 'is no path', where: path, how: 'check the name', cause: error });
    case 'EIO':
      return new UserError({
        what: 'the disk could not read it',
        where: path,
        how: 'copy the file anew',
        cause: error,
      });
    default:
      return error;
  }
}
