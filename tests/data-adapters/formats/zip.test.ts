import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { RandomStream } from '../../../core/random.ts';
import { readAll, readStart } from '../../../data-adapters/formats/byte-source.ts';
import { openNpz } from '../../../data-adapters/formats/npz.ts';
import { openZip, type ZipOptions } from '../../../data-adapters/formats/zip.ts';
import { answer, damage, trials } from './damage.ts';
import { npyFile } from './npy-fixtures.ts';
import { type ZipFixtureEntry, zipFile } from './zip-fixtures.ts';

const folder = await mkdtemp(join(tmpdir(), 'zip-'));
const path = join(folder, 'a.zip');

/** Every entry of an archive. */
async function contents(bytes: Uint8Array, options?: ZipOptions): Promise<Record<string, string>> {
  await writeFile(path, bytes);
  const archive = await openZip(path, options);
  try {
    const all: Record<string, string> = {};
    for (const entry of archive.entries)
      all[entry.path] = Buffer.from(await readAll(entry)).toString('latin1');
    return all;
  } finally {
    await archive.close();
  }
}

const text = (content: string, more: Omit<Partial<ZipFixtureEntry>, 'content'> = {}): ZipFixtureEntry => ({
  name: 'a.txt',
  content: Buffer.from(content),
  ...more,
});

describe('openZip', () => {
  it('reads packed and stored entries, empty ones, and passes over folders', async () => {
    const entries = [
      text('hello '.repeat(1000)),
      text('stored', { name: 'run/b.txt', stored: true }),
      text('', { name: 'c' }),
      text('', { name: 'd', stored: true }),
      text('', { name: 'folder/' }),
    ];
    expect(await contents(zipFile(entries))).toEqual({
      'a.txt': 'hello '.repeat(1000),
      'run/b.txt': 'stored',
      c: '',
      d: '',
    });
    expect(await contents(zipFile([]))).toEqual({});
  });

  it('inflates large entries piece by piece, and stops when only the start is wanted', async () => {
    const random = new RandomStream('zip');
    const content = Uint8Array.from({ length: 3_000_000 }, () => random.integer(200));
    await writeFile(path, zipFile([{ name: 'large', content }]));
    const archive = await openZip(path);
    expect(Buffer.compare(await readAll(archive.entries[0]), content)).toBe(0);
    expect([...(await readStart(archive.entries[0], 10))]).toEqual([...content.subarray(0, 10)]);
    await archive.close();
  });

  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'is empty'],
    ['text', Buffer.from('not a zip\n'), 'is no zip archive'],
    ['an encrypted entry', zipFile([text('x', { lie: { flags: 1 } })]), 'is encrypted'],
    ['strong encryption', zipFile([text('x', { lie: { flags: 0x41 } })]), 'strong encryption'],
    ['another method', zipFile([text('x', { lie: { method: 14 } })]), 'packed by method 14'],
    ['a wrong checksum', zipFile([text('x', { lie: { crc: 1 } })]), 'CRC-32 does not agree'],
    ['a size too small', zipFile([text('xxxx', { lie: { size: 2 } })]), 'is damaged'],
    ['a size too large', zipFile([text('xxxx', { lie: { size: 9 } })]), 'is damaged'],
    [
      'stored sizes that differ',
      zipFile([text('xxxx', { stored: true, lie: { size: 5 } })]),
      'size mismatch',
    ],
    [
      'a size that deflate cannot reach',
      zipFile([text('x', { lie: { size: 0xfffffffe } })]),
      'which deflate cannot do',
    ],
    ['an offset outside', zipFile([text('x', { lie: { offset: 0xfffffff0 } })]), 'points outside the file'],
    ['an offset at no header', zipFile([text('x', { lie: { offset: 3 } })]), 'invalid local file header'],
    ['one name twice', zipFile([text('x'), text('y')]), 'holds a.txt twice'],
    ['a path upwards', zipFile([text('x', { name: '../a.txt' })]), 'invalid relative path'],
  ])('refuses %s', async (_, bytes, message) => {
    await expect(contents(bytes)).rejects.toThrow(UserError);
    await expect(contents(bytes)).rejects.toThrow(message);
    await expect(contents(bytes)).rejects.toThrow(path);
  });

  it('refuses a bomb before inflating it', async () => {
    const zeros = new Uint8Array(50_000_000);
    const bomb = zipFile([{ name: 'zeros', content: zeros }]);
    await expect(contents(bomb, { largest: 10_000_000 })).rejects.toThrow(
      'would inflate to 50000000 bytes, more than 10000000',
    );
    // One packed run claimed by many entries (D. Fifield, "A better zip bomb", 2019).
    const packed = deflateRawSync(new Uint8Array(100_000)).length;
    const shared = Array.from({ length: 50 }, (_, i) =>
      text('', { name: `${i}`, lie: { size: 100_000, packed, offset: 0 } }),
    );
    const overlapping = zipFile([{ name: 'kernel', content: new Uint8Array(100_000) }, ...shared]);
    await expect(contents(overlapping)).rejects.toThrow(UserError);
    // A size that is too small does not let the rest through.
    const liar = zipFile([{ name: 'zeros', content: zeros, lie: { size: 1000 } }]);
    await expect(contents(liar)).rejects.toThrow(UserError);
  });

  it('refuses an archive cut at any length', async () => {
    const good = zipFile([text('hello')]);
    for (let length = 0; length < good.length; length++) {
      await expect(contents(good.subarray(0, length))).rejects.toThrow(UserError);
    }
  });

  it('answers any damage with contents that were packed, or a UserError', async () => {
    const entries = [text('hello '.repeat(20)), text('1 0 1 0\n', { name: 'b/c.txt', stored: true })];
    const packed = new Set(entries.map(({ content }) => Buffer.from(content).toString('latin1')));
    const good = zipFile(entries);
    await fc.assert(
      fc.asyncProperty(damage(good), async (bytes) => {
        const found = await answer(() => contents(bytes));
        // An entry may get lost with the directory's count and its name may change, but its bytes are checked.
        for (const content of Object.values(found ?? {})) expect([...packed, '']).toContain(content);
      }),
      trials(200),
    );
  });
});

