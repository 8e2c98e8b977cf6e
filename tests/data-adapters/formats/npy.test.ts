import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { bytesSource } from '../../../data-adapters/formats/byte-source.ts';
import { parseNpy, readNpy } from '../../../data-adapters/formats/npy.ts';
import { npyTypeNames } from '../../../data-adapters/formats/npy-types.ts';
import { writeNpy } from '../../../data-adapters/formats/write-npy.ts';
import { answer, damage, trials } from './damage.ts';
import { npyFile, npyHeader } from './npy-fixtures.ts';

/** Type code, NumPy's name, the array it becomes, and numbers that it holds exactly. */
const types = [
  ['b1', 'bool', Uint8Array, fc.constantFrom(0, 1)],
  ['i1', 'int8', Int8Array, fc.integer({ min: -128, max: 127 })],
  ['u1', 'uint8', Uint8Array, fc.integer({ min: 0, max: 255 })],
  ['i2', 'int16', Int16Array, fc.integer({ min: -32768, max: 32767 })],
  ['u2', 'uint16', Uint16Array, fc.integer({ min: 0, max: 65535 })],
  ['i4', 'int32', Int32Array, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })],
  ['u4', 'uint32', Uint32Array, fc.integer({ min: 0, max: 2 ** 32 - 1 })],
  ['i8', 'int64', Float64Array, fc.maxSafeInteger()],
  ['u8', 'uint64', Float64Array, fc.maxSafeNat()],
  ['f4', 'float32', Float32Array, fc.float()],
  ['f8', 'float64', Float64Array, fc.double()],
] as const;

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });

