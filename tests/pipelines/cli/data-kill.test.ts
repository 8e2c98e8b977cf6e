// A download whose process is killed goes on in the next one, over HTTP, with the program as it is started.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { partPath } from '../../../core/files/resumable-file.ts';
import { FileServer } from '../../data-adapters/public-data/file-server.ts';
import { root } from '../../house/sources.ts';

let server: FileServer;
let cache: string;
beforeEach(async () => {
  server = await FileServer.start();
  cache = mkdtempSync(join(tmpdir(), 'data-kill-'));
});
afterEach(async () => {
  await server.stop();
  rmSync(cache, { recursive: true, force: true });
});

/** A set of one file without a published hash, so that any bytes will do. */
const [name, file] = ['susy', 'SUSY.csv.gz'];

function fetchSet() {
  const argv = ['--import', 'tsx', 'server/main.ts', 'data', 'fetch', name];
  const child = spawn(process.execPath, [...argv, '--cache', cache, '--mirror', server.url('')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (piece) => {
    text += piece;
  });
  const ended = new Promise<string>((resolve) => child.on('close', () => resolve(text)));
  return { child, ended };
}

it('goes on where a process was killed', async () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 9)) % 256);
  server.files.set(file, bytes);
  server.faults.push({ stallAfter: 200_000 });
  const path = join(cache, name, file);
  const first = fetchSet();
  // The file's origin is written before its first byte, and its bytes as they come.
  for (let i = 0; i < 600 && !(existsSync(partPath(path)) && statSync(partPath(path)).size > 0); i++) {
    await sleep(50);
  }
  first.child.kill('SIGKILL');
  await first.ended;
  expect(existsSync(path)).toBe(false);
  const left = statSync(partPath(path)).size;
  expect(left).toBeGreaterThan(0);

  const text = await fetchSet().ended;
  expect(text).not.toContain('error');
  expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
  expect(server.requests.at(-1)).toMatchObject({ range: `bytes=${left}-`, condition: `"1-${file}"` });
  expect(existsSync(partPath(path))).toBe(false);
});
