// The header of a NumPy .npy file, versions 1, 2 and 3: magic, length, and a Python dictionary as text.
// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html (NEP 1). The text is parsed as the
// literal it is; nothing is evaluated, and no pickle is ever opened.
import { UserError } from '../../core/errors.ts';

/** What a .npy header says. */
export interface NpyHeader {
  /** NumPy's type string: `<f8`, `|b1`. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Offset of the first byte of data. */
  readonly dataStart: number;
}

type Literal = string | boolean | bigint | null | Literal[] | Map<string, Literal>;

/** Longest header read. NumPy's own limit is 10,000 characters. */
export const longestHeader = 64 * 1024;
const mostDimensions = 64;
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

const corrupt = (where: string, what: string): UserError =>
  new UserError({ what, where, how: 'write it again with numpy.save' });

/** Reads one Python literal of the kinds that headers hold. */
class LiteralReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly fail: (what: string) => UserError,
  ) {}

  readDictionary(): Map<string, Literal> {
    const value = this.value(0);
    if (!(value instanceof Map)) throw this.fail('its header is no dictionary');
    if (this.text.slice(this.at).trim() !== '') throw this.fail('its header goes on after the dictionary');
    return value;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private take(symbol: string): boolean {
    this.match(/\s*/y);
    if (this.text[this.at] !== symbol) return false;
    this.at += 1;
    return true;
  }

  private value(depth: number): Literal {
    if (depth > 8) throw this.fail('its header is nested too deeply');
    if (this.take('{')) return this.dictionary(depth);
    if (this.take('(')) return this.items(')', depth);
    if (this.take('[')) return this.items(']', depth);
    const quoted = this.match(/'[^'\\\n]*'|"[^"\\\n]*"/y);
    if (quoted !== undefined) return quoted.slice(1, -1);
    const number = this.match(/-?\d{1,30}L?(?![\w.])/y);
    if (number !== undefined) return BigInt(number.replace('L', ''));
    const word = this.match(/(True|False|None)\b/y);
    if (word !== undefined) return word === 'None' ? null : word === 'True';
    throw this.fail(`its header cannot be read at character ${this.at + 1}`);
  }

  private items(end: string, depth: number): Literal[] {
    const items: Literal[] = [];
    while (!this.take(end)) {
      items.push(this.value(depth + 1));
      if (!this.take(',') && this.text[this.at] !== end) throw this.fail('its header lacks a comma');
    }
    return items;
  }

  private dictionary(depth: number): Map<string, Literal> {
    const entries = new Map<string, Literal>();
    while (!this.take('}')) {
      const key = this.value(depth + 1);
      if (typeof key !== 'string' || !this.take(':')) throw this.fail('its header is no dictionary');
      if (entries.has(key)) throw this.fail(`its header names ${key} twice`);
      entries.set(key, this.value(depth + 1));
      if (!this.take(',') && this.text[this.at] !== '}') throw this.fail('its header lacks a comma');
    }
    return entries;
  }
}

function readShape(value: Literal | undefined, fail: (what: string) => UserError): number[] {
  if (!Array.isArray(value) || value.some((n) => typeof n !== 'bigint' || n < 0n)) {
    throw fail('its header has no shape of whole numbers');
  }
  if (value.length > mostDimensions) throw fail(`its shape has ${value.length} dimensions`);
  const shape = (value as bigint[]).map(Number);
  const size = shape.reduce((a, b) => a * b, 1);
  if (!shape.every(Number.isSafeInteger) || !Number.isSafeInteger(size)) {
    throw fail(`its shape (${(value as bigint[]).join(', ')}) is larger than any file`);
  }
  return shape;
}

/**
 * Reads the header at the start of `bytes`, which need not hold the data that follows it.
 *
 * @param where how errors call the file
 * @throws UserError for anything but a well-formed header; a structured type is refused by name
 */
export function readNpyHeader(bytes: Uint8Array, where: string): NpyHeader {
  const fail = (what: string) => corrupt(where, what);
  if (bytes.length === 0) throw fail('is empty');
  if (!magic.slice(0, bytes.length).every((byte, i) => bytes[i] === byte)) {
    throw fail('is no .npy file (its magic string is missing)');
  }
  const version = bytes[6];
  if (bytes.length > 6 && (version < 1 || version > 3))
    throw fail(`has .npy version ${version}, expected 1 to 3`);
  const lengthBytes = version === 1 ? 2 : 4;
  const start = 8 + lengthBytes;
  if (bytes.length < start) throw fail('ends within its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = lengthBytes === 2 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > longestHeader) throw fail(`claims a header of ${length} bytes`);
  if (bytes.length < start + length) throw fail('ends within its header');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString(
    version === 3 ? 'utf8' : 'latin1',
  );
  const fields = new LiteralReader(text, fail).readDictionary();
  const descr = fields.get('descr');
  const fortranOrder = fields.get('fortran_order');
  if (Array.isArray(descr)) {
    throw new UserError({
      what: 'holds a structured array',
      where,
      how: 'save each field as a plain array of its own',
    });
  }
  if (typeof descr !== 'string') throw fail('its header has no descr');
  if (typeof fortranOrder !== 'boolean') throw fail('its header has no fortran_order');
  return { descr, fortranOrder, shape: readShape(fields.get('shape'), fail), dataStart: start + length };
}
