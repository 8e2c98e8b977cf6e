// The safetensors format (https://github.com/huggingface/safetensors): named tensors behind a JSON header. Python reads
// our checkpoints with it. Only float32, int32 and bool, which is what the engine has.
import { readFile } from 'node:fs/promises';
import type { DType, TensorData } from '../engine/tensor-data.ts';
import { UserError } from '../errors.ts';
import { writeFileAtomic } from './atomic-write.ts';

export interface TensorFile {
  readonly tensors: Readonly<Record<string, TensorData>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const typeNames: Record<DType, string> = { float32: 'F32', int32: 'I32', bool: 'BOOL' };
const types = {
  F32: { dtype: 'float32', array: Float32Array },
  I32: { dtype: 'int32', array: Int32Array },
  BOOL: { dtype: 'bool', array: Uint8Array },
} as const;

/** Bytes of a file. Tensors stand in the order given, each aligned to 4 bytes. */
export function encodeTensors({ tensors, metadata }: TensorFile): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  // Four-byte types first, so that everything stays aligned.
  const entries = Object.entries(tensors).sort(
    ([, a], [, b]) => Number(a.dtype === 'bool') - Number(b.dtype === 'bool'),
  );
  for (const [name, { dtype, shape, data }] of entries) {
    header[name] = { dtype: typeNames[dtype], shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  let json = JSON.stringify(header);
  json += ' '.repeat((8 - (Buffer.byteLength(json) % 8)) % 8);
  const head = Buffer.from(json);
  const bytes = new Uint8Array(8 + head.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  let at = 8 + head.length;
  for (const [, { data }] of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** @throws UserError naming the file when it is cut short or no safetensors file */
export function decodeTensors(bytes: Uint8Array, path: string): TensorFile {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = Number(view.getBigUint64(0, true));
    if (length > bytes.length - 8) throw new RangeError('the header is longer than the file');
    const start = 8 + length;
    const header = JSON.parse(Buffer.from(bytes.subarray(8, start)).toString('utf8'));
    const { __metadata__: metadata = {}, ...entries } = header;
    const tensors: Record<string, TensorData> = {};
    for (const [
      name,
      {
        dtype,
        shape,
        data_offsets: [from, to],
      },
    ] of Object.entries<HeaderEntry>(entries)) {
      const { array, dtype: ours } = types[dtype];
      if (!(from >= 0 && to <= bytes.length - start && from <= to))
        throw new RangeError(`${name} lies outside the file`);
      tensors[name] = {
        dtype: ours,
        shape,
        data: new array(new Uint8Array(bytes.subarray(start + from, start + to)).buffer),
      };
    }
    return { tensors, metadata };
  } catch (error) {
    const reason = (error as Error).message;
    throw new UserError({
      what: `not a whole safetensors file (${reason})`,
      where: path,
      how: 'restore it or delete it to start afresh',
      cause: error,
    });
  }
}

interface HeaderEntry {
  readonly dtype: keyof typeof types;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

export const writeTensors = (path: string, file: TensorFile): Promise<void> =>
  writeFileAtomic(path, encodeTensors(file));

export const readTensors = async (path: string): Promise<TensorFile> =>
  decodeTensors(await readFile(path), path);
