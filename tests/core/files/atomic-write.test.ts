import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { writeFileAtomic } from '../../../core/files/atomic-write.ts';

const failure = vi.hoisted(() => ({ of: '', code: '', after: 0 }));

/** The real file system, whose `failure.of` fails with `failure.code` after `failure.after` calls. */
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const fail = (name: string) => {
    if (failure.of !== name) return;
    if (failure.after-- <= 0)
      throw Object.assign(new Error(`${failure.code}: made up`), { code: failure.code });
  };
  return {
    ...real,
    rename: async (from: string, to: string) => {
      fail('rename');
      return real.rename(from, to);
    },
    open: async (path: string, flags: string) => {
      fail('open');
      const handle = await real.open(path, flags);
      const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<unknown>;
      const sync = handle.sync.bind(handle);
      return Object.assign(handle, {
        write: async (...args: unknown[]) => {
          fail('write');
          return write(...args);
        },
        sync: async () => {
          fail(flags === 'r' ? 'sync folder' : 'sync');
          return sync();
        },
      });
    },
  };
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atomic-write-'));
});
afterEach(() => {
  failure.of = '';
});

describe('writeFileAtomic', () => {
  it.each([
    ['text', 'κόσμος\n', Buffer.from('κόσμος\n')],
    ['bytes', Uint8Array.of(0, 255, 7), Buffer.of(0, 255, 7)],
    ['pieces', [Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3)], Buffer.of(1, 2, 3)],
    ['nothing', '', Buffer.of()],
  ])('writes %s and leaves nothing else', async (_, content, expected) => {
    await writeFileAtomic(join(folder, 'a'), 'old');
    await writeFileAtomic(join(folder, 'a'), content);
    expect(await readFile(join(folder, 'a'))).toEqual(expected);
    expect(await readdir(folder)).toEqual(['a']);
  });

  it('writes more than one chunk', async () => {
    const bytes = new Uint8Array(40_000_000).map((_, i) => i % 251);
    await writeFileAtomic(join(folder, 'large'), bytes);
    expect(Buffer.compare(await readFile(join(folder, 'large')), bytes)).toBe(0);
  });

  it.each([
    ['open', 'EACCES', 'no permission to write'],
    ['open', 'EROFS', 'read-only'],
    ['write', 'ENOSPC', 'disk full while writing'],
    ['write', 'EDQUOT', 'disk full'],
    ['sync', 'ENOSPC', 'free some space and run the same command again'],
    ['rename', 'EPERM', 'no permission to write'],
    ['rename', 'EISDIR', 'it is a folder'],
  ])('%s failing with %s is the user’s to mend and changes nothing', async (of, code, text) => {
    await writeFile(join(folder, 'a'), 'old');
    Object.assign(failure, { of, code, after: of === 'write' ? 1 : 0 });
    const written = writeFileAtomic(join(folder, 'a'), [Uint8Array.of(1), Uint8Array.of(2)]);
    await expect(written).rejects.toThrow(UserError);
    await expect(written).rejects.toThrow(text);
    await expect(written).rejects.toThrow(join(folder, 'a'));
    expect(await readdir(folder)).toEqual(['a']);
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old');
  });

  it('does not mind a system that cannot sync folders', async () => {
    Object.assign(failure, { of: 'sync folder', code: 'EINVAL', after: 0 });
    await writeFileAtomic(join(folder, 'a'), 'new');
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('new');
  });

  it('names a missing folder, and a file in the place of one', async () => {
    await writeFile(join(folder, 'a'), 'old');
    await expect(writeFileAtomic(join(folder, 'b', 'c'), '')).rejects.toThrow(/folder .*b does not exist/);
    await expect(writeFileAtomic(join(folder, 'a', 'c'), '')).rejects.toThrow(/is a file, not a folder/);
  });

  it('passes on what the content throws, without a trace', async () => {
    const content = (function* () {
      yield Uint8Array.of(1);
      throw new RangeError('bug');
    })();
    await expect(writeFileAtomic(join(folder, 'a'), content)).rejects.toThrow(RangeError);
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps writers of one name apart', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => writeFileAtomic(join(folder, 'a'), `${i}`.repeat(1000))),
    );
    expect(await readFile(join(folder, 'a'), 'utf8')).toMatch(/^(\d+)\1{999}$/);
    expect(await readdir(folder)).toEqual(['a']);
  });
});
