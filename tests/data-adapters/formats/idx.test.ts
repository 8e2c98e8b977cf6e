import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { decodeIdx, readIdx } from '../../../data-adapters/formats/idx.ts';
import { idx, idxTypes } from '../digits/idx-bytes.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'idx-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const refusal = async (bytes: Uint8Array): Promise<string> => {
  const error = await decodeIdx(bytes, 'a-file').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  const { message } = error as UserError;
  expect(message).toMatch(/^a-file: /);
  expect(message).not.toContain('\n');
  return message;
};

describe('IDX', () => {
  // Bytes by NumPy 2: bytes([0, 0, type, 2]) + struct.pack('>II', 2, 2) + np.array([[1, -2], [300, 4]], dtype).tobytes(), the dtypes
  // 'u1' (without sign or 300), 'i1', '>i2', '>i4', '>f4', '>f8'.
  it.each([
    ['00000802000000020000000201fe2c04', Uint8Array, [1, 254, 44, 4]],
    ['00000902000000020000000201fe2c04', Int8Array, [1, -2, 44, 4]],
    ['00000b0200000002000000020001fffe012c0004', Int16Array, [1, -2, 300, 4]],
    ['00000c02000000020000000200000001fffffffe0000012c00000004', Int32Array, [1, -2, 300, 4]],
    ['00000d0200000002000000023f800000c00000004396000040800000', Float32Array, [1, -2, 300, 4]],
    [
      '00000e0200000002000000023ff0000000000000c0000000000000004072c000000000004010000000000000',
      Float64Array,
      [1, -2, 300, 4],
    ],
  ] as const)('reads what NumPy writes: %s', async (hex, type, expected) => {
    const plain = Buffer.from(hex, 'hex');
    for (const bytes of [plain, gzipSync(plain)]) {
      const { shape, data } = await decodeIdx(bytes, 'a-file');
      expect(shape).toEqual([2, 2]);
      expect(data).toEqual(type.from(expected));
    }
  });

  it('reads whatever was written, of any type and shape, gzipped or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...idxTypes),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 100 }),
        fc.boolean(),
        async (type, shape, first, zipped) => {
          const count = shape.reduce((a, b) => a * b, 1);
          const values = Array.from({ length: count }, (_, i) => (first + i) % 127);
          const bytes = idx(type, shape, values);
          const read = await decodeIdx(zipped ? gzipSync(bytes) : bytes, 'a-file');
          expect(read.shape).toEqual(shape);
          expect([...read.data]).toEqual(values);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('looks at the bytes of the file and does not copy them', async () => {
    const bytes = idx(0x08, [2, 3], [1, 2, 3, 4, 5, 6]);
    const { data } = await decodeIdx(bytes, 'a-file');
    expect(data.buffer).toBe(bytes.buffer);
  });

  it('tells the bytes of the file, as they are on disk', async () => {
    const path = join(folder, 'zipped');
    const zipped = gzipSync(idx(0x08, [1], [7]));
    writeFileSync(path, zipped);
    const { file, data } = await readIdx(path);
    expect([...data]).toEqual([7]);
    expect(file).toMatchObject({ path, bytes: zipped.length });
    expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('IDX that is none', () => {
  const whole = idx(0x08, [2, 3], [1, 2, 3, 4, 5, 6]);

  it('names the magic number', async () => {
    expect(await refusal(Buffer.from('\x89PNG\r\n'))).toMatch(
      /no IDX file: it begins with 0xc28950|0x89504e47|0xc289504e/,
    );
    // Type 0x0a does not exist, neither does an array of no axes.
    expect(await refusal(idx(0x0a as 0x08, [1], [1]))).toMatch(/begins with 0x00000a01/);
    expect(await refusal(Uint8Array.of(0, 0, 8, 0))).toMatch(/begins with 0x00000800/);
  });

  it('is refused at whatever byte it was cut, plain or before it was zipped', async () => {
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.subarray(0, length);
      expect(await refusal(cut)).toMatch(/too few|truncated/);
      expect(await refusal(gzipSync(cut))).toMatch(/too few|truncated/);
    }
  });

  it('is refused when the zipped bytes were cut or changed', async () => {
    const zipped = gzipSync(whole);
    for (let length = 2; length < zipped.length; length++) {
      expect(await refusal(zipped.subarray(0, length))).toMatch(/truncated|damaged|too few/);
    }
    // The last eight bytes are the checksum and the length.
    const changed = Buffer.from(zipped);
    changed[zipped.length - 6] ^= 1;
    expect(await refusal(changed)).toMatch(/checksum/);
  });

  it('is refused with more bytes than it promises', async () => {
    const longer = Buffer.concat([whole, Buffer.of(1)]);
    expect(await refusal(longer)).toMatch(/promises 2 x 3 numbers, 18 bytes, but it holds 19/);
    expect(await refusal(gzipSync(longer))).toMatch(/promises 2 x 3/);
    expect(await refusal(gzipSync(Buffer.concat([whole, Buffer.alloc(1_000_000)])))).toMatch(/holds more/);
  });

  it('is refused before memory is asked for what its header claims', async () => {
    const hostile = idx(0x0e, [0xffffffff, 0xffffffff, 0xffffffff], []);
    expect(await refusal(hostile)).toMatch(/truncated: its header promises 4294967295 x/);
    expect(await refusal(gzipSync(hostile))).toMatch(/more than the file can hold/);
    const many = Buffer.concat([Buffer.of(0, 0, 8, 255), Buffer.alloc(1020, 255)]);
    expect(await refusal(many)).toMatch(/promises/);
    expect(await refusal(gzipSync(many))).toMatch(/more than the file can hold/);
  });

  it('is refused as one line when it is a folder or missing', async () => {
    await expect(readIdx(folder)).rejects.toThrow(/is a folder/);
    await expect(readIdx(join(folder, 'none'))).rejects.toThrow(/no such file/);
  });
});
