import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { type RunLayout, runLayout } from '../../../pipelines/run-directory/layout.ts';
import { lockRun } from '../../../pipelines/run-directory/run-lock.ts';

let paths: RunLayout;
beforeEach(() => {
  paths = runLayout(mkdtempSync(join(tmpdir(), 'deepfield-')));
});
afterEach(() => rmSync(paths.root, { recursive: true }));

const mark = (pid: number, host = hostname(), started: string | null = null): void =>
  writeFileSync(paths.lock, JSON.stringify({ pid, host, started }));

/** A process that waits until it is killed. */
async function sleeper() {
  const child = spawn(process.execPath, ['-e', 'process.stdout.write("x"); setInterval(() => {}, 1000)'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('lockRun', () => {
  it('marks the run with this process and takes the mark away', () => {
    const lock = lockRun(paths);
    expect(JSON.parse(readFileSync(paths.lock, 'utf8'))).toMatchObject({
      pid: process.pid,
      host: hostname(),
    });
    lock.release();
    expect(existsSync(paths.lock)).toBe(false);
  });

  it('refuses in one line while another process writes, and not after it died', async () => {
    const child = await sleeper();
    mark(child.pid ?? 0);
    expect(() => lockRun(paths)).toThrow(UserError);
    expect(() => lockRun(paths)).toThrow(
      `${paths.root}: process ${child.pid} is writing to this run; wait for it or stop it`,
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    lockRun(paths).release();
  });

  it('ignores the mark of a dead process whose number is used again', async () => {
    const child = await sleeper();
    // No process starts at the boot of the machine with this tick count and this number.
    mark(child.pid ?? 0, hostname(), '1');
    if (existsSync('/proc/self/stat')) lockRun(paths).release();
    child.kill('SIGKILL');
  });

  it('cannot know about another machine, and says which file to delete', () => {
    mark(1, 'elsewhere.example');
    expect(() => lockRun(paths)).toThrow(`process 1 on elsewhere.example is writing to this run`);
    expect(() => lockRun(paths)).toThrow(`delete ${paths.lock} when it is gone`);
  });

  it.each(['', '{"pid":', 'null', '{"pid":"x"}'])('ignores a mark that is torn: %j', (text) => {
    writeFileSync(paths.lock, text);
    lockRun(paths).release();
    expect(existsSync(paths.lock)).toBe(false);
  });
});
