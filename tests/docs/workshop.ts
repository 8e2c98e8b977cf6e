// Where the commands of a page run: a folder of its own, with the program compiled from the sources as they are, reached as
// `npx deepfield`, and the folders of the checkout that commands name.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../house/sources.ts';

const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

let compiled: string | undefined;

/** The program, compiled once for all pages of a file of tests; it goes with the folder of the whole test run. */
function compiledProgram(): string {
  compiled ??= compile(mkdtempSync(join(tmpdir(), 'deepfield-made-')));
  return compiled;
}

/** Compiles the package into `folder` as an install would have it. @throws Error with what the compiler said */
function compile(folder: string): string {
  for (const name of ['package.json', 'bin'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  const dist = join(folder, 'dist');
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const words = [
    tsc,
    '-p',
    'tsconfig.build.json',
    '--outDir',
    dist,
    '--tsBuildInfoFile',
    join(folder, '.tsbuildinfo'),
  ];
  const { status, stdout } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`does not compile:\n${stdout}`);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return join(folder, 'bin', 'deepfield.js');
}

const executable = (path: string, text: string): void =>
  writeFileSync(path, `#!/bin/sh\n${text}`, { mode: 0o755 });

export interface Outcome {
  readonly code: number;
  /** Both streams, as a terminal has them. */
  readonly output: string;
}

export class Workshop {
  readonly folder: string;
  readonly #home = mkdtempSync(join(tmpdir(), 'deepfield-docs-'));
  readonly #program: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #children = new Set<ChildProcess>();
  /** Where the server of this page listens. */
  #address: string | undefined;

  constructor() {
    const tools = join(this.#home, 'tools');
    this.folder = join(this.#home, 'work');
    for (const folder of [tools, this.folder]) mkdirSync(folder);
    this.#program = compiledProgram();
    executable(
      join(tools, 'npx'),
      `case "$1" in\ndeepfield) shift; exec "${process.execPath}" "${this.#program}" "$@";;\n` +
        `tsx) shift; exec "${bin('tsx')}" "$@";;\nesac\necho "npx $1: not here" >&2; exit 97\n`,
    );
    const curl = (process.env.PATH ?? '')
      .split(':')
      .map((folder) => join(folder, 'curl'))
      .find(existsSync);
    // An answer of 4xx or 5xx is a failure of the page.
    if (curl !== undefined)
      executable(join(tools, 'curl'), `exec "${curl}" --silent --show-error --fail-with-body "$@"\n`);
    this.#environment = {
      ...process.env,
      PATH: `${tools}:${dirname(process.execPath)}:${process.env.PATH}`,
      XDG_CACHE_HOME: join(this.#home, 'cache'),
    };
    for (const name of ['domains', 'examples'])
      symlinkSync(join(root, name), join(this.folder, name), 'junction');
  }

  /** Whether a program is there. */
  has(program: string, ...words: readonly string[]): boolean {
    return spawnSync(program, words, { env: this.#environment, cwd: this.folder }).status === 0;
  }

  #start(program: string, words: readonly string[]): ChildProcess {
    const child = spawn(program, words, {
      cwd: this.folder,
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    child.once('close', () => this.#children.delete(child));
    return child;
  }

  /** Runs a program to its end. */
  run(program: string, words: readonly string[]): Promise<Outcome> {
    const child = this.#start(program, words);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code: code ?? 1, output }));
    });
  }

  /** Runs a command of a page; addresses of the server are those where it listens here. */
  shell(command: string): Promise<Outcome> {
    return this.run('bash', ['-c', `set -o pipefail; ${this.addressed(command)}`]);
  }

  addressed(text: string): string {
    return this.#address === undefined ? text : text.replace(/(127\.0\.0\.1|localhost):8000/g, this.#address);
  }

  /**
   * Starts a server by the words after `npx deepfield` and waits until it listens, at a port that is free. The first stays, for the
   * blocks that follow; another is stopped. @returns what it said until then; a code other than 0 when it ended badly
   */
  async serve(words: readonly string[]): Promise<Outcome> {
    const child = this.#start(process.execPath, [this.#program, ...words, '--port', '0']);
    let output = '';
    const closed = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
    const listening = new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
          output += text;
          if (/listening at/.test(output)) resolve();
        });
      }
    });
    const ended = await Promise.race([closed, listening]);
    const [, url] = /listening at (http:[^\s;,]*)/.exec(output) ?? [];
    if (ended !== undefined || url === undefined) return { code: ended || 1, output };
    const live = await fetch(`${url.replace('0.0.0.0', '127.0.0.1')}/v2/health/live`);
    if (live.status !== 200) return { code: 1, output: `${output}\n/v2/health/live: ${live.status}` };
    if (this.#address === undefined) {
      this.#address = new URL(url).host;
      return { code: 0, output };
    }
    child.kill('SIGTERM');
    return { code: await closed, output };
  }

  /** Stops what still runs and takes the folder away. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.#children].map((child) => {
        const closed = new Promise((resolve) => child.once('close', resolve));
        child.kill('SIGTERM');
        return closed;
      }),
    );
    rmSync(this.#home, { recursive: true, force: true });
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
  }

  holds(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }
}
