// Runs the elements of a sweep on a cluster: submits those that are neither finished nor queued as one array job, and watches the
// queue. Whoever stops watching by a lost connection loses nothing: the same command finds the jobs by their name.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../../core/errors.ts';
import { writeFileAtomic } from '../../../core/files/atomic-write.ts';
import type { Progress } from '../../../core/progress.ts';
import { Attempts } from '../attempts.ts';
import type { Batch } from '../batch.ts';
import { BatchProgress } from '../batch-progress.ts';
import { cancelTasks, type QueuedTask, queuedTasks, submitArray } from './slurm-commands.ts';
import { arrayText, jobName, slurmScript, taskLog } from './slurm-script.ts';
import type { SlurmSettings } from './slurm-settings.ts';

export interface SlurmOptions {
  readonly settings: SlurmSettings;
  /** Tasks at once; as many as the cluster gives when left out. */
  readonly jobs?: number;
  readonly retries: number;
  /** Submits and does not watch. */
  readonly detach?: boolean;
  /** The words that start this program. */
  readonly program: readonly string[];
  /** Milliseconds between looks at the queue. Default 5000. */
  readonly pollEvery?: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  log(line: string): void;
}

/** Looks that may fail one after another: a controller that restarts is no end of a sweep. */
const mostFailures = 12;

/** Whether a task ended at a safe point, as before its time limit. */
async function wasStopped(log: string): Promise<boolean> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return /(^|\n)stopped\n$/.test(text);
}

/** Numbers by rung, both ascending. */
function byRung(batch: Batch, numbers: readonly number[]): [rung: number, numbers: number[]][] {
  const rungs = new Map<number, number[]>();
  for (const number of numbers) {
    const rung = batch.rungOf(number);
    rungs.set(rung, [...(rungs.get(rung) ?? []), number]);
  }
  return [...rungs].sort(([a], [b]) => a - b);
}

/**
 * Runs tasks to their end, or until the signal, which cancels them. Each rung of successive halving is an array that begins when the
 * one before is over, watched or not.
 *
 * @param tasks numbers of those that are left, ascending
 */
export async function launchSlurm(
  batch: Batch,
  tasks: readonly number[],
  { settings, jobs, retries, detach = false, program, pollEvery = 5000, progress, signal, log }: SlurmOptions,
): Promise<void> {
  const name = jobName(batch);
  const script = join(batch.paths.root, 'slurm.sh');
  const halved = batch.rungOf(batch.tasks) > 1;
  await writeFileAtomic(script, slurmScript(batch, settings, program, detach && halved));
  const left = new Set(tasks);
  const attempts = new Attempts(batch, retries, log);
  /** Tasks that were submitted before anybody knew what they run. */
  const promised = new Set<number>();
  /** What each run had recorded when it was submitted. */
  const before = new Map<number, number>();
  const total = batch.tasks;
  const task = new BatchProgress(batch, progress, { label: batch.label, total, done: total - left.size });

  const submit = async (numbers: readonly number[], queue: readonly QueuedTask[]): Promise<void> => {
    const known = await batch.elements();
    const atOnce = jobs === undefined ? '' : `%${jobs}`;
    const submitted = new Map<number, string>();
    for (const [rung, own] of byRung(batch, numbers)) {
      for (const number of own) {
        const element = known.get(number);
        if (element === undefined) promised.add(number);
        else {
          await attempts.begin(element);
          before.set(number, batch.progressOf(element));
        }
      }
      const waits = queue.filter((each) => batch.rungOf(each.task) === rung - 1);
      const job = submitted.get(rung - 1);
      const after = new Set([...waits.map((each) => each.job), ...(job === undefined ? [] : [job])]);
      const number = await submitArray(script, `${arrayText(own)}${atOnce}`, [...after]);
      submitted.set(rung, number);
      const which = halved ? ` of rung ${rung}` : '';
      log(`job ${number}: ${own.length} task${own.length === 1 ? '' : 's'}${which} submitted`);
    }
  };

  /** Settles what has left the queue. @returns the numbers of those that are to be submitted */
  const settle = async (queue: readonly QueuedTask[]): Promise<number[]> => {
    // What completes on a node that is lost may do so for long; its lock tells whether it still writes.
    const queued = new Set(queue.filter(({ state }) => state !== 'COMPLETING').map((each) => each.task));
    const again: number[] = [];
    let done = 0;
    let known = await batch.elements();
    for (const number of [...left]) {
      if (queued.has(number)) continue;
      const rung = batch.rungOf(number);
      if (!known.has(number) && rung > 1) {
        const below = [...left].some((each) => batch.rungOf(each) < rung);
        if (below && !promised.has(number)) again.push(number);
        if (below) continue;
        await batch.decide(rung);
        known = await batch.elements();
      }
      const element = known.get(number);
      // A place that no trial was left for.
      if (element === undefined) {
        left.delete(number);
        done += 1;
        continue;
      }
      if (await batch.isFinished(element)) {
        left.delete(number);
        done += 1;
      } else if (attempts.isHeld(element)) continue;
      else if (attempts.of(element) === 0) again.push(number);
      else if (
        batch.progressOf(element) > (before.get(number) ?? 0) &&
        (await wasStopped(taskLog(batch, number)))
      ) {
        attempts.forgive(element);
        again.push(number);
      } else if (await attempts.failed(element, 'no result', taskLog(batch, number))) again.push(number);
      else left.delete(number);
    }
    const running = queue.filter(({ state }) => state !== 'PENDING').length;
    const failed = attempts.given > 0 && { failed: attempts.given };
    task.advance(done, { running, pending: queue.length - running, ...failed });
    return again;
  };

  const patiently = patience(mostFailures);
  while (!signal.aborted) {
    const queue = await patiently(() => queuedTasks(name));
    if (queue !== undefined) await submit(await settle(queue), queue);
    if (detach) return;
    if (left.size === 0) return task.end();
    await sleep(pollEvery, undefined, { signal }).catch(() => {});
  }
  task.end();
  await cancelTasks(name);
  log('queued tasks are cancelled; those that run stop at their next safe point');
  for (let i = 0; i < 120 && (await queuedTasks(name)).length > 0; i++) await sleep(500);
}

/** Lets a few calls fail one after another; the first call must succeed. */
function patience(most: number): <T>(call: () => Promise<T>) => Promise<T | undefined> {
  let failures = most;
  return async (call) => {
    try {
      const result = await call();
      failures = 0;
      return result;
    } catch (error) {
      failures += 1;
      if (!(error instanceof UserError) || failures > most) throw error;
      return undefined;
    }
  };
}
