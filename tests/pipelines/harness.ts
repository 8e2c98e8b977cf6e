// Runs command lines in this process on the tests' own domain, in a folder of their own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Domain } from '../../domains/domain.ts';
import type { Registry } from '../../domains/registry.ts';
import { Interruption } from '../../pipelines/cli/interruption.ts';
import { runCli } from '../../pipelines/cli/run-cli.ts';
import type { Engine } from '../../pipelines/engine.ts';
import { listRuns } from '../../pipelines/run-directory/find-run.ts';
import { type RunLayout, runLayout } from '../../pipelines/run-directory/layout.ts';
import { registry as lines, openLines } from './noisy-line.ts';
import { storedLine } from './stored-line.ts';

const entry = (domain: Domain): Registry[number] => ({
  name: domain.name,
  title: domain.title,
  ...(domain.infer === undefined ? {} : { infers: true }),
  load: async () => domain,
});

const registry: Registry = [...lines, entry(storedLine)];

/** One device that works and one that does not. */
export const engine: Engine = {
  listDevices: async () => [
    { name: 'cpu', title: 'the processor', usable: true },
    { name: 'webgpu', title: 'a GPU', usable: false, reason: 'no adapter', how: 'install a driver' },
  ],
  async chooseDevice(name) {
    if (name === 'auto') return { name: 'cpu', why: 'device cpu, since webgpu: no adapter' };
    if (name !== 'cpu')
      throw new UserError({ what: `no device ${name}`, where: '--device', how: 'choose cpu' });
    return { name };
  },
  openModels: openLines,
};

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliRun {
  readonly signal?: AbortSignal;
  readonly tty?: boolean;
  /** Domains besides. */
  readonly domains?: readonly Domain[];
  /** Only those: for verbs that load every domain, of which one here has a bug. */
  readonly alone?: boolean;
  /** The words that start the program, for verbs that start it again. */
  readonly program?: readonly string[];
}

/** Runs `deepfield <argv>` and collects what it writes. */
export async function deepfield(
  argv: readonly string[],
  { signal, tty = false, domains = [], alone = false, program }: CliRun = {},
): Promise<Outcome> {
  let [stdout, stderr] = ['', ''];
  const terminal = {
    stdout: { write: (text: string) => (stdout += text), isTTY: tty, columns: 100 },
    stderr: { write: (text: string) => (stderr += text), isTTY: tty, columns: 100 },
    signal: signal ?? new AbortController().signal,
  };
  const code = await runCli(argv, {
    terminal,
    registry: [...(alone ? [] : registry), ...domains.map(entry)],
    loadEngine: async () => engine,
    version: '1.2.3',
    program,
  });
  return { code, stdout, stderr };
}

/** An aborted signal's source as Ctrl-C makes it. */
export function interruption(): { signal: AbortSignal; interrupt(): void } {
  const controller = new AbortController();
  return { signal: controller.signal, interrupt: () => controller.abort(new Interruption('stopped')) };
}

/** Moves this process into a new empty folder. @returns its path and the way back, which removes it */
export function enterEmptyFolder(): { folder: string; leave(): void } {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'deepfield-'));
  process.chdir(folder);
  return {
    folder,
    leave() {
      process.chdir(before);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The layout of the latest run in the current folder. */
export async function latestRun(): Promise<RunLayout> {
  const root = (await listRuns()).at(-1);
  if (root === undefined) throw new RangeError('no run here');
  return runLayout(root);
}
