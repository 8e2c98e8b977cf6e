// Refuses what is small on the wire and huge in memory, before a reader of a format meets it: gzip that unpacks to more
// than it may, zip archives whose entries do, pictures of more pixels (the reader of FITS bounds bzip2 by itself). Told by the first bytes, whatever the name says.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import sharp from 'sharp';
import { UserError } from '../../core/errors.ts';
import { openZip } from '../../data-adapters/formats/zip.ts';

/** Bytes of memory that a reader takes for one pixel of a picture: three bands in single precision. */
const bytesOfPixel = 12;

const tooMuch = (name: string, most: number): UserError =>
  new UserError({
    what: `unpacks to more than ${Math.round(most / 2 ** 20)} MiB`,
    where: name,
    how: 'cut it into parts, or let the server have more (--max-unpacked)',
  });

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
async function checkGzip(path: string, name: string, most: number): Promise<void> {
  let total = 0;
  const count = new Writable({
    write(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      done(total > most ? tooMuch(name, most) : null);
    },
  });
  await pipeline(createReadStream(path), createGunzip(), count).catch((error) => {
    if (error instanceof UserError) throw error;
  });
}

/** The reader of archives adds up what the entries claim, and later holds them to it. */
async function checkZip(path: string, most: number): Promise<void> {
  const archive = await openZip(path, { largest: most });
  await archive.close();
}

async function checkPicture(path: string, name: string, most: number): Promise<void> {
  const found = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  const pixels = (found?.width ?? 0) * (found?.height ?? 0) * (found?.pages ?? 1);
  if (pixels * bytesOfPixel > most) throw tooMuch(name, most);
}

const beginsWith = (bytes: Buffer, text: string): boolean =>
  bytes.toString('latin1', 0, text.length) === text;

/**
 * Checks a file that somebody sent.
 *
 * @param name how errors call it
 * @param most bytes that it may unpack to
 * @throws UserError when it is more
 */
export async function checkExpansion(path: string, name: string, most: number): Promise<void> {
  const start = await firstBytes(path);
  if (beginsWith(start, '\x1f\x8b')) return checkGzip(path, name, most);
  if (beginsWith(start, 'PK\x03\x04')) return checkZip(path, most);
  const pictures = ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'RIFF', 'II*\0', 'MM\0*', 'BM'];
  const avif = start.toString('latin1', 4, 8) === 'ftyp';
  if (avif || pictures.some((magic) => beginsWith(start, magic))) return checkPicture(path, name, most);
}
