// Refuses what is small on the wire and huge in memory, before a reader of a format meets it: gzip that unpacks to more
// than it may, zip archives whose entries do, pictures of more pixels, and what tables say of their own rows and bytes (the reader
// of FITS bounds bzip2 by itself). Told by the first bytes, and by the name where they are anybody's.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import sharp from 'sharp';
import { UserError } from '../../core/errors.ts';
import { openZip } from '../../data-adapters/formats/zip.ts';
import { formatOf } from '../../data-adapters/tables/table-format.ts';
import { checkUnpacked, type UnpackedLimit } from '../../data-adapters/tables/unpacked/check-unpacked.ts';
import { UnpacksTooMuch } from '../../data-adapters/tables/unpacked/unpacked-bytes.ts';

/** Bytes of memory that a reader takes for one pixel of a picture: three bands in single precision. */
const bytesOfPixel = 12;

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(12), 0, 12, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Damaged files are left to their readers, who know better words for it. */
async function checkGzip(path: string, { name, most, signal }: UnpackedLimit): Promise<void> {
  let total = 0;
  const count = new Writable({
    write(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      done(total > most ? new UnpacksTooMuch(name, most) : null);
    },
  });
  await pipeline(createReadStream(path), createGunzip(), count, { signal }).catch((error) => {
    signal?.throwIfAborted();
    if (error instanceof UserError) throw error;
  });
}

/** The reader of archives holds the entries to what they claim. */
async function checkZip(path: string, { name, most }: UnpackedLimit): Promise<void> {
  const archive = await openZip(path, { largest: Number.POSITIVE_INFINITY });
  await archive.close();
  const total = archive.entries.reduce((sum, { size }) => sum + size, 0);
  if (total > most) throw new UnpacksTooMuch(name, most);
}

async function checkPicture(path: string, { name, most }: UnpackedLimit): Promise<void> {
  const found = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  const pixels = (found?.width ?? 0) * (found?.height ?? 0) * (found?.pages ?? 1);
  if (pixels * bytesOfPixel > most) throw new UnpacksTooMuch(name, most);
}

const beginsWith = (bytes: Buffer, text: string): boolean =>
  bytes.toString('latin1', 0, text.length) === text;

/**
 * Checks a file that somebody sent.
 *
 * @throws UnpacksTooMuch when it is more than it may be, UserError for an archive or a table whose description makes no sense
 */
export async function checkExpansion(path: string, limit: UnpackedLimit): Promise<void> {
  const start = await firstBytes(path);
  if (beginsWith(start, '\x1f\x8b')) return checkGzip(path, limit);
  if (beginsWith(start, 'PK\x03\x04')) return checkZip(path, limit);
  const pictures = ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'RIFF', 'II*\0', 'MM\0*', 'BM'];
  const avif = start.toString('latin1', 4, 8) === 'ftyp';
  if (avif || pictures.some((magic) => beginsWith(start, magic))) return checkPicture(path, limit);
  const format = await formatOf(path).catch(() => 'csv' as const);
  await checkUnpacked(path, format, limit);
}
