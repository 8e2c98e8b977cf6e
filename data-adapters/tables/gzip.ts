// Gzipped text as a source of bytes, a piece at a time. The place in the file counts compressed bytes, for progress.
import { createGunzip } from 'node:zlib';
import { UserError } from '../../core/errors.ts';
import type { ByteSource } from '../formats/byte-source.ts';

export interface Unzipped {
  readonly bytes: Uint8Array;
  /** Compressed bytes read so far. */
  readonly place: number;
}

function gzipError(error: unknown, where: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') {
    return new UserError({
      what: 'is truncated: the gzip data ends in the middle',
      where,
      how: 'copy or download it again',
      cause: error,
    });
  }
  if (code === 'Z_DATA_ERROR') {
    return new UserError({
      what: 'is damaged: its gzip data do not agree with their checksum',
      where,
      how: 'copy or download it again',
      cause: error,
    });
  }
  return error;
}

/** What a gzip file holds. @throws UserError when it is truncated or damaged */
export async function* gunzip(source: ByteSource): AsyncGenerator<Unzipped> {
  const unzip = createGunzip({ chunkSize: 1024 * 1024 });
  let place = 0;
  const feed = async (): Promise<void> => {
    for await (const piece of source.chunks()) {
      place += piece.length;
      if (!unzip.write(piece)) {
        await new Promise<void>((resolve) => {
          const go = (): void => {
            unzip.off('drain', go).off('close', go);
            resolve();
          };
          unzip.on('drain', go).on('close', go);
        });
      }
      if (unzip.destroyed) return;
    }
    unzip.end();
  };
  const feeding = feed().catch((error) => void unzip.destroy(error as Error));
  try {
    for await (const bytes of unzip) yield { bytes: bytes as Buffer, place };
    await feeding;
  } catch (error) {
    throw gzipError(error, source.name);
  } finally {
    unzip.destroy();
  }
}
