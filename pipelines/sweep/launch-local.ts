// Runs the elements of a batch on this machine: each a process of this program, as many at once as jobs and memory allow. The
// processes are told to stop when the sweep is, and stop by themselves when it is gone, each at its next safe point.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '../../core/progress.ts';
import { Attempts } from './attempts.ts';
import type { Batch, BatchElement } from './batch.ts';
import { BatchProgress } from './batch-progress.ts';
import { stopExit } from './element-command.ts';
import { logPath } from './element-state.ts';
import { MemoryGuard } from './memory-guard.ts';

export interface LocalOptions {
  /** Processes at once. */
  readonly jobs: number;
  /** Threads of each. */
  readonly threads: number;
  /** Further attempts at an element that failed. */
  readonly retries: number;
  /** Elements of the whole, those done before among them. */
  readonly total: number;
  /** What the elements are, in the progress bar. */
  readonly label: string;
  /** The words that start this program. */
  readonly program: readonly string[];
  readonly progress: Progress;
  readonly signal: AbortSignal;
  log(line: string): void;
}

interface Job {
  readonly element: BatchElement;
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  /** Exit code or signal, once it has ended. */
  exit?: number | string;
}

const pollEvery = 500;

function start(batch: Batch, element: BatchElement, { program, threads }: LocalOptions): Job {
  const [file, ...words] = program;
  const log = openSync(logPath(batch, element), 'a');
  try {
    const child = spawn(
      file,
      [...words, batch.verb, batch.paths.root, element.id, '--threads', `${threads}`, '--leash'],
      // A group of its own: Ctrl-C is for the sweep, which passes it on once.
      { detached: true, stdio: ['pipe', log, log], env: { ...process.env, OMP_NUM_THREADS: `${threads}` } },
    );
    let finish = (): void => {};
    const job: Job = { element, child, ended: new Promise((resolve) => (finish = resolve)) };
    child.on('error', (error) => {
      job.exit ??= error.message;
      finish();
    });
    child.on('exit', (code, signal) => {
      job.exit ??= code ?? signal ?? 'unknown';
      finish();
    });
    // A child that ends first must not end this process by EPIPE.
    child.stdin?.on('error', () => {});
    return job;
  } finally {
    closeSync(log);
  }
}

/** Runs elements to their end, or until the signal. Those that fail stay recorded beside their logs. */
export async function launchLocal(
  batch: Batch,
  elements: readonly BatchElement[],
  options: LocalOptions,
): Promise<void> {
  const { jobs, retries, progress, signal, log } = options;
  const queue = [...elements];
  const running = new Set<Job>();
  const attempts = new Attempts(batch, retries, log);
  const guard = new MemoryGuard();
  const counts = (): Record<string, number> => ({
    running: running.size,
    ...(attempts.given > 0 && { failed: attempts.given }),
  });
  const { total, label } = options;
  const task = new BatchProgress(batch, progress, { label, total, done: total - elements.length });

  const stop = (): void => {
    for (const { child } of running) child.kill('SIGTERM');
  };
  /** A second Ctrl-C ends this process at once; nothing may go on behind it. */
  const end = (): void => {
    for (const { child } of running) child.kill('SIGKILL');
  };
  signal.addEventListener('abort', stop);
  process.on('exit', end);

  const begin = async (element: BatchElement): Promise<void> => {
    await attempts.begin(element);
    if (signal.aborted) return;
    running.add(start(batch, element, options));
    task.advance(0, counts());
  };
  const settle = async ({ element, exit = 'unknown' }: Job): Promise<void> => {
    if (exit === 0) return task.advance(1, counts());
    if (signal.aborted || exit === stopExit) return;
    if (await attempts.failed(element, exit, logPath(batch, element))) queue.unshift(element);
    task.advance(0, counts());
  };

  try {
    while (running.size > 0 || (queue.length > 0 && !signal.aborted)) {
      while (!signal.aborted && running.size < jobs) {
        const pids = [...running].flatMap(({ child }) => (child.pid === undefined ? [] : [child.pid]));
        if (running.size > 0 && !guard.hasRoom(pids)) break;
        // A process that outlived its sweep still writes to its run: that one is waited for.
        const at = queue.findIndex((element) => !attempts.isHeld(element));
        if (at < 0) break;
        await begin(queue.splice(at, 1)[0]);
      }
      const waker = new AbortController();
      await Promise.race([
        ...[...running].map(({ ended }) => ended),
        sleep(pollEvery, undefined, { signal: waker.signal }).catch(() => {}),
      ]);
      waker.abort();
      task.look(counts());
      for (const job of [...running].filter(({ exit }) => exit !== undefined)) {
        running.delete(job);
        await settle(job);
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    process.off('exit', end);
    task.end();
  }
}
