// Zip archives, entry by entry (yauzl reads the directory; the data are inflated and checked here): sizes and CRC-32
// must agree, entries may not overlap, and what an archive claims to hold is bounded before anything is inflated.
// Not encrypted or split archives, and no method but stored and deflated.
import { Readable } from 'node:stream';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { UserError } from '../../core/errors.ts';
import type { ByteSource } from './byte-source.ts';
import { type FileRanges, openRanges } from './file-ranges.ts';

/** One file of an archive. */
export interface ZipEntry extends ByteSource {
  /** Path within the archive, with `/` between folders. */
  readonly path: string;
}

/** An open archive. The entries can be read, in any order, until `close`. */
export interface ZipArchive {
  /** Files of the archive in its own order; folders are left out. */
  readonly entries: readonly ZipEntry[];
  close(): Promise<void>;
}

export interface ZipOptions {
  /** Most bytes that all entries together may hold once inflated. Default 8 GiB. */
  readonly largest?: number;
}

/** Deflate packs at most 258 bytes into two bits; an entry that claims more lies. */
const greatestRatio = 1032;
/** Entries up to this many packed bytes are inflated in one call. */
const smallEntry = 1024 * 1024;
const chunkBytes = 256 * 1024;

const corrupt = (where: string, what: string, cause?: unknown): UserError =>
  new UserError({ what, where, how: 'copy or make the archive again', cause });

/** The bytes start ... end-1, in pieces. */
async function* readRange(file: FileRanges, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; at += chunkBytes) yield file.read(at, Math.min(chunkBytes, end - at));
}

async function readDirectory(file: FileRanges): Promise<{ zip: ZipFile; entries: Entry[] }> {
  const yauzl = await import('yauzl');
  return new Promise((resolve, reject) => {
    class Reader extends yauzl.RandomAccessReader {
      override read(
        buffer: Buffer,
        offset: number,
        length: number,
        position: number,
        callback: (error: Error | null, bytesRead?: number) => void,
      ): void {
        file
          .read(position, length)
          .then(
            (bytes) => callback(null, bytes.copy(buffer, offset)),
            (error) => callback(error),
          )
          .catch(reject);
      }
    }
    const options = { lazyEntries: true, autoClose: false };
    yauzl.fromRandomAccessReader(new Reader(), file.size, options, (error, zip) => {
      if (error) return reject(error);
      const entries: Entry[] = [];
      zip.on('entry', (entry: Entry) => {
        entries.push(entry);
        zip.readEntry();
      });
      zip.on('end', () => resolve({ zip, entries }));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}

function checkEntry(entry: Entry, where: string): void {
  if (entry.isEncrypted()) {
    throw new UserError({ what: 'is encrypted', where, how: 'unpack it and pass the plain files' });
  }
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    throw new UserError({
      what: `is packed by method ${entry.compressionMethod}, expected deflate or none`,
      where,
      how: 'unpack it and pass the plain files',
    });
  }
  if (entry.uncompressedSize > entry.compressedSize * greatestRatio) {
    throw corrupt(
      where,
      `claims ${entry.uncompressedSize} bytes out of ${entry.compressedSize}, which deflate cannot do`,
    );
  }
}

/** The bytes of an entry, inflated. */
async function* inflate(packed: AsyncIterable<Buffer>, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.compressionMethod === 0) {
    yield* packed;
  } else if (entry.compressedSize <= smallEntry && entry.uncompressedSize <= smallEntry * 16) {
    const pieces: Buffer[] = [];
    for await (const piece of packed) pieces.push(piece);
    yield inflateRawSync(Buffer.concat(pieces), { maxOutputLength: Math.max(1, entry.uncompressedSize) });
  } else {
    const source = Readable.from(packed);
    const inflated = source.pipe(createInflateRaw({ chunkSize: chunkBytes }));
    source.on('error', (error) => inflated.destroy(error));
    try {
      for await (const piece of inflated) yield piece as Buffer;
    } finally {
      source.destroy();
      inflated.destroy();
    }
  }
}

async function* readEntry(
  file: FileRanges,
  zip: ZipFile,
  entry: Entry,
  where: string,
): AsyncGenerator<Buffer> {
  let length = 0;
  let crc = 0;
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = readRange(file, fileDataStart, fileDataStart + entry.compressedSize);
    for await (const piece of inflate(packed, entry)) {
      length += piece.length;
      if (length > entry.uncompressedSize) break;
      crc = crc32(piece, crc);
      yield piece;
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw corrupt(where, `is damaged (${(error as Error).message})`, error);
  }
  if (length !== entry.uncompressedSize) {
    throw corrupt(
      where,
      `is damaged: it inflates to other than the ${entry.uncompressedSize} bytes declared`,
    );
  }
  if (crc !== entry.crc32) throw corrupt(where, 'is damaged: its CRC-32 does not agree');
}

/**
 * Opens a zip archive and reads its directory; the entries are read when asked for.
 *
 * @throws UserError when the file is missing, no zip archive, truncated, damaged, encrypted, or would inflate to more
 *   than `largest` bytes. Reading an entry throws a UserError when its data are damaged.
 */
export async function openZip(path: string, options: ZipOptions = {}): Promise<ZipArchive> {
  const { largest = 8 * 1024 ** 3 } = options;
  const file = await openRanges(path);
  const { size } = file;
  try {
    if (size === 0) throw corrupt(path, 'is empty');
    const { zip, entries } = await readDirectory(file).catch((error) => {
      throw corrupt(path, `is no zip archive, or truncated or damaged (${(error as Error).message})`, error);
    });
    const packed = entries.reduce((sum, entry) => sum + entry.compressedSize, 0);
    if (packed > size) throw corrupt(path, `claims entries of ${packed} packed bytes in a file of ${size}`);
    const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    if (total > largest) {
      throw new UserError({
        what: `would inflate to ${total} bytes, more than ${largest}`,
        where: path,
        how: 'unpack it and pass the folder',
      });
    }
    const files = entries.filter((entry) => !entry.fileName.endsWith('/'));
    const names = new Set<string>();
    for (const { fileName } of files) {
      if (names.has(fileName)) throw corrupt(path, `holds ${fileName} twice`);
      names.add(fileName);
    }
    return {
      entries: files.map((entry) => {
        const name = `${path}: ${entry.fileName}`;
        checkEntry(entry, name);
        return {
          name,
          path: entry.fileName,
          size: entry.uncompressedSize,
          chunks: () => readEntry(file, zip, entry, name),
        };
      }),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
