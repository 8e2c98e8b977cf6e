// Imports a module that a user wrote, in TypeScript or JavaScript, from whichever folder. jiti takes the types away, because Node 20
// does not. The package's own doors, tfjs and zod are handed over as this program has them: there is one of each then, and a domain
// runs where nothing is installed yet.
import { createJiti, type Jiti } from 'jiti';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';

/** A module's exports. */
export type Exports = Readonly<Record<string, unknown>>;

let opened: Promise<Jiti> | undefined;

async function open(): Promise<Jiti> {
  const virtualModules = {
    deepfield: await import('../index.ts'),
    'deepfield/engine': await import('../../core/engine/index.ts'),
    'deepfield/data-adapters': await import('../../data-adapters/index.ts'),
    '@tensorflow/tfjs-core': await import('@tensorflow/tfjs-core'),
    '@tensorflow/tfjs-layers': await import('@tensorflow/tfjs-layers'),
    zod: await import('zod'),
  };
  // No cache on disk: a folder that others can write to would hold code.
  return createJiti(import.meta.url, { fsCache: false, virtualModules });
}

/** `/folder/domain.ts:2:18` at the end of a parser's message, or first in a stack, within the folder of `path`. */
function placeOf({ message, stack = '' }: Error, path: string): string {
  const parsed = /^\s*(\/.*|[A-Za-z]:\\.*):(\d+):(\d+)\s*$/m.exec(message)?.[0].trim();
  if (parsed !== undefined) return parsed;
  const folder = path.replace(/[^/\\]*$/, '');
  const line = stack.split('\n').find((each) => /^\s*at /.test(each) && each.includes(folder));
  return /\(?((?:file:\/\/)?[^()\s]*:\d+:\d+)\)?$/.exec(line ?? '')?.[1].replace(/^file:\/\//, '') ?? path;
}

/** What a parser or a module's own code said, without the place and the list of who wanted it. */
const wordsOf = ({ message }: Error): string =>
  message
    .split('\n')[0]
    .replace(/^(Parse|Syntax)Error:\s*/, '')
    .trim();

/** @throws UserError for what the user's code did not survive: a syntax error, a module that is not there, an error of its own */
function told(error: unknown, path: string): UserError {
  if (error instanceof UserError) return error;
  const met = error instanceof Error ? error : new Error(String(error));
  const { code } = met as NodeJS.ErrnoException;
  const absent = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
  return new UserError({
    what:
      /^(Parse|Syntax)Error/.test(met.message) || met instanceof SyntaxError
        ? `syntax error: ${wordsOf(met)}`
        : absent
          ? wordsOf(met).replace(/^C/, 'c')
          : `fails as it is loaded: ${met.name}: ${wordsOf(met)}`,
    where: placeOf(met, path),
    how: absent
      ? 'correct the import, or npm install the package in the folder of the domain'
      : 'correct the code',
    cause: error,
  });
}

/**
 * The exports of a module.
 *
 * @param path absolute, of a file that is there
 * @throws UserError with file, line and column where the code is wrong
 */
export async function importModule(path: string): Promise<Exports> {
  opened ??= open();
  const jiti = await opened;
  try {
    const module = await jiti.import<Exports>(path);
    // jiti answers the module itself for a default that is not there.
    return Object.fromEntries(Object.keys(module).map((name) => [name, module[name]]));
  } catch (error) {
    throw told(await readError(error, path), path);
  }
}
