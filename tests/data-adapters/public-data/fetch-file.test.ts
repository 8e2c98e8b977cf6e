import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { partPath } from '../../../core/files/resumable-file.ts';
import { type FetchFileOptions, fetchFile } from '../../../data-adapters/public-data/fetch-file.ts';
import { FileServer } from './file-server.ts';

/** Free bytes that the system says there are, when a test sets them. */
const disk = vi.hoisted(() => ({ free: undefined as number | undefined }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    statfs: async (path: string) =>
      disk.free === undefined ? real.statfs(path) : { bavail: disk.free, bsize: 1 },
  };
});

const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 31 + (i >> 8)) % 256);
const sha256Of = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');
const sha256 = sha256Of(bytes);

let server: FileServer;
let folder: string;
let path: string;
beforeEach(async () => {
  disk.free = undefined;
  server = await FileServer.start();
  server.files.set('a.bin', bytes);
  folder = mkdtempSync(join(tmpdir(), 'fetch-'));
  path = join(folder, 'a.bin');
  server.kept = () => statSync(partPath(path), { throwIfNoEntry: false })?.size ?? 0;
});
afterEach(async () => {
  await server.stop();
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

/** With no time lost between attempts. */
const get = (options: FetchFileOptions = {}, urls: readonly string[] = [server.url('a.bin')]) =>
  fetchFile(urls, path, { pause: 0, ...options });

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  const { message } = error as UserError;
  expect(message).not.toContain('\n');
  return message;
}

describe('fetchFile', () => {
  it('places the file whole and leaves nothing else', async () => {
    const url = server.url('a.bin');
    expect(await get({ expected: { bytes: bytes.length, sha256 } })).toEqual({
      bytes: bytes.length,
      sha256,
      url,
    });
    expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
    expect(readdirSync(folder)).toEqual(['a.bin']);
  });

  it('reads file:// addresses, follows redirections and takes empty files', async () => {
    const copy = join(folder, 'copy of a#1.bin');
    writeFileSync(copy, bytes);
    expect((await get({}, [pathToFileURL(copy).href])).sha256).toBe(sha256);
    server.faults.push({ redirect: server.url('a.bin') });
    expect((await get({}, [server.url('elsewhere')])).sha256).toBe(sha256);
    server.files.set('a.bin', new Uint8Array());
    expect((await get()).bytes).toBe(0);
  });

  it('goes on where the connection broke, with the same version only', async () => {
    server.faults.push({ cutAfter: 120_000 });
    expect((await get({ expected: { sha256 } })).sha256).toBe(sha256);
    const [first, second] = server.requests;
    expect(first.range).toBeUndefined();
    // What of it has arrived when a connection breaks is the network's to say.
    expect(Number(/^bytes=(\d+)-$/.exec(second.range ?? '')?.[1])).toBeGreaterThan(0);
    expect(second.condition).toBe('"1-a.bin"');
    expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
  });

  it('goes on in another process after it was stopped', async () => {
    const controller = new AbortController();
    server.faults.push({ stallAfter: 150_000 });
    const progress = {
      task: () => ({ advance: () => controller.abort(new Error('stopped')), end: () => {} }),
    };
    await expect(get({ expected: { sha256 }, signal: controller.signal, progress })).rejects.toThrow(
      'stopped',
    );
    expect(existsSync(path)).toBe(false);
    const left = readFileSync(partPath(path)).length;
    expect(left).toBeGreaterThan(0);
    expect((await get({ expected: { sha256 } })).sha256).toBe(sha256);
    expect(server.requests.at(-1)?.range).toBe(`bytes=${left}-`);
    expect(readdirSync(folder)).toEqual(['a.bin']);
  });

  it('begins anew where the server ignores Range, or the file has changed, or nobody can tell', async () => {
    server.faults.push({ cutAfter: 100_000 }, { ignoreRange: true });
    expect((await get({ expected: { sha256 } })).sha256).toBe(sha256);

    const changed = bytes.map((byte) => 255 - byte);
    writeFileSync(partPath(path), bytes.subarray(0, 1000));
    writeFileSync(
      `${partPath(path)}.json`,
      JSON.stringify({ url: server.url('a.bin'), validator: '"1-a.bin"' }),
    );
    server.files.set('a.bin', changed);
    server.version = 2;
    expect((await get()).sha256).toBe(sha256Of(changed));

    server.tags = false;
    writeFileSync(partPath(path), bytes.subarray(0, 1000));
    expect((await get()).sha256).toBe(sha256Of(changed));
    expect(server.requests.at(-1)?.range).toBeUndefined();
  });

  it('takes what another mirror began, when the hash is known', async () => {
    server.files.set('mirror/a.bin', bytes);
    server.faults.push({ cutAfter: 100_000 });
    await get({ expected: { sha256 }, attempts: 1 }, [server.url('a.bin'), server.url('mirror/a.bin')]);
    expect(server.requests.at(-1)?.range).toMatch(/^bytes=\d+-$/);
    expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
  });

  it('mends a part that was damaged', async () => {
    writeFileSync(partPath(path), new Uint8Array(5000));
    expect((await get({ expected: { sha256, bytes: bytes.length } })).sha256).toBe(sha256);
    // As long as the file, and with nothing right in it.
    writeFileSync(partPath(path), new Uint8Array(bytes.length));
    expect((await get({ expected: { sha256, bytes: bytes.length } })).sha256).toBe(sha256);
    // Longer than what the server has.
    writeFileSync(partPath(path), new Uint8Array(bytes.length + 1));
    expect((await get({ expected: { sha256 } })).sha256).toBe(sha256);
  });

  it('asks nobody when all bytes are there already', async () => {
    writeFileSync(partPath(path), bytes);
    await get({ expected: { sha256, bytes: bytes.length } });
    expect(server.requests).toEqual([]);
    expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
  });

  it('tries the next address after a wrong hash, a wrong length, 404 and a server that has gone', async () => {
    server.files.set('other.bin', bytes.toReversed());
    server.files.set('short.bin', bytes.subarray(1));
    const gone = await FileServer.start();
    const nowhere = gone.url('a.bin');
    await gone.stop();
    const urls = [
      server.url('other.bin'),
      server.url('short.bin'),
      server.url('none'),
      nowhere,
      server.url('a.bin'),
    ];
    const file = await get({ expected: { bytes: bytes.length, sha256 } }, urls);
    expect(file.url).toBe(urls.at(-1));
  });

  it('names every address that failed in one line, and places nothing', async () => {
    server.files.set('a.bin', bytes.toReversed());
    const urls = [server.url('a.bin'), server.url('none'), pathToFileURL(join(folder, 'gone.bin')).href];
    const message = await refusal(get({ expected: { sha256 } }, urls));
    expect(message).toContain(`gives a file of SHA-256 ${sha256Of(bytes.toReversed())}, expected ${sha256}`);
    expect(message).toContain('none answers 404 Not Found');
    expect(message).toContain('gone.bin: no such file');
    expect(message).toContain('--mirror');
    expect(existsSync(path)).toBe(false);
  });

  it('gives up an address that ends too early, says nothing, answers 503 or encodes the file', async () => {
    const expected = { bytes: bytes.length, sha256 };
    server.faults.push({ endAfter: 1000 }, { ignoreRange: true, endAfter: 1000 });
    expect(await refusal(get({ expected, attempts: 1 }))).toContain('ends after 1000 of 200000 bytes');
    rmSync(partPath(path));
    server.faults.push({ stallAfter: 0 });
    expect(await refusal(get({ expected, attempts: 1, patience: 100 }))).toContain('sends nothing for 0.1 s');
    server.faults.push({ status: 503 }, { status: 503 });
    expect(await refusal(get({ expected, attempts: 2 }))).toContain('answers 503 Service Unavailable');
    server.faults.push({ encoding: 'br' });
    expect(await refusal(get({ expected, attempts: 1 }))).toContain('sends the file encoded (br)');
    expect(await refusal(get({}, ['ftp://example.org/a']))).toContain('is no address of http, https or file');
    // An address that fails for a while is asked again.
    server.faults.push({ status: 503 }, { status: 503 });
    expect((await get({ expected, attempts: 3 })).sha256).toBe(sha256);
  });

  it('gives user and password to the server and to nobody else', async () => {
    const secret = (path: string): string => server.url(path).replace('http://', 'http://me:w%20ord@');
    const message = await refusal(get({ attempts: 1 }, [secret('none?token=abc')]));
    expect(message).toContain('/none answers 404');
    expect(message).not.toMatch(/abc|ord/);
    // Basic authentication, RFC 7617: base64 of `me:w ord`.
    expect(server.requests.at(-1)?.authorization).toBe('Basic bWU6dyBvcmQ=');
    expect((await get({}, [secret('a.bin')])).url).toBe(server.url('a.bin'));
  });

  it('refuses a disk that is too full before anything is written', async () => {
    disk.free = 1000;
    const message = await refusal(get({ expected: { bytes: bytes.length, sha256 } }));
    expect(message).toContain('needs 1 MB more, its disk has 1 MB free');
    disk.free = undefined;
  });

  it('says so when the folder is missing or takes no files', async () => {
    const lost = fetchFile([server.url('a.bin')], join(folder, 'none', 'a.bin'));
    expect(await refusal(lost)).toMatch(/folder .*none does not exist/);
    writeFileSync(join(folder, 'file'), '');
    const inFile = fetchFile([server.url('a.bin')], join(folder, 'file', 'a.bin'));
    expect(await refusal(inFile)).toContain('is a file, not a folder');
    // Root may write anywhere.
    if (process.getuid?.() === 0) return;
    chmodSync(folder, 0o555);
    expect(await refusal(get())).toContain('no permission to write');
  });

  it('ends with the right bytes however often and wherever it is interrupted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 199_999 }), { maxLength: 4 }), async (cuts) => {
        rmSync(path, { force: true });
        server.faults.push(...cuts.map((cutAfter) => ({ cutAfter })));
        await get({ attempts: 5 });
        expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
        server.faults.length = 0;
      }),
      { numRuns: 20 },
    );
  });
});
