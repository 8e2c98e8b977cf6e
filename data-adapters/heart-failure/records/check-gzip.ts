// Whether gzip files are whole. DuckDB takes one that was cut off for one that ends there, and nothing would tell that persons are missing.
import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../../core/errors.ts';
import { readError } from '../../../core/files/read-error.ts';

const nowhere = (): Writable =>
  new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });

/** Decompresses those of the files that are compressed. @throws UserError for one that is cut off or damaged */
export async function checkGzip(paths: Iterable<string>, signal?: AbortSignal): Promise<void> {
  for (const path of paths) {
    if (!path.toLowerCase().endsWith('.gz')) continue;
    try {
      await pipeline(createReadStream(path), createGunzip(), nowhere(), { signal });
    } catch (error) {
      signal?.throwIfAborted();
      if (!((error as NodeJS.ErrnoException).code ?? '').startsWith('Z_')) throw await readError(error, path);
      throw new UserError({ what: 'is cut off or damaged', where: path, how: 'copy it anew', cause: error });
    }
  }
}
