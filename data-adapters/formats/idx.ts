// IDX, the file format of MNIST: a magic number (two zero bytes, the type, the number of axes), the lengths of the axes and the
// numbers, all big-endian (Y. LeCun, C. Cortes, C. Burges, THE MNIST DATABASE, "FILE FORMATS"). Gzipped or not, told by the first
// bytes and not by the name. A file is believed only where its length is the one that its header promises.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync } from 'node:zlib';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import type { SourceFile } from '../dataset.ts';
import { readStart } from './byte-source.ts';
import { fileSource, pathKind } from './source-file.ts';

/** Types of numbers by their byte in the magic number. */
const types = {
  8: Uint8Array,
  9: Int8Array,
  11: Int16Array,
  12: Int32Array,
  13: Float32Array,
  14: Float64Array,
} as const;

export type IdxData = InstanceType<(typeof types)[keyof typeof types]>;

export interface IdxArray {
  /** Lengths of the axes, slowest first: `[60000, 28, 28]`. */
  readonly shape: readonly number[];
  /** Row-major. Bytes are a view of what was read or unzipped, not a copy. */
  readonly data: IdxData;
  readonly file: SourceFile;
}

/** No stream of deflate grows by more (zlib's technical details: 1032:1). */
const largestGrowth = 1032;

/** Largest array held at once: what Node 20 allows in one buffer. */
const largest = 2 ** 32 - 1;

const damaged = (where: string, what: string, cause?: unknown): UserError =>
  new UserError({ what, where, how: 'copy or download it again', cause });

interface Header {
  readonly shape: number[];
  readonly type: (typeof types)[keyof typeof types];
  readonly headerBytes: number;
  /** Of the whole file, unzipped. */
  readonly bytes: number;
}

function readHeader(start: Uint8Array, where: string): Header {
  if (start.length < 4) throw damaged(where, `has ${start.length} bytes, too few for an IDX file`);
  const type = types[start[2] as keyof typeof types];
  if (start[0] !== 0 || start[1] !== 0 || type === undefined || start[3] === 0) {
    const magic = Buffer.from(start.subarray(0, 4)).toString('hex');
    throw new UserError({
      what: `is no IDX file: it begins with 0x${magic}, expected 0x0000, a type from 08 to 0e and the number of axes`,
      where,
      how: 'give files such as train-images-idx3-ubyte.gz',
    });
  }
  const axes = start[3];
  const headerBytes = 4 + 4 * axes;
  if (start.length < headerBytes) throw damaged(where, 'is truncated: it ends in its header');
  const view = new DataView(start.buffer, start.byteOffset, headerBytes);
  const shape = Array.from({ length: axes }, (_, i) => view.getUint32(4 + 4 * i));
  return {
    shape,
    type,
    headerBytes,
    bytes: headerBytes + shape.reduce((a, b) => a * b, type.BYTES_PER_ELEMENT),
  };
}

const promise = ({ shape, bytes }: Header): string =>
  `its header promises ${shape.join(' x ')} numbers, ${bytes} bytes`;

const badChecksum = 'is damaged: its gzip data do not agree with their checksum';

/** The header of a gzipped file, without unzipping the rest. */
function peek(zipped: Uint8Array, where: string): Header {
  const unfinished = { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 4096 };
  let start: Uint8Array;
  try {
    start = gunzipSync(zipped.subarray(0, 4096), unfinished);
  } catch (cause) {
    throw damaged(where, badChecksum, cause);
  }
  return readHeader(start, where);
}

/** What a gzipped file holds, in one array that was allocated once. */
async function unzip(zipped: Uint8Array, where: string): Promise<{ header: Header; bytes: Uint8Array }> {
  const header = peek(zipped, where);
  if (header.bytes > Math.min(largest, largestGrowth * zipped.length)) {
    throw damaged(where, `${promise(header)}, more than the file can hold`);
  }
  // One byte more than is promised, so that zlib ends within the first piece.
  const limits = { chunkSize: Math.max(64, header.bytes + 1), maxOutputLength: header.bytes + 1 };
  try {
    return { header, bytes: await promisify(gunzip)(zipped, limits) };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw damaged(where, `${promise(header)}, but it holds more`, cause);
    if (code === 'Z_BUF_ERROR') throw damaged(where, 'is truncated: the gzip data ends in the middle', cause);
    throw damaged(where, badChecksum, cause);
  }
}

/** Numbers of a whole file in the byte order of this machine. */
function numbers({ type, headerBytes }: Header, bytes: Uint8Array): IdxData {
  const width = type.BYTES_PER_ELEMENT;
  const body = bytes.subarray(headerBytes);
  if (width === 1) return new type(body.buffer as ArrayBuffer, body.byteOffset, body.length);
  const own = Buffer.from(new Uint8Array(body).buffer);
  if (endianness() === 'LE') {
    if (width === 2) own.swap16();
    else if (width === 4) own.swap32();
    else own.swap64();
  }
  return new type(own.buffer, own.byteOffset, own.length / width);
}

/** An IDX file's bytes as an array. @throws UserError when they are none, cut off, too many, or not to be unzipped */
export async function decodeIdx(file: Uint8Array, where: string): Promise<Omit<IdxArray, 'file'>> {
  const zipped = file[0] === 0x1f && file[1] === 0x8b;
  const { header, bytes } = zipped
    ? await unzip(file, where)
    : { header: readHeader(file, where), bytes: file };
  if (bytes.length !== header.bytes) {
    const cut = bytes.length < header.bytes;
    throw damaged(where, `${cut ? 'is truncated: ' : ''}${promise(header)}, but it holds ${bytes.length}`);
  }
  return { shape: header.shape, data: numbers(header, bytes) };
}

/** Reads a file. @throws UserError as {@link decodeIdx}, and when it cannot be read */
export async function readIdx(path: string): Promise<IdxArray> {
  if ((await pathKind(path)) === 'folder') {
    throw new UserError({ what: 'is a folder, expected an IDX file', where: path, how: 'name a file in it' });
  }
  const bytes = await readFile(path).catch(async (error) => {
    throw await readError(error, path);
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ...(await decodeIdx(bytes, path)), file: { path, bytes: bytes.length, sha256 } };
}

/** The lengths of a file's axes, from its header alone. @throws UserError when it is no IDX file or cannot be read */
export async function readIdxShape(path: string): Promise<readonly number[]> {
  const start = await readStart(await fileSource(path), 4096);
  const zipped = start[0] === 0x1f && start[1] === 0x8b;
  return (zipped ? peek(start, path) : readHeader(start, path)).shape;
}
