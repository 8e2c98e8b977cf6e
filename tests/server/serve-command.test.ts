// deepfield serve from its flags to its exit code: mistakes in this process, the whole of it in one of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../../pipelines/cli/run-cli.ts';
import { addServe } from '../../server/cli/add-serve.ts';
import { root } from '../house/sources.ts';
import { engine } from '../pipelines/harness.ts';
import { makeFolder, removeFolder } from './harness.ts';
import { tryingLine } from './trying-line.ts';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

async function serve(...argv: string[]) {
  let [stdout, stderr] = ['', ''];
  const code = await runCli(['serve', ...argv], {
    terminal: {
      stdout: { write: (text: string) => (stdout += text), isTTY: false, columns: 100 },
      stderr: { write: (text: string) => (stderr += text), isTTY: false, columns: 100 },
      signal: AbortSignal.abort(),
    },
    registry: [{ name: tryingLine.name, title: tryingLine.title, load: async () => tryingLine }],
    loadEngine: async () => engine,
    version: '1.2.3',
    verbs: [addServe],
  });
  return { code, stdout, stderr };
}

const keyFile = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, 0o600);
  return path;
};

describe('flags', () => {
  it('have a help that fits a terminal', async () => {
    const { code, stdout } = await serve('--help');
    expect(code).toBe(0);
    for (const flag of [
      '--host',
      '--port',
      '--api-key-file',
      '--no-auth',
      '--workers',
      '--max-batch',
      '--max-wait',
    ])
      expect(stdout).toContain(flag);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
  });

  it.each([
    [
      ['--host', '0.0.0.0'],
      '--host 0.0.0.0: other machines could ask without a key; give --api-key-file, or --no-auth',
    ],
    [['--host', '::'], 'other machines could ask without a key'],
    [['--port', '70000'], 'Expected a whole number from 0 to 65535.'],
    [['--max-batch', '0'], 'Expected a whole number from 1 to 4096.'],
    [['--deadline', 'soon'], 'Expected a number from 0.01 to 86400.'],
    [['--log-level', 'loud'], 'Expected one of trace, debug, info, warn, error, silent.'],
    [['--cors', 'lab.example/page'], '--cors lab.example/page: is no origin; write https://lab.example'],
    [['--api-key-file', 'no-such-file'], 'no-such-file'],
    [['no-such-run'], 'no-such-run: there is no such run'],
    [['--porto', '1'], "unknown option '--porto'; did you mean --port?"],
  ])('%j is a mistake, exit 2', async (argv, message) => {
    const { code, stderr } = await serve(...argv);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('need keys that cannot be guessed', async () => {
    const empty = await serve('--api-key-file', keyFile('empty', '\n'));
    expect(empty.stderr).toContain('holds no key; write one a line');
    const short = await serve('--api-key-file', keyFile('short', `${'a'.repeat(16)}\nshort\n`));
    expect(short.stderr).toContain('key 2 is shorter than 16 letters');
    const both = await serve('--no-auth', '--api-key-file', keyFile('good', 'a'.repeat(16)));
    expect(both.stderr).toContain('--no-auth and --api-key-file; give one of them');
  });

  it('say that a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await serve('--port', String(port));
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`127.0.0.1:${port}: is in use; choose another --port`),
    ]);
    other.close();
  });
});

describe('the program', () => {
  it('serves, tells where, logs as JSON, and exits 0 on SIGTERM', async () => {
    const program = join(root, 'server/main.ts');
    const child = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), program, 'serve', '--port', '0'],
      {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    const url = await new Promise<string>((resolve) => {
      child.stderr.setEncoding('utf8').on('data', (text) => {
        stderr += text;
        const [, found] = /listening at (\S+);/.exec(stderr) ?? [];
        if (found) resolve(found);
      });
    });
    expect(stderr).toContain('no finished run yet; they are served as they finish');
    expect((await fetch(`${url}/v2/health/live`)).status).toBe(200);
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.find(({ path }) => path === '/v2/health/live')).toMatchObject({
      status: 200,
      method: 'GET',
    });
  });
});
