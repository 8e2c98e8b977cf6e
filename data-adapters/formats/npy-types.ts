// NumPy's plain number types and how each becomes a JavaScript typed array of native byte order.
import { endianness } from 'node:os';
import { UserError } from '../../core/errors.ts';

/** Arrays that .npy data become. bool is held as 0 and 1; float16 as float32; int64 and uint64 as float64. */
export type NpyData =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

export const npyTypeNames = [
  'bool',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float16',
  'float32',
  'float64',
] as const;
export type NpyTypeName = (typeof npyTypeNames)[number];

/** A plain type as a header names it. */
export interface NpyType {
  readonly name: NpyTypeName;
  /** Bytes of one number in the file. */
  readonly bytes: number;
  readonly littleEndian: boolean;
}

const names: Readonly<Record<string, NpyTypeName>> = {
  b1: 'bool',
  i1: 'int8',
  u1: 'uint8',
  i2: 'int16',
  u2: 'uint16',
  i4: 'int32',
  u4: 'uint32',
  i8: 'int64',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

const refused: Readonly<Record<string, string>> = {
  O: 'Python objects, which only unpickling could open and that is never done',
  c: 'complex numbers',
  U: 'text',
  S: 'text',
  a: 'text',
  V: 'raw records',
  M: 'dates',
  m: 'time differences',
};

const hostIsLittle = endianness() === 'LE';

/** Reads a type string such as `<f8`. @throws UserError naming what cannot be read: objects, text, complex, ... */
export function parseNpyType(descr: string, where: string): NpyType {
  const [, order, code] = /^([<>|=]?)([A-Za-z?]\w*)/.exec(descr) ?? ['', '', ''];
  const key = code === '?' ? 'b1' : code;
  if (Object.hasOwn(names, key) && descr.length === order.length + code.length) {
    const littleEndian = order === '<' || (order !== '>' && hostIsLittle);
    return { name: names[key], bytes: Number(key[1]), littleEndian };
  }
  const kind = /^[A-Za-z]\d*$/.test(code) && Object.hasOwn(refused, code[0]) ? refused[code[0]] : undefined;
  throw new UserError({
    what:
      kind === undefined
        ? `has the unknown type '${descr.slice(0, 40)}'`
        : `holds ${kind} (type '${descr.slice(0, 40)}')`,
    where,
    how: "save numbers, e.g. numpy.save(path, array.astype('int8'))",
  });
}

/** float16 (IEEE 754 binary16) to its value. */
function halfToNumber(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size =
    exponent === 0
      ? fraction * 2 ** -24
      : exponent === 31
        ? fraction === 0
          ? Number.POSITIVE_INFINITY
          : Number.NaN
        : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
}

function fromInt64(words: Uint32Array, signed: boolean, where: string): Float64Array {
  const values = new Float64Array(words.length / 2);
  const low = hostIsLittle ? 0 : 1;
  for (let i = 0; i < values.length; i++) {
    const high = words[2 * i + 1 - low];
    const base = (signed ? high | 0 : high) * 4_294_967_296;
    const value = base + words[2 * i + low];
    // Dekker's fast two-sum: the sum is exact when the smaller addend comes back out of it.
    if (value - base !== words[2 * i + low]) {
      throw new UserError({
        what: `number ${i + 1} of the array is an integer that no float64 holds exactly`,
        where,
        how: 'save it as a smaller integer type or as float64',
      });
    }
    values[i] = value;
  }
  return values;
}

function checkedBool(bytes: Uint8Array, where: string): Uint8Array {
  const wrong = bytes.findIndex((byte) => byte > 1);
  if (wrong >= 0) {
    throw new UserError({
      what: `number ${wrong + 1} of the array is the byte ${bytes[wrong]}, expected a bool of 0 or 1`,
      where,
      how: 'write it again with numpy.save',
    });
  }
  return bytes;
}

/** Bytes of one value after another, in native order and aligned; a view of `bytes` where it can be. */
function nativeBytes(bytes: Uint8Array, type: NpyType): Uint8Array {
  const swapped = type.bytes > 1 && type.littleEndian !== hostIsLittle;
  if (!swapped && bytes.byteOffset % type.bytes === 0) {
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  const copy = new Uint8Array(bytes);
  const buffer = Buffer.from(copy.buffer);
  if (swapped && type.bytes === 2) buffer.swap16();
  if (swapped && type.bytes === 4) buffer.swap32();
  if (swapped && type.bytes === 8) buffer.swap64();
  return copy;
}

/**
 * The numbers in `bytes`, in file order. Shares memory with `bytes` where nothing has to be changed.
 *
 * @throws UserError for 64-bit integers that float64 cannot hold, and for bools other than 0 and 1
 */
export function decodeNpyData(bytes: Uint8Array, type: NpyType, where: string): NpyData {
  const native = nativeBytes(bytes, type);
  const view = <T>(Type: new (buffer: ArrayBuffer, offset: number, length: number) => T): T =>
    new Type(native.buffer as ArrayBuffer, native.byteOffset, native.byteLength / type.bytes);
  switch (type.name) {
    case 'bool':
      return checkedBool(native, where);
    case 'int8':
      return view(Int8Array);
    case 'uint8':
      return native;
    case 'int16':
      return view(Int16Array);
    case 'uint16':
      return view(Uint16Array);
    case 'int32':
      return view(Int32Array);
    case 'uint32':
      return view(Uint32Array);
    case 'float16':
      return Float32Array.from(view(Uint16Array), halfToNumber);
    case 'float32':
      return view(Float32Array);
    case 'float64':
      return view(Float64Array);
    case 'int64':
    case 'uint64': {
      const words = new Uint32Array(native.buffer as ArrayBuffer, native.byteOffset, native.byteLength / 4);
      return fromInt64(words, type.name === 'int64', where);
    }
  }
}