describe('openNpz', () => {
  const open = async (bytes: Uint8Array) => {
    await writeFile(path, bytes);
    return openNpz(path);
  };
  const lattices = npyFile({ shape: [2, 2, 2], values: [1, -1, 1, 1, -1, -1, 1, -1], type: 'f8' });
  const temperatures = npyFile({ shape: [2], values: [1.5, 3.5], type: 'f4', littleEndian: false });
  const good = zipFile([
    { name: 'lattices.npy', content: lattices },
    { name: 'temperatures.npy', content: temperatures, stored: true },
    { name: 'notes.txt', content: Buffer.from('x') },
  ]);

  it('lists arrays by key and reads them when asked', async () => {
    const archive = await open(good);
    expect(archive.entries.map(({ key, shape, descr }) => [key, shape, descr])).toEqual([
      ['lattices', [2, 2, 2], '<f8'],
      ['temperatures', [2], '>f4'],
    ]);
    expect([...(await archive.entries[1].read()).data]).toEqual([1.5, 3.5]);
    await archive.close();
  });

  it('refuses an archive without arrays, and names the entry that is damaged', async () => {
    await expect(open(zipFile([text('x')]))).rejects.toThrow('holds no array');
    const cut = zipFile([{ name: 'spins.npy', content: lattices.subarray(0, 150) }]);
    await expect((await open(cut)).entries[0].read()).rejects.toThrow(`${path}: spins.npy: is truncated`);
    const objects = Buffer.from(temperatures);
    objects.set(Buffer.from("'|O' "), objects.indexOf("'>f4'"));
    const archive = await open(zipFile([{ name: 'meta.npy', content: objects }]));
    await expect(archive.entries[0].read()).rejects.toThrow('holds Python objects');
  });

  it('answers any damage with the arrays that were packed, or a UserError', async () => {
    await fc.assert(
      fc.asyncProperty(damage(good), async (bytes) => {
        const arrays = await answer(async () => {
          const { entries, close } = await open(bytes);
          try {
            return await Promise.all(entries.map((entry) => entry.read()));
          } finally {
            await close();
          }
        });
        const packed = ['1,-1,1,1,-1,-1,1,-1', '1.5,3.5'];
        for (const { data } of arrays ?? []) expect(packed).toContain(data.join(','));
      }),
      trials(200),
    );
  });
});