describe('parseNpy', () => {
  it.each(types)(
    '%s: any shape, both byte orders, C and Fortran order, versions 1 to 3',
    (type, name, Type, numbers) => {
      fc.assert(
        fc.property(
          shapes.chain((shape) => {
            const size = shape.reduce((a, b) => a * b, 1);
            const values = fc.array(numbers as fc.Arbitrary<number>, { minLength: size, maxLength: size });
            return fc.tuple(fc.constant(shape), values, fc.boolean(), fc.boolean(), fc.constantFrom(1, 2, 3));
          }),
          ([shape, values, littleEndian, fortranOrder, version]) => {
            const file = npyFile({ shape, values, type, littleEndian, fortranOrder, version });
            const { data, ...array } = parseNpy(file, 'a.npy');
            expect(array).toEqual({ shape, dtype: name });
            expect(data).toBeInstanceOf(Type);
            expect([...data]).toEqual(type[0] === 'f' ? values : values.map((value) => value + 0));
          },
        ),
        { numRuns: 100 },
      );
    },
  );

  // IEEE 754 binary16: bit patterns and values of the standard's own examples.
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x0001, 2 ** -24],
    [0x03ff, 2 ** -14 - 2 ** -24],
    [0x3555, 0.333251953125],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])('float16 %i is %f', (bits, value) => {
    const file = (order: string, bytes: number[]) =>
      Buffer.concat([
        npyHeader(`{'descr': '${order}f2', 'fortran_order': False, 'shape': (1,), }`),
        Buffer.from(bytes),
      ]);
    expect(parseNpy(file('<', [bits & 255, bits >> 8]), 'a').data).toEqual(Float32Array.of(value));
    expect(parseNpy(file('>', [bits >> 8, bits & 255]), 'a').data).toEqual(Float32Array.of(value));
  });

  // 2^53 + 1 is the least positive integer without a double; 2^60 and -2^63 have one.
  it.each([
    ['i8', 9007199254740993n, undefined],
    ['i8', -9007199254740993n, undefined],
    ['i8', 2n ** 63n - 1n, undefined],
    ['u8', 2n ** 64n - 1n, undefined],
    ['i8', 9007199254740994n, 9007199254740994],
    ['i8', 2n ** 60n, 2 ** 60],
    ['i8', -(2n ** 63n), -(2 ** 63)],
    ['i8', -1n, -1],
    ['i8', -4294967297n, -4294967297],
    ['u8', 2n ** 63n, 2 ** 63],
  ])('%s %s', (type, integer, value) => {
    const data = Buffer.alloc(8);
    data.writeBigUInt64LE(BigInt.asUintN(64, integer));
    const header = npyHeader(`{'descr': '<${type}', 'fortran_order': False, 'shape': (), }`);
    const read = () => parseNpy(Buffer.concat([header, data]), 'a.npy');
    if (value === undefined)
      expect(read).toThrow('a.npy: number 1 of the array is an integer that no float64 holds');
    else expect([...read().data]).toEqual([value]);
  });

  it('reads headers as other writers lay them out', () => {
    const body = Uint8Array.of(1, 2);
    for (const text of [
      `{"shape":(2,),"fortran_order":False,"descr":"|u1"}`,
      `{'descr': 'u1', 'fortran_order': True, 'shape': (2L,)}`,
      `{ 'fortran_order' : False , 'descr' : '=u1' , 'shape' : [1, 2] , }`,
    ]) {
      expect([...parseNpy(Buffer.concat([npyHeader(text), body]), 'a').data]).toEqual([1, 2]);
    }
    const bool = `{'descr': '?', 'fortran_order': False, 'shape': (2,)}`;
    expect(parseNpy(Buffer.concat([npyHeader(bool), Uint8Array.of(0, 1)]), 'a').dtype).toBe('bool');
  });

  it('does not need the bytes to be aligned', () => {
    const file = npyFile({ shape: [3], values: [1.5, 2.5, 3.5], type: 'f8' });
    const shifted = new Uint8Array(file.length + 1);
    shifted.set(file, 1);
    expect([...parseNpy(shifted.subarray(1), 'a').data]).toEqual([1.5, 2.5, 3.5]);
  });

  const header = (descr: string, shape = '(1,)') =>
    Buffer.concat([
      npyHeader(`{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`),
      new Uint8Array(8),
    ]);
  it.each([
    ['an empty file', new Uint8Array(0), 'is empty'],
    ['another format', Buffer.from('T,spin\n1,0\n'), 'is no .npy file'],
    ['an unknown version', Buffer.from('\x93NUMPY\x04\x00\x10\x00\x00\x00', 'latin1'), '.npy version 4'],
    ['objects', header("'|O'"), 'holds Python objects, which only unpickling could open'],
    ['text', header("'<U4'"), "holds text (type '<U4')"],
    ['bytes', header("'|S8'"), 'holds text'],
    ['complex numbers', header("'<c16'"), 'holds complex numbers'],
    ['dates', header("'<M8[ns]'"), 'holds dates'],
    ['records', header("'|V8'"), 'holds raw records'],
    ['long doubles', header("'<f16'"), "unknown type '<f16'"],
    ['a structured type', header("[('spin', '|i1'), ('T', '<f8')]"), 'holds a structured array'],
    ['a type of the prototype', header("'constructor'"), 'unknown type'],
    ['no type', npyHeader(`{'fortran_order': False, 'shape': (1,)}`), 'no descr'],
    ['no order', npyHeader(`{'descr': '|u1', 'shape': (1,)}`), 'no fortran_order'],
    ['no shape', npyHeader(`{'descr': '|u1', 'fortran_order': False}`), 'no shape'],
    ['a negative length', header("'<f8'", '(-1,)'), 'no shape of whole numbers'],
    ['a shape of reals', header("'<f8'", '(1.5,)'), 'cannot be read'],
    ['a shape beyond any file', header("'<f8'", '(4294967296, 4294967296, 16)'), 'larger than any file'],
    [
      'a shape with product 0 and a huge side',
      header("'<f8'", '(0, 99999999999999999999)'),
      'larger than any file',
    ],
    ['far more than is there', header("'<f8'", '(1000000000000,)'), 'is truncated'],
    ['too many dimensions', header("'<f8'", `(${'1, '.repeat(65)})`), '65 dimensions'],
    ['deep nesting', header("'<f8'", '('.repeat(1000)), 'nested too deeply'],
    ['a key twice', npyHeader(`{'descr': '|u1', 'descr': '|O'}`), 'names descr twice'],
    ['code', npyHeader(`__import__('os').system('true')`), 'cannot be read at character 1'],
    [
      'more than one array',
      Buffer.concat([npyFile({ shape: [1], values: [1], type: 'u1' }), new Uint8Array(9)]),
      'has 9 bytes after its array (1) of uint8',
    ],
    [
      'a bool of 2',
      Buffer.concat([npyHeader(`{'descr': '|b1', 'fortran_order': False, 'shape': (1,)}`), Uint8Array.of(2)]),
      'expected a bool',
    ],
  ])('refuses %s', (_, bytes, text) => {
    expect(() => parseNpy(bytes, 'a.npy')).toThrow(UserError);
    expect(() => parseNpy(bytes, 'a.npy')).toThrow(text);
    expect(() => parseNpy(bytes, 'a.npy')).toThrow(/^a\.npy: .+; .+/);
  });

  it('returns plain arrays for the bytes of a Buffer', () => {
    const file = Buffer.from(
      npyFile({ shape: [2, 2], values: [0, 1, 1, 0], type: 'u1', fortranOrder: true }),
    );
    expect(parseNpy(file, 'a').data.constructor).toBe(Uint8Array);
  });

  it('refuses a header length beyond reason before reading it', () => {
    const bytes = Buffer.from('\x93NUMPY\x02\x00\xff\xff\xff\x7f', 'latin1');
    expect(() => parseNpy(bytes, 'a.npy')).toThrow('claims a header of 2147483647 bytes');
  });

  it('refuses a file cut at any length', () => {
    const file = npyFile({ shape: [3, 2], values: [1, 2, 3, 4, 5, 6], type: 'f8' });
    for (let length = 0; length < file.length; length++) {
      expect(() => parseNpy(file.subarray(0, length), 'a.npy')).toThrow(UserError);
    }
  });

  it('answers any damage with an array that fits the file, or a UserError', async () => {
    for (const type of ['i1', 'f8', 'i8', 'b1']) {
      const good = npyFile({
        shape: [4, 3, 3],
        values: Array.from({ length: 36 }, (_, i) => i % 2),
        type,
        littleEndian: false,
        fortranOrder: true,
      });
      await fc.assert(
        fc.asyncProperty(damage(good), async (bytes) => {
          const array = await answer(() => parseNpy(bytes, 'a.npy'));
          if (array === undefined) return;
          expect(array.data.length).toBe(array.shape.reduce((a, b) => a * b, 1));
          // float16 doubles, nothing grows more
          expect(array.data.byteLength).toBeLessThanOrEqual(2 * bytes.length);
          expect(npyTypeNames).toContain(array.dtype);
        }),
        trials(500),
      );
    }
  });
});

