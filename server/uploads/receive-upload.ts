// Writes the body of a request to a file in a folder that nobody else may read, and takes both away when the request is over.
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request } from 'express';
import { HttpError } from '../http-error.ts';

export interface UploadLimits {
  /** Folder of the server's own. */
  readonly folder: string;
  /** Bytes of the body. */
  readonly most: number;
}

function tooLarge(most: number): HttpError {
  return new HttpError('too large', `the file has more than ${most} bytes; --max-upload raises the limit`);
}

/**
 * @param ending that the file is to have
 * @param use is given the path of the file and a folder for whatever belongs beside it
 * @throws HttpError when it is too large or encoded; what `use` throws
 */
export async function receiveUpload<T>(
  request: Request,
  ending: string,
  { folder, most }: UploadLimits,
  use: (path: string, folder: string) => Promise<T>,
): Promise<T> {
  const encoding = request.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity')
    throw new HttpError(
      'unsupported type',
      `Content-Encoding ${encoding}; send the file as it is, packed or not`,
    );
  if (Number(request.get('content-length') ?? 0) > most) throw tooLarge(most);
  const own = await mkdtemp(join(folder, 'upload-'));
  try {
    const path = join(own, `upload${ending}`);
    let total = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        total += chunk.length;
        if (total > most) done(tooLarge(most));
        else done(null, chunk);
      },
    });
    await pipeline(request, count, createWriteStream(path, { mode: 0o600, flags: 'wx' })).catch((error) => {
      if (error instanceof HttpError) throw error;
      if (request.destroyed && !request.complete)
        throw new HttpError('bad request', 'the request ended early');
      throw error;
    });
    if (total === 0) throw new HttpError('bad request', 'the body is empty; send a file');
    return await use(path, own);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
