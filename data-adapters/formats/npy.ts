// Reads NumPy .npy files: every plain number type, either byte order, C or Fortran order, any number of dimensions.
// Not object arrays (never unpickled), text, complex or structured ones. Writing is write-npy.ts.
import { UserError } from '../../core/errors.ts';
import { type ByteSource, readAll } from './byte-source.ts';
import { type NpyHeader, readNpyHeader } from './npy-header.ts';
import { decodeNpyData, type NpyData, type NpyType, type NpyTypeName, parseNpyType } from './npy-types.ts';

/** An array as it stood in the file. */
export interface NpyArray {
  /** `[]` for a single number. */
  readonly shape: readonly number[];
  /** `prod(shape)` numbers, the last dimension fastest (C order), whatever order the file had. */
  readonly data: NpyData;
  /** Type in the file. */
  readonly dtype: NpyTypeName;
}

/** Fortran order (first dimension fastest) to C order. */
function toRowMajor(data: NpyData, shape: readonly number[]): NpyData {
  const sorted = new (data.constructor as new (length: number) => NpyData)(data.length);
  const strides = shape.map((_, d) => shape.slice(0, d).reduce((a, b) => a * b, 1));
  const index = new Array<number>(shape.length).fill(0);
  for (let to = 0, from = 0; to < sorted.length; to++) {
    sorted[to] = data[from];
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d] += 1;
      from += strides[d];
      if (index[d] < shape[d]) break;
      index[d] = 0;
      from -= strides[d] * shape[d];
    }
  }
  return sorted;
}

/** Checks that the file holds the header's array and nothing else. */
function checkLength(header: NpyHeader, type: NpyType, bytes: number, where: string): void {
  const expected = header.dataStart + header.shape.reduce((a, b) => a * b, 1) * type.bytes;
  if (bytes === expected) return;
  const array = `its array (${header.shape.join(', ')}) of ${type.name}`;
  throw new UserError(
    bytes < expected
      ? {
          what: `is truncated: ${array} takes ${expected} bytes, the file has ${bytes}`,
          where,
          how: 'copy or write it again',
        }
      : {
          what: `has ${bytes - expected} bytes after ${array}`,
          where,
          how: 'write one array per file with numpy.save',
        },
  );
}

/**
 * The array in the bytes of a .npy file. Shares memory with `bytes` where the file's order and type allow.
 *
 * @param where how errors call the file
 * @throws UserError when the bytes are no .npy file, truncated, or hold anything but plain numbers
 */
export function parseNpy(bytes: Uint8Array, where: string): NpyArray {
  const header = readNpyHeader(bytes, where);
  const type = parseNpyType(header.descr, where);
  checkLength(header, type, bytes.length, where);
  const data = decodeNpyData(bytes.subarray(header.dataStart), type, where);
  const reorder = header.fortranOrder && header.shape.filter((n) => n !== 1).length > 1;
  return { shape: header.shape, data: reorder ? toRowMajor(data, header.shape) : data, dtype: type.name };
}

/** Reads a .npy file. @throws UserError as {@link parseNpy}, and when the source cannot be read */
export async function readNpy(source: ByteSource): Promise<NpyArray> {
  return parseNpy(await readAll(source), source.name);
}
