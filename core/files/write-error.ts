// What the operating system says when a file cannot be written, told as the user's to mend.
import { dirname } from 'node:path';
import { UserError, type UserErrorParts } from '../errors.ts';

const again = 'free some space and run the same command again';

const causes: Readonly<Record<string, (path: string) => UserErrorParts>> = {
  ENOSPC: (path) => ({ what: `disk full while writing ${path}`, how: again }),
  EDQUOT: (path) => ({ what: `disk full (quota used up) while writing ${path}`, how: again }),
  EFBIG: (path) => ({
    what: `${path} grows larger than its file system allows`,
    how: 'write to another disk',
  }),
  EACCES: (path) => ({
    what: `no permission to write ${path}`,
    how: 'choose a folder that you may write to',
  }),
  EPERM: (path) => ({ what: `no permission to write ${path}`, how: 'choose a folder that you may write to' }),
  EROFS: (path) => ({
    what: `cannot write ${path}: its file system is read-only`,
    how: 'choose a folder that you may write to',
  }),
  ENOENT: (path) => ({
    what: `cannot write ${path}: folder ${dirname(path)} does not exist or takes no files`,
    how: 'make the folder first',
  }),
  ENOTDIR: (path) => ({
    what: `cannot write ${path}: a part of its path is a file, not a folder`,
    how: 'choose another folder',
  }),
  EEXIST: (path) => ({ what: `cannot write ${path}: it exists already`, how: 'choose another name' }),
  EISDIR: (path) => ({ what: `cannot write ${path}: it is a folder`, how: 'choose another name' }),
  ENAMETOOLONG: (path) => ({
    what: `cannot write ${path}: the name is too long`,
    how: 'choose a shorter name',
  }),
};

/**
 * The {@link UserError} for an error met while `path` was written or made, or the error itself when it is none of the user's.
 *
 * @example try { await mkdir(folder) } catch (error) { throw writeError(error, folder) }
 */
export function writeError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  const cause = Object.hasOwn(causes, code) ? causes[code] : undefined;
  return cause === undefined ? error : new UserError({ ...cause(path), cause: error });
}
