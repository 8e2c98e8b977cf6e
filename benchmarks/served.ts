// A program that serves, in a process of its own: started, waited for, its processor time and memory read from /proc (Linux), stopped.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Ticks of the clock of /proc in a second: what Linux says on every machine of today. */
const ticksPerSecond = 100;
const pageBytes = 4096;

/** A port that is free now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Fields of /proc/<pid>/stat behind the name, the state being the first. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined; // It has ended.
  }
}

/** A process and all that it has started. */
function family(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? statOf(Number(name))?.[1] : undefined;
    if (parent !== undefined)
      children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(name)]);
  }
  const all = [pid];
  for (let i = 0; i < all.length; i++) all.push(...(children.get(all[i]) ?? []));
  return all;
}

export class Served {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** Starts a program and waits until `path` is answered; undefined when it ends before. */
  static async start(
    command: string,
    parameters: readonly string[],
    port: number,
    path: string,
  ): Promise<Served | undefined> {
    const child = spawn(command, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
    let ended = false;
    child.once('error', () => {
      ended = true;
    });
    child.once('exit', () => {
      ended = true;
    });
    const url = `http://127.0.0.1:${port}`;
    while (!ended) {
      const answer = await fetch(`${url}${path}`).catch(() => undefined);
      if (answer?.ok) return new Served(child, url);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return undefined;
  }

  /**
   * The house's server, compiled from its sources: run as they are, tsx takes 300 MiB in every worker that meets an HDF5 file, whose
   * reader is four megabytes of WebAssembly in text.
   *
   * @param parameters of `deepfield serve`
   */
  static async deepfield(parameters: readonly string[]): Promise<Served> {
    const root = fileURLToPath(new URL('..', import.meta.url));
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: root });
    const port = await freePort();
    const all = [join(root, 'bin/deepfield.js'), 'serve', ...parameters, '--port', String(port)];
    const served = await Served.start(
      process.execPath,
      [...all, '--log-level', 'silent'],
      port,
      '/v2/health/ready',
    );
    if (served === undefined) throw new Error('deepfield serve has ended');
    return served;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Seconds of processor time so far, of the program and all that it has started. */
  processorSeconds(): number {
    const ticks = family(this.child.pid!).map((pid) => {
      const stat = statOf(pid) ?? [];
      return Number(stat[11] ?? 0) + Number(stat[12] ?? 0);
    });
    return ticks.reduce((a, b) => a + b, 0) / ticksPerSecond;
  }

  /** Bytes of memory in use now. */
  residentBytes(): number {
    const pages = family(this.child.pid!).map((pid) => Number(statOf(pid)?.[21] ?? 0));
    return pages.reduce((a, b) => a + b, 0) * pageBytes;
  }

  /** Asks it to stop, and ends what it leaves behind. @returns its exit code, null when a signal has ended it */
  async stop(): Promise<number | null> {
    if (!this.running) return this.child.exitCode;
    const [, ...others] = family(this.child.pid!);
    const ended = new Promise<number | null>((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const code = await ended;
    for (const pid of others) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended too.
      }
    }
    return code;
  }
}