describe('writeNpy', () => {
  it.each([
    Int8Array,
    Uint8Array,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
  ])('writes what parseNpy reads: %o', (Type) => {
    const array = { shape: [2, 3], data: Type.from([0, 1, 2, 3, 4, 127]) };
    const { shape, data } = parseNpy(writeNpy(array), 'a');
    expect({ shape, data }).toEqual(array);
  });

  it('writes bools, a single number, a view, and aligns its data by 64', async () => {
    expect(parseNpy(writeNpy({ shape: [2], data: Uint8Array.of(0, 1), bool: true }), 'a').dtype).toBe('bool');
    expect(parseNpy(writeNpy({ shape: [], data: Float64Array.of(2.27) }), 'a')).toMatchObject({ shape: [] });
    const view = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    const file = writeNpy({ shape: [2], data: view });
    expect((file.length - 8) % 64).toBe(0);
    expect([...(await readNpy(bytesSource('a', file))).data]).toEqual([2, 3]);
    expect(() => writeNpy({ shape: [3], data: view })).toThrow(RangeError);
  });
});

const hasNumpy = (() => {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasNumpy)('NumPy itself (skipped where python3 has no numpy)', () => {
  it('writes every type and order that parseNpy reads, and all float16 numbers', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'npy-'));
    const script = `
import json, sys, numpy as np
out = []
for kind in ['?', 'i1', 'u1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8', 'f2', 'f4', 'f8']:
  for byteorder in '<>':
    for order in 'CF':
      a = (np.arange(24).reshape(2, 3, 4) % 2 if kind == '?' else np.arange(24).reshape(2, 3, 4)).astype(byteorder + kind if kind[-1] != '1' and kind != '?' else kind)
      name = f'{len(out)}.npy'
      np.save(f'{sys.argv[1]}/{name}', np.asarray(a, order=order))
      out.append([name, a.dtype.name, a.astype(float).ravel().tolist()])
half = np.arange(65536, dtype='<u2').view('<f2')
np.save(f'{sys.argv[1]}/half.npy', half)
np.save(f'{sys.argv[1]}/single.npy', half.astype('<f4'))
print(json.dumps(out))`;
    const cases = JSON.parse(execFileSync('python3', ['-c', script, folder], { encoding: 'utf8' }));
    for (const [name, dtype, values] of cases as [string, string, number[]][]) {
      const array = parseNpy(await readFile(join(folder, name)), name);
      expect(array).toMatchObject({ dtype, shape: [2, 3, 4] });
      expect([...array.data]).toEqual(values);
    }
    const half = parseNpy(await readFile(join(folder, 'half.npy')), 'half').data;
    const single = parseNpy(await readFile(join(folder, 'single.npy')), 'single').data;
    expect(half).toEqual(single);
  });

  it('loads what writeNpy writes', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'npy-')), 'a.npy');
    await writeFile(path, writeNpy({ shape: [2, 2], data: Int16Array.of(1, -2, 3, -4) }));
    const script = 'import sys, numpy as np; a = np.load(sys.argv[1]); print(a.dtype, a.tolist())';
    expect(execFileSync('python3', ['-c', script, path], { encoding: 'utf8' }).trim()).toBe(
      'int16 [[1, -2], [3, -4]]',
    );
  });
});
