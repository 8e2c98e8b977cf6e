// Records that arrive by HTTP: the file is laid beside the database first, since DuckDB reads it more than once.
import { createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../../core/errors.ts';

/**
 * The path of a source: its own, or that of the copy in `folder`.
 *
 * @throws UserError when the server does not answer with the file
 */
export async function fetched(source: string, folder: string, signal?: AbortSignal): Promise<string> {
  if (/^file:\/\//i.test(source)) return fileURLToPath(source);
  if (!/^https?:\/\//i.test(source)) return source;
  const fail = (what: string, cause?: unknown): UserError =>
    new UserError({
      what,
      where: source.replace(/\?.*$/, ''),
      how: 'check the address, or download the file and give its path',
      cause,
    });
  let response: Response;
  try {
    response = await fetch(source, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw fail('the server cannot be reached', error);
  }
  if (!response.ok || response.body === null)
    throw fail(`the server answers ${response.status} ${response.statusText}`);
  const path = join(folder, basename(decodeURIComponent(new URL(source).pathname)) || 'events.csv');
  await pipeline(
    Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]),
    createWriteStream(path),
    { signal },
  );
  return path;
}
